#include "app/house.hpp"

#include <filesystem>
#include <fstream>

#include "app/alert_desk.hpp"
#include "app/alert_receivers.hpp"
#include "app/availability.hpp"
#include "app/background.hpp"
#include "app/engine_watch.hpp"
#include "app/pack_parts.hpp"
#include "app/pack_source.hpp"
#include "app/routes/routes.hpp"
#include "app/watched_systems.hpp"
#include "app/webhook_action.hpp"
#include "base/log.hpp"
#include "base/random.hpp"
#include "duty/duties.hpp"
#include "embedded/web.hpp"
#include "http/assets.hpp"
#include "http/server.hpp"
#include "modules/registry.hpp"
#include "monitor/logs_api.hpp"
#include "monitor/prometheus_api.hpp"
#include "monitor/prometheus_configuration.hpp"
#include "monitor/push_api.hpp"
#include "notify/deliverer.hpp"
#include "notify/post.hpp"
#include "record/house.hpp"
#include "record/numbering.hpp"
#include "record/search.hpp"
#include "watch/routes.hpp"

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

// In the order of building; the compiler takes them down in reverse.
struct House::Rooms {
  Configuration configuration;
  regulation::Pack pack;
  record::Modules modules;
  access::Rota rota;
  std::unique_ptr<store::Store> store;
  std::unique_ptr<store::Attachments> attachments;
  std::unique_ptr<access::Access> access;
  notify::Hub hub;
  std::unique_ptr<notify::Notifier> notifier;
  std::unique_ptr<notify::Deliverer> deliverer;
  std::unique_ptr<process::Processes> processes;
  process::Actions actions;
  std::unique_ptr<record::Kernel> kernel;
  std::unique_ptr<record::Lifecycle> lifecycle;
  std::unique_ptr<monitor::Monitor> monitor;
  std::unique_ptr<AlertTeller> alert_teller;
  std::unique_ptr<AlertEscalation> alert_escalation;
  std::unique_ptr<AlertReceivers> alert_receivers;
  std::unique_ptr<watch::OwnRules> own_rules;
  std::unique_ptr<AlertDesk> alert_desk;
  std::unique_ptr<AlertTestFire> alert_test;
  std::unique_ptr<EngineWatch> engine_watch;
  std::unique_ptr<regulation::Compliance> compliance;
  std::unique_ptr<record::House> records;
  std::unique_ptr<duty::Duties> duties;
  http::Metrics metrics;
  std::unique_ptr<AvailabilityBoard> availability;
  std::unique_ptr<Sources> sources;
  http::Router router;
  std::unique_ptr<Background> background;
  std::unique_ptr<Background> caller;
  std::unique_ptr<Background> watcher;
  std::unique_ptr<Background> rule_keeper;
  std::unique_ptr<http::Server> server;

  Rooms(Configuration given, regulation::Pack loaded)
      : configuration(std::move(given)),
        pack(std::move(loaded)),
        modules(modules::registry(pack.settings)),
        rota(rota_of(pack)) {}

  Result<> open_store();
  Result<> open_access();
  Result<> deploy_processes();
  Result<> open_monitor();
  void make_records();
  void make_alerts();
  void make_engine_watch();
  void make_routes();
  void make_background();
  Result<> serve();
  std::vector<notify::Told> send(store::Edit& edit, std::vector<std::string> const& people,
                                 record::Message const& message);
  void changed(store::Edit& edit, record::Module const& module, json::object const& record);
};

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
  duties = std::make_unique<duty::Duties>(*store, pack.duties, pack.calendars,
                                          calendar::Zone::find("Asia/Shanghai").value());
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
      calendar::Zone::find("Asia/Shanghai").value());
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

namespace {

// What stands in the file beside the other servers would be scraped and evaluated by nobody.
Result<> read_remotes(std::string const& file, monitor::Options& options) {
  if (file.empty()) return {};
  auto read = monitor::read_prometheus_configuration(file);
  if (read.has_error()) return read.error();
  if (!read->jobs.empty() || !read->rule_files.empty() || !read->alertmanagers.empty())
    return refuse(Why::invalid, file,
                  "only remote_write, remote_read, storage and global.external_labels have effect here");
  for (auto const& warning : read->warnings) log::warning("monitor.without_effect", {{"what", warning}});
  options.remote_writes = std::move(read->remote_writes);
  options.reading = std::move(read->reading);
  options.external_labels = std::move(read->external_labels);
  options.exemplars = read->exemplars;
  return {};
}

}  // namespace

