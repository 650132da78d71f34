// Everything the house is made of, for the sources that build it.
#pragma once

#include "app/alert_desk.hpp"
#include "app/alert_receivers.hpp"
#include "app/availability/board.hpp"
#include "app/availability/watch_keeper.hpp"
#include "app/background.hpp"
#include "app/engine_watch.hpp"
#include "app/house.hpp"
#include "app/pack_parts.hpp"
#include "app/routes/routes.hpp"
#include "duty/duties.hpp"
#include "http/server.hpp"
#include "modules/registry.hpp"
#include "notify/deliverer.hpp"
#include "record/house.hpp"
#include "watch/routes.hpp"

namespace yunzhi::app {

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
  std::unique_ptr<WatchKeeper> watch_keeper;
  std::unique_ptr<AvailabilityReport> availability_report;
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
  void make_availability();
  void make_routes();
  void make_background();
  Result<> serve();
  std::vector<notify::Told> send(store::Edit& edit, std::vector<std::string> const& people,
                                 record::Message const& message);
  void changed(store::Edit& edit, record::Module const& module, json::object const& record);
};

}  // namespace yunzhi::app
