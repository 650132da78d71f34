// BPMN 2.0 XML to a definition. Whatever would change how a process runs and is not run here is a
// problem; what is drawing only (annotations, groups, data objects, diagram) passes.
#pragma once

#include "process/model/definition.hpp"
#include "process/model/problems.hpp"
#include "process/model/xml_document.hpp"

namespace yunzhi::process {

/// The definition is only whole when no problem was added.
Definition read_bpmn(XmlDocument const& document, Problems& problems);

}  // namespace yunzhi::process
