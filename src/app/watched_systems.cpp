#include "app/watched_systems.hpp"

#include "access/access.hpp"
#include "base/log.hpp"

namespace yunzhi::app {

std::vector<monitor::Target> watched_systems(store::Store& store) {
  std::vector<monitor::Target> all;
  try {
    for (auto const& [number, name, address] : store.read([](store::Reader& reader) {
           return reader.rows<std::string, std::string, std::string>(
               "select number, name, address from system where address is not null and address <> '' and "
               "state in ('running', 'maintenance') "
               "order by created_at limit 2000");
         }))
      all.push_back({"system", address, address, monitor::Labels{{"system", name}}, "/metrics"});
  } catch (std::exception const& thrown) {
    log::warning("targets.not_read", {{"reason", thrown.what()}});
  }
  return all;
}

bool register_first_system(store::Store& store, record::Kernel& kernel, record::Module const& system,
                           std::string const& address) {
  auto const [people, known] = store.read([&](store::Reader& reader) {
    return std::pair(reader.one<std::int64_t>("select count(*) from account").value_or(0),
                     reader.one<std::int64_t>("select count(*) from system where address = :address", address)
                         .value_or(0));
  });
  if (people == 0) return false;
  if (known > 0) return true;
  auto const done = store.write([&](store::Edit& edit) -> Result<> {
    auto const actor = access::system_actor("setup");
    auto const owner = edit.one<std::string>(
        "select p.id from person p join person_role r on r.person = p.id where r.role = "
        "'operations_supervisor' order by p.id limit 1");
    json::object given{
        {"name", "运制服务器主机"}, {"address", address}, {"criticality", "important"}, {"state", "running"}};
    if (owner) given["owner"] = *owner;
    auto const made = kernel.create(edit, actor, system, given);
    if (made.has_error()) return made.error();
    edit.record({actor.person, "system.write", "system/" + text_of(*made, "id"), given, ""});
    return {};
  });
  if (done.has_error()) log::warning("first_system.not_registered", {{"reason", done.error().english()}});
  return true;
}

}  // namespace yunzhi::app
