// BPMN 2.0 XML to definitions. Whatever would change how a process runs and is not run here is a
// problem; what is drawing only (annotations, groups, the diagram) passes.
#pragma once

#include <map>

#include "process/model/definition.hpp"
#include "process/model/source.hpp"

namespace yunzhi::process {

/// What message flows say between pools: the message name each end takes from them, by element id.
using MessageFlows = std::map<std::string, std::string, std::less<>>;
MessageFlows read_message_flows(Source const& source);

/// Every process of the file. They are only whole when no problem was added.
std::vector<Definition> read_bpmn(XmlDocument const& document, Problems& problems);

}  // namespace yunzhi::process