Result<> House::Rooms::open_monitor() {
  monitor::Options options;
  options.folder = std::filesystem::path(configuration.data) / "series";
  options.retention = configuration.retention;
  options.scrape_interval = configuration.scrape_interval;
  options.rule_interval = configuration.scrape_interval;
  options.targets = [this] { return watched_systems(*store); };
  options.logs = configuration.logs;
  if (auto read = read_remotes(configuration.prometheus_file, options); read.has_error()) return read;
  options.rule_files = lay_rules(pack, std::filesystem::path(configuration.data) / "rules");
  options.given_rules = store->read([](store::Reader& reader) { return watch::active_rules(reader); });
  auto opened = monitor::Monitor::open(std::move(options));
  if (opened.has_error()) return opened.error();
  monitor = std::move(*opened);
  own_rules = std::make_unique<watch::OwnRules>(*monitor);
  availability = std::make_unique<AvailabilityBoard>(*store, *monitor);
  alert_test = std::make_unique<AlertTestFire>(
      AlertTestFire::Parts{*monitor, *alert_teller, *alert_escalation, *alert_receivers, pack.escalations,
                           notifier->channels(), rota, calendar::Zone::find("Asia/Shanghai").value()});
  make_engine_watch();
  monitor->on_change([this](monitor::AlertChange const& change) {
    alert_desk->take(change);
    hub.publish({"alert",
                 json::object{{"fingerprint", change.fingerprint}, {"state", monitor::name_of(change.state)}},
                 {},
                 "alert.read",
                 "",
                 ""});
  });
  auto const signals = [this](std::string const& expression,
                              Instant at) -> Result<std::vector<regulation::Sample>> {
    auto const answer = monitor->query(expression, at);
    if (answer.has_error()) return answer.error();
    std::vector<regulation::Sample> samples;
    for (auto const& series : answer->series) {
      regulation::Sample sample;
      for (auto const& [name, value] : series.labels) sample.labels[name] = value;
      if (!series.samples.empty()) sample.value = series.samples.back().value;
      samples.push_back(std::move(sample));
    }
    return samples;
  };
  compliance =
      std::make_unique<regulation::Compliance>(*store, pack, signals, [this](std::string const& clause) {
        hub.publish({"clause", json::object{{"id", clause}}, {}, "clause.read", "", ""});
      });
  return {};
}

void House::Rooms::make_engine_watch() {
  EngineWatchOptions options;
  options.interval = configuration.scrape_interval;
  options.pulse = [this] { return monitor->pulse(); };
  options.tell = [this](record::Message const& message) {
    auto const done = store->write([&](store::Edit& edit) -> Result<> {
      auto const chiefs = access::holders(edit, access::supervisor);
      send(edit, chiefs, message);
      edit.record({"system:monitor", "monitor.watch", "monitor", json::object{{"said", message.title}}, ""});
      return {};
    });
    return done.has_value();
  };
  if (!configuration.heartbeat_url.empty())
    options.heartbeat = [url = configuration.heartbeat_url] {
      constexpr long timeout_ms = 10'000;
      return notify::post({url, {}, {}}, timeout_ms);
    };
  engine_watch = std::make_unique<EngineWatch>(std::move(options));
}

void House::Rooms::make_routes() {
  auto& gate = access->gate();
  access->add_routes(router);
  record::routes(router, gate, *records);
  compliance->routes(router, gate);
  duties->routes(router, gate);
  record::Surroundings surroundings{
      modules, [this](std::string_view role) { return access->roles().known(role); },
      [this](std::string_view action) {
        return action == "notify" || action == "escalate" || actions.contains(action);
      }};
  sources = std::unique_ptr<Sources>(new Sources{configuration, *store, *access, pack, *compliance, *monitor,
                                                 *notifier, *processes, metrics, rota, *availability,
                                                 std::move(surroundings)});
  health_routes(router, *sources);
  overview_routes(router, *sources);
  ledger_routes(router, *sources);
  process_routes(router, *sources);
  publication_routes(router, *sources);
  notification_routes(router, *sources);
  monitor_routes(router, *sources);
  alert_routes(router, *sources, *alert_desk, *alert_test);
  watch::rule_routes(router, gate, *own_rules);
  auto const guard = [&gate](std::string const& permission) -> monitor::Guard {
    return [&gate, permission](http::Handler inside) -> http::Handler {
      return [&gate, permission, inside = std::move(inside)](http::Request const& request,
                                                             http::Respond respond) {
        auto const admitted = gate.admit(request, permission);
        if (admitted.has_error()) return respond(http::Reply::problem(admitted.error(), request));
        inside(request, std::move(respond));
      };
    };
  };
  monitor::routes(router, *monitor, guard("monitor.query"), "/prometheus", "monitor.query");
  monitor::push_routes(router, *monitor, guard("monitor.push"), "/prometheus", "monitor.push");
  monitor::alertmanager_routes(router, *monitor, {guard("monitor.push"), "monitor.push"},
                               {guard("monitor.query"), "monitor.query"}, "/prometheus",
                               [this](std::vector<monitor::Alert> const&) { return quiet_alerts(*store); });
  monitor::log_routes(router, *monitor, {guard("monitor.push"), "monitor.push"},
                      {guard("monitor.query"), "monitor.query"}, "/prometheus");
  silence_routes(router, gate, *kernel);
  openapi_routes(router);
}

