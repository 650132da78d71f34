#include "record/process_fit.hpp"

#include <algorithm>

#include "describe/validate.hpp"

namespace yunzhi::record {
namespace {

class Fit {
 public:
  Fit(Module const& module, Surroundings const& surroundings)
      : module_(module), surroundings_(surroundings) {}

  void check(process::Node const& node) {
    if (!node.role.empty() && !surroundings_.role_known(node.role))
      complain(node, "'{}': nobody can hold the role '{}'", node.role);
    for (auto const& field : node.form.fields)
      if (describe::find(module_.fields, field) == nullptr)
        complain(node, "'{}': a record of this kind has no field '{}'", field);
    if (!node.form.schema.empty())
      if (auto const fine = describe::check_schema_whole(node.form.schema); fine.has_error())
        complain(node, "'{}': the form does not read: {}", fine.error().english());
    if (!node.state.empty() && !has_state(node.state))
      complain(node, "'{}': a record of this kind has no state '{}'", node.state);
    bool const service =
        node.element == process::Element::service_task || node.element == process::Element::send_task;
    if (service && !node.action.empty() && !surroundings_.action_known(node.action))
      complain(node, "'{}': no action '{}' is set up", node.action);
  }
  /// A record that the process makes for itself has to be given what it needs.
  void check_timed(process::Definition const& definition) {
    for (auto const number : definition.triggered_starts()) {
      auto const& start = definition.nodes[number];
      if (start.trigger != process::Trigger::timer) continue;
      for (auto const& name : module_.needed)
        if (std::none_of(definition.initial.begin(), definition.initial.end(),
                         [&](process::Mapping const& given) { return given.target == name; }))
          complain(
              start,
              "'{}': a record that a timer begins needs a value for '{}'; add a data object of that name "
              "with yunzhi:value",
              name);
    }
  }
  Result<> end() {
    if (!refusal_.faults.empty()) return std::move(refusal_);
    return {};
  }

 private:
  [[nodiscard]] bool has_state(std::string const& state) const {
    auto const* field = describe::find(module_.fields, "state");
    return field != nullptr &&
           std::find(field->choices.begin(), field->choices.end(), state) != field->choices.end();
  }
  void complain(process::Node const& node, std::string_view text, std::string const& word) {
    refusal_.faults.push_back(refuse(Why::invalid, node.at, text, node.id, word).faults.front());
  }

  Module const& module_;
  Surroundings const& surroundings_;
  Refusal refusal_;
};

}  // namespace

Result<> check_fit(process::Definition const& definition, Surroundings const& surroundings) {
  auto const* module = surroundings.modules.find(definition.record);
  if (module == nullptr)
    return refuse(Why::invalid, "", "'{}' moves records of a kind '{}', which is not kept here",
                  definition.key, definition.record);
  Fit fit(*module, surroundings);
  for (auto const& node : definition.nodes) fit.check(node);
  fit.check_timed(definition);
  return fit.end();
}

}  // namespace yunzhi::record
