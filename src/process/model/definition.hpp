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

#include "base/json.hpp"
#include "process/expression/expression.hpp"
#include "process/model/element.hpp"
#include "process/model/signing_rule.hpp"
#include "process/model/timer_rule.hpp"

namespace yunzhi::process {

using Index = std::uint32_t;
inline constexpr Index nowhere = ~Index{0};

/// What a person gets to do in a step.
struct StepForm {
  std::string action;  ///< word key of the primary button
  std::vector<std::string> fields;
  std::vector<std::string> required;
  std::vector<std::string> readonly;
  json::object schema;  ///< JSON Schema (draft 7) over the fields; empty: whatever the house has for the step
  std::string assignee;  ///< `field:<name>` or `person:<id>`; empty: whoever holds the role
  std::string form;      ///< key of a form kept elsewhere, as a file of another engine names it
  std::optional<TimerRule> due;
  Milliseconds remind{0};              ///< so long before it is due, somebody is reminded
  std::optional<SigningRule> signing;  ///< none: one person does it
};

/// A variable set from an expression, or from a literal text where another engine's file has one.
struct Mapping {
  std::string target;
  Expression source;
};

/// How often an activity runs (BPMN 2.0, 13.3.6 and 13.3.7).
struct Loop {
  enum class Kind : std::uint8_t { none, standard, sequential, parallel };
  Kind kind = Kind::none;
  bool test_before = false;               ///< standard
  std::int64_t maximum = 0;               ///< standard; 0: without
  std::optional<Expression> condition;    ///< standard: goes on while true
  std::optional<Expression> cardinality;  ///< multi-instance: how many
  std::optional<Expression> collection;   ///< multi-instance: one for each item
  std::string item;                       ///< the variable that holds the item
  std::optional<Expression> completion;   ///< multi-instance: over as soon as true
  std::string output;                     ///< the variable that gathers the results
  std::optional<Expression> output_item;  ///< the result of one instance
};

/// What a call activity calls and hands over.
struct Called {
  enum class Binding : std::uint8_t { latest, deployment, version, tag };
  std::string process;                 ///< id, or
  std::optional<Expression> computed;  ///< what gives it
  Binding binding = Binding::latest;
  std::string wanted;   ///< the version or tag
  bool all_in = true;   ///< hands over all variables
  bool all_out = true;  ///< takes all variables back
  std::vector<Mapping> in;
  std::vector<Mapping> out;
};

/// Which changes a conditional event looks at; it does not look when nothing of that kind happened.
struct Watched {
  std::vector<std::string> variables;  ///< empty: any
  bool created = true;
  bool updated = true;
  bool deleted = true;
};

/// The ad-hoc sub-process: its activities in any order.
struct AdHoc {
  bool sequential = false;  ///< one at a time, as drawn
  bool cancel_remaining = true;
  std::optional<Expression> completion;
  std::optional<Expression> active;  ///< gives the ids to begin with; without: all that no flow leads to
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
  Index attached_to = nowhere;   ///< of a boundary event
  bool interrupting = true;      ///< of a boundary event or the start of an event sub-process
  bool event_sub = false;        ///< a sub-process that an event starts
  bool transaction = false;      ///< a sub-process that can be cancelled
  bool handler = false;          ///< an activity that only compensates another
  bool instantiate = false;      ///< a receive task or gateway that starts its process
  bool waits = true;             ///< of a compensation throw: until the handlers are done
  std::vector<Index> boundary;   ///< the events on its border
  std::vector<Index> awaited;    ///< events inside that something outside triggers while a token is here
  Index compensation = nowhere;  ///< the activity that undoes this one
  Index compensation_start = nowhere;  ///< of a sub-process: where the undoing of its own begins
  Index link = nowhere;                ///< where a link goes on
  std::string role;
  std::string state;      ///< the record's state from here on
  std::string action;     ///< of a service task
  std::string decision;   ///< of a business-rule task
  std::string reference;  ///< name of the message or signal, code of the error or escalation (empty: any)
  std::string result;     ///< the variable a script, service or decision sets
  std::string code;       ///< the variable a caught error or escalation sets to its code
  bool ends_all = false;  ///< of a terminate end: not its scope alone but the process and those that call it
  std::optional<Expression> script;
  std::optional<Expression> condition;    ///< of a conditional event
  std::optional<Watched> watched;         ///< of a conditional event; none: it looks at every change
  std::optional<Expression> correlation;  ///< of a message: what its key must be
  std::optional<Expression> message_key;  ///< of who catches a message: the key in what the message carries
  /// Of a message: variables that keep, from the first message on, what its key is made of.
  std::vector<Mapping> conversation;
  std::vector<Mapping> inputs;   ///< variables of the activity's own
  std::vector<Mapping> outputs;  ///< set around it when it is over
  std::vector<Mapping> initial;  ///< data objects of a sub-process
  TimerRule timer;
  StepForm form;
  Loop loop;
  std::optional<Called> called;
  std::optional<AdHoc> ad_hoc;

  [[nodiscard]] bool activity() const {
    return element >= Element::task && element <= Element::call_activity;
  }
  /// Whether a person does it.
  [[nodiscard]] bool person() const {
    return element == Element::user_task || element == Element::manual_task || element == Element::task;
  }
  /// Whether it is an event that something outside its own token triggers.
  [[nodiscard]] bool awaited_event() const {
    return trigger == Trigger::timer || trigger == Trigger::message || trigger == Trigger::signal ||
           trigger == Trigger::conditional;
  }
  [[nodiscard]] bool task() const { return activity() && element < Element::sub_process; }
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
  std::string record;   ///< the kind of record it moves
  std::string tag;      ///< the name of its version, if it has one
  bool called = false;  ///< by call activities alone: the caller's lane does the steps that name none
  std::string xml;      ///< as it came, in UTF-8, for the diagram
  std::vector<Node> nodes;
  std::vector<Flow> flows;
  std::vector<Mapping> initial;  ///< data objects that begin with a value
  std::vector<Index> awaited;    ///< starts of the event sub-processes of the process itself
  /// For each join that may have to wait, by node: from where each of its incoming flows can be reached
  /// without passing the join itself.
  std::unordered_map<Index, std::vector<NodeSet>> reach;
  bool conditional = false;  ///< some event waits for a condition
  /// Scopes (nowhere: the process itself) that hold an inclusive join.
  std::vector<Index> joining_scopes;

  [[nodiscard]] Index find_node(std::string_view id) const;
  [[nodiscard]] Index find_flow(std::string_view id) const;
  /// The start of a scope that waits for nothing, or the one waiting for a message with this name.
  [[nodiscard]] Index start_of(Index scope, std::string_view message = {}) const;
  /// Where a new instance of a scope begins: its plain start, or all that no flow leads to and no
  /// event begins.
  [[nodiscard]] std::vector<Index> entries(Index scope) const;
  /// The events of its own that start the process: timers, messages, signals, conditions.
  [[nodiscard]] std::vector<Index> triggered_starts() const;
  void index();

 private:
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  std::unordered_map<std::string, Index, Hash, std::equal_to<>> node_ids_;
  std::unordered_map<std::string, Index, Hash, std::equal_to<>> flow_ids_;
};

/// Reads, checks and links a BPMN 2.0 file with one process, as it is deployed. The refusal holds one fault
/// per problem, each with `line:column` as its field and the element's id in its sentence.
Result<Definition> read_definition(std::string_view xml);

}  // namespace yunzhi::process
