// The rooms that stand on the database: access, processes, records, what follows from alerts.
#include <filesystem>
#include <fstream>

#include "app/rooms.hpp"
#include "app/webhook_action.hpp"
#include "base/log.hpp"
#include "base/random.hpp"
#include "record/numbering.hpp"

namespace yunzhi::app {
namespace {

constexpr std::chrono::minutes zone{480};

// The pepper is a secret of this installation, beside the database and never in it.
std::string load_or_make_pepper(std::string const& data) {
  auto const path = std::filesystem::path(data) / "pepper";
  std::ifstream file(path);
  std::string pepper;
  if (file && std::getline(file, pepper) && !pepper.empty()) return pepper;
  pepper = random_token(32);
  std::ofstream(path) << pepper << '\n';
  std::filesystem::permissions(path,
                               std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  return pepper;
}

access::Options access_options(Configuration const& configuration, regulation::Pack const& pack) {
  access::Options options;
  options.gate = {configuration.plain_loopback, configuration.origin};
  options.cost = configuration.password_cost;
  options.pepper = load_or_make_pepper(configuration.data);
  options.unthrottled_loopback = configuration.unthrottled_loopback;
  options.demo = configuration.demo;
  options.version = YUNZHI_VERSION;
  options.numbering = [&pack](store::Edit& edit, std::string_view kind) {
    return record::next_number(edit, kind, pack.settings.numbering.at(std::string(kind)),
                               pack.settings.zone_offset);
  };
  return options;
}

notify::Contact contact_of(store::Reader& reader, std::string_view person) {
  auto const row = reader.row<std::optional<std::string>, std::optional<std::string>>(
      "select a.language, p.email from person p left join account a on a.person = p.id where p.id = :id",
      person);
  if (!row) return {};
  return {std::get<0>(*row).value_or(""), std::get<1>(*row).value_or("")};
}

}  // namespace

Result<> House::Rooms::open_store() {
  store::Options options;
  options.data = configuration.data;
  options.database = configuration.database;
  options.on_fatal = [] { std::_Exit(70); };
  auto opened = store::Store::open(options, migrations());
  if (opened.has_error()) return opened.error();
  store = std::move(*opened);
  attachments = std::make_unique<store::Attachments>(configuration.data);
  return {};
}

Result<> House::Rooms::open_access() {
  auto made = access::Access::make(*store, pack.roles, access_options(configuration, pack));
  if (made.has_error()) return made.error();
  access = std::move(*made);
  notifier = std::make_unique<notify::Notifier>(configuration.channels, message_words(pack), contact_of, hub);
  deliverer = std::make_unique<notify::Deliverer>(*store, configuration.channels, [] {
    auto const bytes = random_bytes(2);
    return (static_cast<unsigned char>(bytes[0]) * 256 + static_cast<unsigned char>(bytes[1])) / 65536.0;
  });
  notifier->on_outbox([this] { deliverer->wake(); });
  return {};
}

std::vector<notify::Told> House::Rooms::send(store::Edit& edit, std::vector<std::string> const& people,
                                             record::Message const& message) {
  return notifier->notify(edit, people, {"record", {message.title, message.arguments}, {}, message.href});
}

// Open pages hear of every change; who they belong to hears only of what he may read.
void House::Rooms::changed(store::Edit& edit, record::Module const& module, json::object const& record) {
  auto const id = text_of(record, "id");
  if (module.kind == "person") access->sessions().refresh(edit, id);
  if (module.kind == "unit") access->sessions().refresh_all(edit);
  edit.after_commit([this] { compliance->touch(); });
  if (hub.listeners() == 0) return;
  notify::Event event{"record",
                      json::object{{"kind", module.kind}, {"id", id}, {"version", record.at("version")}},
                      {},
                      module.kind + ".read",
                      text_of(record, "created_by"),
                      module.unit.empty() ? "" : text_of(record, module.unit)};
  edit.after_commit([this, event = std::move(event)] {
    auto task = event;
    hub.publish(event);
    if (task.data.at("kind") != "incident") return;
    task.name = "task";
    task.verb = "task.read";
    hub.publish(std::move(task));
  });
}

void House::Rooms::make_records() {
  kernel = std::make_unique<record::Kernel>(modules, pack.settings);
  kernel->on_changed([this](store::Edit& edit, record::Module const& module, json::object const& record) {
    changed(edit, module, record);
  });
  auto const messenger = [this](store::Edit& edit, std::vector<std::string> const& people,
                                record::Message const& message) { send(edit, people, message); };
  lifecycle = std::make_unique<record::Lifecycle>(*kernel, *processes, messenger,
                                                  record::LifecycleSettings{rota, pack.forms});
  records = std::unique_ptr<record::House>(new record::House{*store, *kernel, *lifecycle, *attachments});
  duties = std::make_unique<duty::Duties>(*store, pack.duties, pack.calendars, house_zone());
}

void House::Rooms::make_alerts() {
  alert_teller = std::make_unique<AlertTeller>(
      [this](store::Edit& edit, std::vector<std::string> const& people, record::Message const& message) {
        return send(edit, people, message);
      });
  alert_escalation = std::make_unique<AlertEscalation>(*store, pack.escalations, rota, *alert_teller);
  alert_receivers =
      std::make_unique<AlertReceivers>(*store, configuration.channels, [this] { deliverer->wake(); });
  alert_desk = std::make_unique<AlertDesk>(
      *store, *kernel, *lifecycle, *alert_teller, *alert_escalation,
      [this](store::Edit& edit) { return access::on_duty_for(edit, rota, "system_operator", edit.now()); },
      window_calendar_of(pack));
}

Result<> House::Rooms::deploy_processes() {
  processes = std::make_unique<process::Processes>(working_time_of(pack), zone);
  for (auto const& call : configuration.actions)
    actions.emplace("webhook:" + call.webhook.name, std::make_unique<WebhookAction>(call, store->clock()));
  return store->write([&](store::Edit& edit) -> Result<> {
    json::object versions;
    auto const deployed = [&edit] {
      return edit.one<std::int64_t>(
          "select (select count(*) from process_definition) + (select count(*) from process_decision)");
    };
    auto const before = deployed();
    for (auto const& file : pack.decisions) {
      auto const row = processes->decisions().deploy(edit, file.name, file.text);
      if (row.has_error()) return row.error();
      versions[row->key] = row->version;
    }
    for (auto const& file : pack.processes) {
      if (processes->definitions().unchanged(edit, file.name, file.text)) continue;
      auto const row = processes->definitions().deploy(edit, file.name, file.text);
      if (row.has_error()) return row.error();
      versions[row->key] = row->version;
    }
    bool const fresh = deployed() != before;
    // What was under way when the server stopped is settled before anything else happens.
    auto const cut_off = edit.one<std::int64_t>("select count(*) from process_job where state = 'running'");
    auto const unknown = cut_off.value_or(0) == 0 ? 0 : process::recover_jobs(edit, actions);
    if (unknown > 0) log::warning("jobs.outcome_unknown", {{"count", std::to_string(unknown)}});
    if (cut_off.value_or(0) > 0)
      edit.record({"system:job", "job.recover", "process", json::object{{"unknown", unknown}}, ""});
    if (fresh && !edit.recorded())
      edit.record({"system:pack", "process.deploy", "process", std::move(versions), ""});
    return {};
  });
}

}  // namespace yunzhi::app
