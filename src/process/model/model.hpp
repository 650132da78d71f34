// A whole process file: its processes, and what is worth knowing about it.
#pragma once

#include "process/model/definition.hpp"
#include "process/model/problems.hpp"

namespace yunzhi::process {

struct Model {
  std::vector<Definition> processes;
  std::vector<Fault> notes;  ///< what keeps it from being deployed, though it can run
};

/// Reads, checks and links a BPMN 2.0 file. The refusal holds one fault per problem, as read_definition().
Result<Model> read_model(std::string_view xml, Strictness strictness);

/// The file again as it was understood: every element, attribute, comment and foreign extension, with the
/// whitespace it had. Given its own answer it gives the same bytes.
Result<std::string> round_trip(std::string_view xml);

}  // namespace yunzhi::process
