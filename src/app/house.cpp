#include "app/house.hpp"

#include "app/pack_source.hpp"
#include "app/rooms.hpp"
#include "base/log.hpp"

namespace yunzhi::app {

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