void House::Rooms::make_background() {
  std::vector<Job> jobs;
  jobs.push_back({"timers", 500, [this] { return lifecycle->fire_timers(*store, 100) == 100; }});
  jobs.push_back({"reminders", 1000, [this] { return lifecycle->remind(*store, 100) == 100; }});
  jobs.push_back({"batches", 500, [this] { return lifecycle->run_batch(*store, 50) == 50; }});
  jobs.push_back({"clocks", 1000, [this] { return lifecycle->sound_clocks(*store, 100) == 100; }});
  jobs.push_back({"alerts_held_back", 5000, [this] { return alert_desk->review(100); }});
  jobs.push_back({"alerts_escalated", 1000, [this] { return alert_escalation->run(100) == 100; }});
  if (!configuration.channels.alert_receivers.empty())
    jobs.push_back({"alerts_sent_on", 1000, [this] { return alert_receivers->run(); }});
  jobs.push_back({"search", 500, [this] { return record::index_changes(*store, modules, 200) == 200; }});
  jobs.push_back(
      {"duties_missed", 5000, [this] { return duties->mark_missed(store->clock()(), 100) == 100; }});
  jobs.push_back({"duties_published", 3'600'000, [this] {
                    auto const published = duties->publish(store->clock()());
                    if (published.has_error())
                      log::error("duties.not_published", {{"reason", published.error().english()}});
                    return false;
                  }});
  if (!configuration.exporter.empty())
    jobs.push_back({"first_system", 1000, [this, done = false]() mutable {
                      done = done || register_first_system(*store, *kernel, *modules.find("system"),
                                                           configuration.exporter);
                      return false;
                    }});
  jobs.push_back({"availability", 60'000, [this] {
                    availability->measure();
                    return false;
                  }});
  background = std::make_unique<Background>(std::move(jobs));
  // A slow receiver must not keep timers waiting.
  std::vector<Job> calls;
  calls.push_back({"service_calls", 500, [this] { return lifecycle->run_jobs(*store, actions, 20) == 20; }});
  caller = std::make_unique<Background>(std::move(calls));
  // On a thread of its own: what watches the others must not wait for them.
  std::vector<Job> watching;
  watching.push_back({"engine_watch", 1000, [this] { return engine_watch->look(); }});
  watcher = std::make_unique<Background>(std::move(watching));
  // Rules change between two evaluations, and one may take its time.
  std::vector<Job> rules;
  rules.push_back({"rules_changed", 200, [this] { return own_rules->hand_over(*store); }});
  rule_keeper = std::make_unique<Background>(std::move(rules));
}

Result<> House::Rooms::serve() {
  auto const listen = parse_listen(configuration.listen);
  if (listen.has_error()) return listen.error();
  http::ServerOptions options;
  options.host = listen->first;
  options.port = listen->second;
  options.certificate_file = configuration.certificate_file;
  options.key_file = configuration.key_file;
  server = std::make_unique<http::Server>(options, router, http::serve_assets(embedded::web()));
  for (auto const* language : {"zh-CN", "zh-TW"}) server->words(language, problem_words(pack, language));
  server->observe([this](http::Served const& served) { metrics.count(served); });
  return server->start();
}

Result<std::unique_ptr<House>> House::build(Configuration const& configuration) {
  auto const files = pack_files(configuration.pack);
  if (files.has_error()) return files.error();
  auto pack = regulation::load_pack(*files);
  if (pack.has_error()) return pack.error();
  auto rooms = std::make_unique<Rooms>(configuration, std::move(*pack));
  for (auto const& lost : rooms->modules.dangling()) log::warning("modules.dangling", {{"reference", lost}});
  for (auto const step : {&Rooms::open_store, &Rooms::open_access, &Rooms::deploy_processes}) {
    auto const done = (rooms.get()->*step)();
    if (done.has_error()) return done.error();
  }
  rooms->make_records();
  rooms->make_alerts();
  auto const watched = rooms->open_monitor();
  if (watched.has_error()) return watched.error();
  rooms->make_routes();
  rooms->make_background();
  return std::unique_ptr<House>(new House(std::move(rooms)));
}

House::House(std::unique_ptr<Rooms> rooms) : rooms_(std::move(rooms)) {}

Result<> House::open_door() {
  auto const served = rooms_->serve();
  if (served.has_error()) return served.error();
  rooms_->monitor->start();
  rooms_->compliance->start();
  rooms_->deliverer->start();
  rooms_->background->start();
  rooms_->caller->start();
  rooms_->watcher->start();
  rooms_->rule_keeper->start();
  return {};
}

House::~House() {
  if (rooms_->server) rooms_->server->stop();
  rooms_->hub.stop();
  rooms_->background->stop();
  rooms_->caller->stop();
  rooms_->watcher->stop();
  rooms_->rule_keeper->stop();
  rooms_->compliance->stop();
  rooms_->monitor->stop();
  rooms_->deliverer->stop();
}

std::uint16_t House::port() const {
  return rooms_->server->port();
}

std::string House::setup_code() const {
  return rooms_->access->setup_code();
}

Result<> House::setup(json::object const& body) {
  return rooms_->access->setup(body);
}

}  // namespace yunzhi::app
