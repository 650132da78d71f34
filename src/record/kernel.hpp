// The life of one record: made, read, changed. Every path to a record's row goes through here, so the
// permission, the rules, the clocks and the ledger are met on each.
#pragma once

#include <functional>
#include <string>

#include "access/actor.hpp"
#include "record/module.hpp"
#include "record/settings.hpp"

namespace yunzhi::record {

class Kernel {
 public:
  /// Called after a record was created or its row changed, inside the command (search, live updates).
  using Changed = std::function<void(store::Edit&, Module const&, json::object const& record)>;

  Kernel(Modules const& modules, Settings const& settings) : modules_(modules), settings_(settings) {}
  void on_changed(Changed changed) { changed_.push_back(std::move(changed)); }

  [[nodiscard]] Modules const& modules() const { return modules_; }
  [[nodiscard]] Settings const& settings() const { return settings_; }

  /// A new record from the fields given, without its process and without a ledger entry.
  Result<json::object> create(store::Edit& edit, access::Actor const& actor, Module const& module,
                              json::object const& given);

  /// A new record from checked fields of any kind, for parts of the product that know what they write.
  Result<json::object> add(store::Edit& edit, access::Actor const& actor, Module const& module,
                           json::object const& checked);

  /// The record, or Why::missing when it is not there or the actor may not see it.
  Result<json::object> get(store::Reader& reader, access::Actor const& actor, Module const& module,
                           std::string const& id, std::string_view verb = "read") const;

  /// The record as the changes would make it: references checked, the module's rule run, nothing written.
  Result<json::object> prepare(store::Edit& edit, access::Actor const& actor, Module const& module,
                               json::object const& before, json::object const& changes) const;

  /// Writes what differs between the record as it was read and as it was prepared; when the state moved,
  /// its interval and clocks too. Gives the record with its new version.
  json::object write(store::Edit& edit, Module const& module, json::object const& before, json::object after);

  /// A person's edit outside the process: only editable fields, only from the version the person saw
  /// (`if_match` is the version, or "*").
  Result<json::object> patch(store::Edit& edit, access::Actor const& actor, Module const& module,
                             std::string const& id, json::object const& changes, std::string_view if_match);

  /// Clocks of a record, newest policy, at `now`.
  json::array clocks(store::Reader& reader, Module const& module, json::object const& record,
                     Instant now) const;

  /// {"<id>": "name"} for every reference in the records given. People and units are the directory of the
  /// house and have names for everybody; other records only for those who may read them.
  json::object labels(store::Reader& reader, access::Actor const& actor, Module const& module,
                      std::vector<json::object> const& records) const;

  /// Writes the next wake-up of each clock of a record (call after its state or priority moved).
  void wind_clocks(store::Edit& edit, Module const& module, json::object const& record);

  /// Remembers that a record entered a state at `since`.
  void enter_state(store::Edit& edit, Module const& module, std::string const& id, std::string const& state,
                   Instant since);

  /// Tells listeners that something about a record changed that is no field of it (a comment, a file).
  void touched(store::Edit& edit, Module const& module, json::object const& record) {
    tell(edit, module, record);
  }

  /// Refused when a reference names a record that is not there or that the actor may not see.
  Result<> check_references(store::Reader& reader, access::Actor const& actor, Module const& module,
                            json::object const& changes) const;

 private:
  void tell(store::Edit& edit, Module const& module, json::object const& record);

  Modules const& modules_;
  Settings const& settings_;
  std::vector<Changed> changed_;
};

/// {"subject", "incident/0190…"} as the ledger names it.
std::string subject_of(Module const& module, std::string_view id);
/// Where people see the record: "/incidents/<id>".
std::string href_of(Module const& module, json::object const& record);

/// Whom a record belongs to, for access::may; it looks into `record` and must not outlive it.
access::Subject owner_of(Module const& module, json::object const& record);

}  // namespace yunzhi::record
