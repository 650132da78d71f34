#include "app/watched_systems.hpp"

#include <algorithm>

#include "access/access.hpp"
#include "base/log.hpp"
#include "modules/system/probe_line.hpp"
#include "monitor/remote.hpp"

namespace yunzhi::app {

namespace {

using record::TargetTemplate;

std::shared_ptr<monitor::ScrapeSettings const> settings_of(TargetTemplate const& chosen) {
  monitor::ScrapeSettings settings;
  settings.scheme = chosen.scheme;
  settings.interval = chosen.interval;
  settings.timeout = chosen.timeout;
  return settings == monitor::ScrapeSettings{} ? nullptr
                                               : std::make_shared<monitor::ScrapeSettings const>(settings);
}

std::string query_of(TargetTemplate const& chosen, std::string const& address) {
  std::string query;
  if (!chosen.exporter.empty()) monitor::put_parameter(query, chosen.address_parameter, address);
  for (auto const& [name, value] : chosen.parameters) monitor::put_parameter(query, name, value);
  return query;
}

monitor::Target target_of(TargetSources const& sources, std::string const& name, std::string const& how,
                          std::string const& address) {
  monitor::Target target{std::string(system_job), address, address,
                         monitor::Labels{{"system", name}, {"template", how}}};
  auto const chosen = std::find_if(sources.templates.begin(), sources.templates.end(),
                                   [&](auto const& one) { return one.id == how; });
  if (chosen == sources.templates.end()) {
    target.obstacle = refuse(Why::missing, "", "the pack has no target template '{}'", how);
    return target;
  }
  target.path = chosen->path + query_of(*chosen, address);
  target.settings = settings_of(*chosen);
  if (chosen->exporter.empty()) return target;
  auto const exporter = sources.exporters.find(chosen->exporter);
  if (exporter == sources.exporters.end())
    target.obstacle = refuse(Why::missing, "",
                             "the configuration names no exporter '{}': give its HOST:PORT under [exporters]",
                             chosen->exporter);
  else
    target.address = exporter->second;
  return target;
}

// Who signed the certificate is not asked: many a house signs its own. Its end is looked after.
monitor::Target probe_of(std::string const& name, std::string const& how, std::string const& line) {
  monitor::Target target{std::string(probe_job), line, line,
                         monitor::Labels{{"system", name}, {"template", how}}, "/"};
  auto const read = modules::read_probe(line);
  if (read.has_error()) {
    target.obstacle = read.error();
    return target;
  }
  monitor::ScrapeSettings settings;
  settings.scheme = "probe-" + read->scheme;
  settings.tls.verify = false;
  target.settings = std::make_shared<monitor::ScrapeSettings const>(std::move(settings));
  target.address = read->place.port.empty() ? read->place.host : read->place.host + ":" + read->place.port;
  target.path = read->path;
  return target;
}

}  // namespace

std::vector<monitor::Target> watched_systems(store::Store& store, TargetSources const& sources) {
  std::vector<monitor::Target> all;
  try {
    for (auto const& [name, how, address, probe] : store.read([](store::Reader& reader) {
           return reader
               .rows<std::string, std::string, std::optional<std::string>, std::optional<std::string>>(
                   "select name, target_template, address, probe from system where (address <> '' or probe "
                   "<> '') "
                   "and state in ('running', 'maintenance') order by created_at limit 2000");
         })) {
      if (address && !address->empty()) all.push_back(target_of(sources, name, how, *address));
      if (probe && !probe->empty()) all.push_back(probe_of(name, how, *probe));
    }
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
