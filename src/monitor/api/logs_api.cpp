#include "monitor/logs_api.hpp"

#include "monitor/api/adder.hpp"
#include "monitor/api/pushed.hpp"
#include "monitor/log/json_lines.hpp"

namespace yunzhi::monitor {
namespace {

constexpr std::size_t lines_of_page = 100;

http::Reply take(Monitor& monitor, http::Request const& request) {
  auto const text = unpacked_body(request);
  if (!text) return refused_push(text.error());
  auto const lines = read_json_lines(*text, to_ms(monitor.now()), LogLimits{});
  if (!lines) return refused_push(lines.error());
  auto const taken = monitor.take_logs(*lines);
  return taken ? http::Reply::empty(204) : refused_push(taken.error());
}

Result<LogQuestion> question_of(Monitor const& monitor, Form const& form) {
  LogQuestion question;
  auto const to = form.instant("end", monitor.now());
  if (!to) return to.error();
  auto const from = form.instant("start", *to - std::chrono::hours(24));
  if (!from) return from.error();
  auto const limit = form.count("limit", lines_of_page);
  if (!limit) return limit.error();
  question.from = to_ms(*from);
  question.to = to_ms(*to);
  question.limit = *limit;
  question.host = form.get("host");
  question.app = form.get("app");
  question.text = form.get("text");
  for (auto const& text : form.all("level")) {
    auto const level = log_level(text);
    if (!level)
      return refuse(
          Why::invalid, "level",
          "'{}' is no level; emergency, alert, critical, error, warning, notice, info or debug would be "
          "right",
          text);
    question.levels = static_cast<std::uint8_t>(question.levels | 1U << static_cast<unsigned>(*level));
  }
  if (auto const cursor = form.get("cursor"); !cursor.empty()) {
    auto const position = read_cursor(cursor);
    if (!position) return position.error();
    question.before = *position;
  }
  return question;
}

json::object line_json(LogLine const& line) {
  json::object labels;
  for (auto const& [name, value] : line.labels) labels[name] = value;
  return {{"time", format_instant(from_ms(line.at))},
          {"level", name_of(line.level)},
          {"host", line.host},
          {"app", line.app},
          {"message", line.message},
          {"labels", std::move(labels)}};
}

Result<json::value> search(Monitor const& monitor, Form const& form) {
  auto const question = question_of(monitor, form);
  if (!question) return question.error();
  auto const page = monitor.search_logs(*question);
  if (!page) return page.error();
  json::array lines;
  for (auto const& line : page->lines) lines.emplace_back(line_json(line));
  json::object answer{{"lines", std::move(lines)}};
  if (page->cursor) answer["cursor"] = cursor_of(*page->cursor);
  if (page->damaged_blocks > 0) answer["damagedBlocks"] = page->damaged_blocks;
  return json::value(std::move(answer));
}

}  // namespace

void log_routes(http::Router& router, Monitor& monitor, Admission const& push, Admission const& read,
                std::string const& prefix) {
  auto route = push_route(prefix + "/api/v1/logs", "pushLogs", "Takes log lines as JSON, one object per line",
                          "application/x-ndjson");
  route.operation.permission = push.permission;
  http::Handler const handler = [&monitor](http::Request const& request, http::Respond const& respond) {
    respond(take(monitor, request));
  };
  route.handler = push.guard ? push.guard(handler) : handler;
  router.add(std::move(route));
  Adder adder(router, read.guard, prefix, read.permission);
  adder.get("logs", "searchLogs", "Log lines by time, host, app, level and text, the newest first",
            [&monitor](Form const& form, http::Request const&) { return search(monitor, form); },
            {"start", "end", "host", "app", "level", "text", "limit", "cursor"});
}

}  // namespace yunzhi::monitor
