// The routes that belong to no room: what the product says of itself, and answers drawn from several rooms.
#pragma once

#include "access/access.hpp"
#include "app/alert_desk.hpp"
#include "app/alert_test_fire.hpp"
#include "app/availability/board.hpp"
#include "app/configuration.hpp"
#include "http/metrics.hpp"
#include "monitor/monitor.hpp"
#include "monitor/push_api.hpp"
#include "notify/inbox.hpp"
#include "notify/notifier.hpp"
#include "record/lifecycle.hpp"
#include "record/process_fit.hpp"
#include "regulation/compliance.hpp"

namespace yunzhi::app {

/// What the routes read; everything outlives them.
struct Sources {
  Configuration const& configuration;
  store::Store& store;
  access::Access& access;
  regulation::Pack const& pack;
  regulation::Compliance& compliance;
  monitor::Monitor& monitor;
  notify::Notifier& notifier;
  process::Processes& processes;
  http::Metrics const& metrics;
  access::Rota const& rota;
  AvailabilityReport const& availability_report;
  AvailabilityBoard const& availability;
  record::Surroundings surroundings;
};

void health_routes(http::Router& router, Sources const& sources);
void availability_routes(http::Router& router, Sources const& sources);
void overview_routes(http::Router& router, Sources const& sources);
void ledger_routes(http::Router& router, Sources const& sources);
void process_routes(http::Router& router, Sources const& sources);
/// Trying a drawing out, and putting it in force.
void publication_routes(http::Router& router, Sources const& sources);
void version_routes(http::Router& router, Sources const& sources);
void monitor_routes(http::Router& router, Sources const& sources);
/// What a person does with an alert and a rule; reading them is the record kernel's.
void alert_routes(http::Router& router, Sources const& sources, AlertDesk& desk, AlertTestFire const& test);
/// Alertmanager's interface for silences.
void silence_routes(http::Router& router, access::Gate& gate, record::Kernel& kernel);
/// The firing alerts that are kept quiet, by fingerprint, as their records tell.
std::map<std::string, monitor::Quiet> quiet_alerts(store::Store& store);
/// Who is on call, and who stands in for whom.
void on_call_routes(http::Router& router, Sources const& sources);
/// When maintenance windows open: over a month, and of one that is being written.
void maintenance_routes(http::Router& router, Sources const& sources);
void notification_routes(http::Router& router, Sources const& sources);
/// Last: the document tells of every route there is.
void openapi_routes(http::Router& router);

/// A GET or POST route with the parts every operation has.
http::Route make_route(http::Method method, std::string path, std::string id, std::string tag,
                       std::string permission, std::string summary);

}  // namespace yunzhi::app
