// What a decision model holds, resolved to numbers, for its reader and its evaluation.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "process/decision/boxed.hpp"
#include "process/expression/function.hpp"

namespace yunzhi::process {

class XmlDocument;

struct DecisionGraph {
  enum class Kind : std::uint8_t { input, decision, knowledge, service };
  struct Element {
    Kind kind = Kind::input;
    std::string id;
    std::string name;
    TypePointer type;                     ///< of its value, or what calling it gives; none: any
    BoxedPointer logic;                   ///< of a decision or the body of knowledge; none: null
    std::vector<Parameter> parameters;    ///< of knowledge and services
    std::vector<std::uint32_t> required;  ///< the elements its logic may name
    std::vector<std::uint32_t> outputs;   ///< the decisions a service gives
    std::vector<std::uint32_t> given;     ///< the inputs and decisions a service is called with
  };
  std::vector<Element> elements;

  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view name_or_id) const;
};

Result<DecisionGraph> read_decision_graph(XmlDocument const& document, bool tolerant);

/// The value of an element, with the variables as its inputs.
Value decide(std::shared_ptr<DecisionGraph const> const& graph, std::uint32_t element, Value const& variables,
             Evaluation& evaluation);

}  // namespace yunzhi::process
