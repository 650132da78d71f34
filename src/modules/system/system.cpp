#include "modules/system/system.hpp"

#include <algorithm>

#include "modules/system/probe_line.hpp"

namespace yunzhi::modules {
namespace {

// The reason as a sentence of its own for each form, so that it can be translated.
Refusal no_address(record::AddressForm form) {
  switch (form) {
    case record::AddressForm::host:
      return refuse(Why::invalid, "/address",
                    "must be a host or an IP address without a port, as in 10.0.0.5");
    case record::AddressForm::either:
      return refuse(Why::invalid, "/address", "must be a host with or without a port, as in 10.0.0.5");
    case record::AddressForm::host_and_port:
      break;
  }
  return refuse(Why::invalid, "/address", "must be host:port of an exporter, as in 10.0.0.5:9100");
}

bool is_address(std::string_view text, record::AddressForm form) {
  auto const place = read_host_port(text);
  if (!place) return false;
  return form == record::AddressForm::either || place->port.empty() == (form == record::AddressForm::host);
}

record::TargetTemplate const* find(std::vector<record::TargetTemplate> const& templates,
                                   std::string_view id) {
  auto const found =
      std::find_if(templates.begin(), templates.end(), [&](auto const& one) { return one.id == id; });
  return found == templates.end() ? nullptr : &*found;
}

Result<> check_probe(record::Change const& change) {
  auto const probe = text_of(change.after, "probe");
  if (probe.empty()) return {};
  auto const read = read_probe(probe);
  if (read.has_error()) return read.error();
  return {};
}

Result<> check(std::vector<record::TargetTemplate> const& templates, record::Change& change) {
  auto const address = text_of(change.after, "address");
  auto const* chosen = find(templates, text_of(change.after, "target_template"));
  // One that left the pack stays readable; its systems are named as targets that cannot be asked.
  if (chosen != nullptr && !address.empty() && !is_address(address, chosen->address))
    return no_address(chosen->address);
  if (auto probe = check_probe(change); probe.has_error()) return probe;
  auto const& id = change.after.at("id");
  auto const& depends_on = change.after.at("depends_on").as_array();
  if (std::find(depends_on.begin(), depends_on.end(), id) != depends_on.end())
    return refuse(Why::conflict, "/depends_on", "a system cannot depend on itself");
  return {};
}

// The choices are the pack's, so that a template needs no build.
void offer(record::Module& module, std::vector<record::TargetTemplate> const& templates) {
  auto const field = std::find_if(module.fields.begin(), module.fields.end(),
                                  [](auto const& one) { return one.name == "target_template"; });
  field->kind = describe::Kind::choice;
  for (auto const& one : templates) {
    field->choices.push_back(one.id);
    module.offered[field->name].push_back({one.id, one.title, one.hint});
  }
}

}  // namespace

record::Module system(record::Settings const& settings) {
  record::Module module;
  module.kind = "system";
  module.plural = "systems";
  module.fields = describe::fields<System>();
  module.defaults = describe::to_json(System{});
  module.title = "name";
  module.needed = {"name"};
  offer(module, settings.targets);
  module.given =
      module.editable = {"name",    "description", "owner",      "unit", "criticality", "target_template",
                         "address", "probe",       "depends_on", "state"};
  module.listed = {"id",          "number",          "name",    "owner", "unit",
                   "criticality", "target_template", "address", "probe", "state"};
  module.sorted = {"created_at", "number", "name", "criticality"};
  module.searched = {"name", "description", "address", "probe"};
  module.people = {"owner"};
  module.unit = "unit";
  module.closed = {"retired"};
  module.before_create = module.before_change = [templates = settings.targets](record::Change& change) {
    return check(templates, change);
  };
  return module;
}

}  // namespace yunzhi::modules
