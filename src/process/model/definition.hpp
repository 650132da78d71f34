// A process as the engine runs it: checked once, immutable, shared by all its instances. Nodes and flows
// are numbered; their ids are those of the drawing.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "process/expression/expression.hpp"
#include "process/model/timer_rule.hpp"

namespace yunzhi::process {

using Index = std::uint32_t;
inline constexpr Index nowhere = ~Index{0};

enum class Element : std::uint8_t {
  start,
  end,
  user_task,
  manual_task,
  service_task,
  script_task,
  receive_task,
  exclusive,
  parallel,
  inclusive,
  event_gateway,
  catch_event,
  throw_event,  ///< passes at once; only without trigger
  boundary,
  sub_process
};

/// What an event waits for or does.
enum class Trigger : std::uint8_t { none, timer, message, error, terminate };

/// What a person gets to do in a step.
struct StepForm {
  std::string action;  ///< word key of the primary button
  std::vector<std::string> fields;
  std::vector<std::string> required;
  std::vector<std::string> readonly;
  std::string assignee;  ///< `field:<name>`; empty: whoever holds the role
  std::optional<TimerRule> due;
};

struct Node {
  std::string id;
  std::string name;
  std::string at;  ///< line:column in the file
  Element element = Element::start;
  Trigger trigger = Trigger::none;
  Index scope = nowhere;  ///< the sub-process around it; nowhere: the process itself
  std::vector<Index> incoming;
  std::vector<Index> outgoing;
  Index default_flow = nowhere;
  Index attached_to = nowhere;  ///< of a boundary event
  bool interrupting = true;
  std::vector<Index> boundary;  ///< the events on its border
  std::string role;
  std::string state;      ///< the record's state from here on
  std::string action;     ///< of a service task
  std::string reference;  ///< name of the message, code of the error (empty: any)
  std::string result;     ///< the field a script sets
  std::optional<Expression> script;
  TimerRule timer;
  StepForm form;

  [[nodiscard]] bool activity() const {
    return element == Element::sub_process ||
           (element >= Element::user_task && element <= Element::receive_task);
  }
};

struct Flow {
  std::string id;
  std::string name;
  std::string at;
  Index from = nowhere;
  Index to = nowhere;
  std::optional<Expression> condition;
};

/// Nodes as a set of bits.
using NodeSet = std::vector<std::uint64_t>;
inline bool holds(NodeSet const& set, Index node) {
  return (set[node / 64] >> (node % 64) & 1U) != 0;
}
inline void put(NodeSet& set, Index node) {
  set[node / 64] |= std::uint64_t{1} << (node % 64);
}

struct Definition {
  std::string key;  ///< the process's id
  std::string name;
  std::string record;  ///< the kind of record it moves
  std::string xml;     ///< as it came, for the diagram
  std::vector<Node> nodes;
  std::vector<Flow> flows;
  /// For each join that may have to wait, by node: from where each of its incoming flows can be reached
  /// without passing the join itself.
  std::unordered_map<Index, std::vector<NodeSet>> reach;

  [[nodiscard]] Index find_node(std::string_view id) const;
  [[nodiscard]] Index find_flow(std::string_view id) const;
  /// The start of a scope that waits for nothing, or the one waiting for a message with this name.
  [[nodiscard]] Index start_of(Index scope, std::string_view message = {}) const;
  void index();

 private:
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  std::unordered_map<std::string, Index, Hash, std::equal_to<>> node_ids_;
  std::unordered_map<std::string, Index, Hash, std::equal_to<>> flow_ids_;
};

/// Reads, checks and links a BPMN 2.0 file. The refusal holds one fault per problem, each with
/// `line:column` as its field and the element's id in its sentence.
Result<Definition> read_definition(std::string_view xml);

}  // namespace yunzhi::process
