#include "base/log.hpp"

#include <memory>
#include <string>

#include <boost/json.hpp>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "base/instant.hpp"

namespace yunzhi::log {
namespace {

spdlog::logger& logger() {
  static auto const instance = [] {
    auto made = std::make_shared<spdlog::logger>("yunzhi", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    made->set_pattern("%v");
    made->flush_on(spdlog::level::info);
    return made;
  }();
  return *instance;
}

void write(spdlog::level::level_enum level, std::string_view name, std::string_view event, Fields fields) {
  if (!logger().should_log(level)) return;
  boost::json::object line{{"at", format_instant(wall_clock())}, {"level", name}, {"event", event}};
  for (auto const& [key, value] : fields) line[key] = value;
  logger().log(level, "{}", boost::json::serialize(line));
}

}  // namespace

void info(std::string_view event, Fields fields) {
  write(spdlog::level::info, "info", event, fields);
}
void warning(std::string_view event, Fields fields) {
  write(spdlog::level::warn, "warning", event, fields);
}
void error(std::string_view event, Fields fields) {
  write(spdlog::level::err, "error", event, fields);
}
void quiet() {
  logger().set_level(spdlog::level::err);
}

}  // namespace yunzhi::log
