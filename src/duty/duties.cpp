#include "duty/duties.hpp"

#include <algorithm>

#include "base/id.hpp"
#include "base/limits.hpp"
#include "base/text/utf8.hpp"
#include "calendar/recurrence.hpp"

namespace yunzhi::duty {
namespace {

constexpr std::chrono::days ahead{35};
constexpr std::size_t occurrences_most = 5000;

// "2026-01-05T08:30"
Result<calendar::Reading> parse_start(std::string const& start) {
  auto const bad = [&] {
    return refuse(Why::invalid, "start", "'{}' must be a wall-clock time as 2026-01-05T08:30", start);
  };
  if (start.size() != 16 || start[10] != 'T') return bad();
  auto const day = calendar::parse_day(start.substr(0, 10));
  auto const time = parse_instant("1970-01-01T" + start.substr(11) + ":00Z");
  if (day.has_error() || time.has_error()) return bad();
  return calendar::Reading{*day, Milliseconds{to_ms(*time)}};
}

std::string in_language(Duty const& duty, std::string const& language) {
  auto const found = duty.title.find(language);
  return found == duty.title.end() ? duty.id : found->second;
}

}  // namespace

Result<std::vector<Occurrence>> occurrences(Duty const& duty, Calendars const& calendars,
                                            calendar::Zone const& zone, Instant from, Instant to) {
  auto const start = parse_start(duty.start);
  if (start.has_error()) return start.error();
  auto const calendar = calendars.find(duty.calendar);
  if (!duty.calendar.empty() && calendar == calendars.end())
    return refuse(Why::invalid, "calendar", "there is no calendar '{}' in this pack", duty.calendar);
  auto const times = calendar::occurrences({duty.rrule, *start}, zone, from, to, occurrences_most);
  if (times.has_error()) return times.error();
  std::vector<Occurrence> all;
  for (auto const at : *times) {
    Occurrence one{at, at + duty.within};
    if (calendar != calendars.end()) {
      one.due_at = calendar->second->next_opening(at);
      one.until_at = calendar->second->add_working(one.due_at, duty.within);
    }
    if (all.empty() || all.back().due_at != one.due_at) all.push_back(one);
  }
  return all;
}

Duties::Duties(store::Store& store, std::vector<Duty> duties, Calendars calendars, calendar::Zone zone)
    : store_(store), duties_(std::move(duties)), calendars_(std::move(calendars)), zone_(zone) {}

Duty const* Duties::find(std::string_view id) const {
  auto const found =
      std::find_if(duties_.begin(), duties_.end(), [&](auto const& duty) { return duty.id == id; });
  return found == duties_.end() ? nullptr : &*found;
}

Result<std::int64_t> Duties::publish(Instant now) {
  return store_.write([&](store::Edit& edit) -> Result<std::int64_t> {
    std::int64_t written = 0;
    for (auto const& duty : duties_) {
      auto const one = publish_one(edit, duty, now);
      if (one.has_error()) return one.error();
      written += *one;
    }
    if (written > 0)
      edit.record({"system:duty", "duty.publish", "duty", json::object{{"occurrences", written}}, ""});
    return written;
  });
}

Result<std::int64_t> Duties::publish_one(store::Edit& edit, Duty const& duty, Instant now) {
  auto const last =
      edit.one<std::optional<Instant>>("select max(due_at) from duty_occurrence where duty = :duty", duty.id);
  auto const from = last && *last && **last >= now ? **last + Milliseconds{1} : now;
  auto const coming = occurrences(duty, calendars_, zone_, from, now + ahead);
  if (coming.has_error()) return coming.error();
  std::int64_t written = 0;
  for (auto const& one : *coming)
    written += edit.run(
        "insert into duty_occurrence (id, duty, clause, role, due_at, until_at, state) "
        "values (:id, :duty, :clause, :role, :due_at, :until_at, 'planned') on conflict (duty, due_at) do "
        "nothing",
        new_id(edit.now()), duty.id, duty.clause, duty.role, one.due_at, one.until_at);
  return written;
}

std::size_t Duties::mark_missed(Instant now, std::size_t most) {
  auto const late = store_.read([&](store::Reader& reader) {
    return reader.rows<std::string, std::string>(
        "select id, duty from duty_occurrence where state = 'planned' and until_at <= :now order by until_at "
        "limit :most",
        now, static_cast<std::int64_t>(most));
  });
  for (auto const& [id, duty] : late)
    (void)store_.write([&, id = id, duty = duty](store::Edit& edit) -> Result<> {
      if (edit.run("update duty_occurrence set state = 'missed' where id = :id and state = 'planned'", id) ==
          0)
        return {};
      edit.record({"system:duty", "duty.miss", "duty/" + id, json::object{{"duty", duty}}, ""});
      return {};
    });
  return late.size();
}

Result<http::Reply> Duties::list(access::Call const& call, store::Reader& reader) const {
  auto const state = call.request.parameter("state").value_or("planned");
  if (state != "planned" && state != "done" && state != "missed")
    return refuse(Why::invalid, "state", "must be one of {}", "planned, done, missed");
  json::array items;
  for (auto const& [id, duty, clause, role, due_at, until_at, done_by, done_at, note] :
       reader.rows<std::string, std::string, std::string, std::string, Instant, Instant,
                   std::optional<std::string>, std::optional<Instant>, std::optional<std::string>>(
           state == "planned" ? "select id, duty, clause, role, due_at, until_at, done_by, done_at, note "
                                "from duty_occurrence "
                                "where state = :state order by due_at limit 200"
                              : "select id, duty, clause, role, due_at, until_at, done_by, done_at, note "
                                "from duty_occurrence "
                                "where state = :state order by due_at desc limit 200",
           std::string(state))) {
    auto const* known = find(duty);
    items.push_back(
        json::object{{"id", id},
                     {"duty", duty},
                     {"title", known == nullptr ? duty : in_language(*known, call.actor.language)},
                     {"clause", clause},
                     {"role", role},
                     {"state", state},
                     {"mine", call.actor.roles.contains(role)},
                     {"due_at", format_instant(due_at)},
                     {"until_at", format_instant(until_at)},
                     {"done_by", done_by ? json::value(*done_by) : json::value(nullptr)},
                     {"done_at", done_at ? json::value(format_instant(*done_at)) : json::value(nullptr)},
                     {"note", note ? json::value(*note) : json::value(nullptr)}});
  }
  return http::Reply::json(json::object{{"items", std::move(items)}, {"next", nullptr}});
}

Result<http::Reply> Duties::complete(access::Call const& call, store::Edit& edit) const {
  auto const body = call.request.json_body();
  if (body.has_error()) return body.error();
  auto const note = text_of(*body, "note");
  if (note.find_first_not_of(" \t\r\n") == std::string::npos)
    return refuse(Why::invalid, "/note", "must not be empty");
  if (characters(note) > limits::prose_characters)
    return refuse(Why::invalid, "/note", "must have at most {} characters", limits::prose_characters);
  auto const& id = call.request.capture("id");
  auto const row = edit.row<std::string, std::string, Instant>(
      "select role, state, due_at from duty_occurrence where id = :id", id);
  if (!row) return access::not_found();
  auto const& [role, state, due_at] = *row;
  if (!call.actor.roles.contains(role))
    return refuse(Why::forbidden, "", "this duty belongs to another role");
  if (state != "planned") return refuse(Why::conflict, "", "this occurrence is no longer open");
  if (edit.now() < due_at) return refuse(Why::conflict, "", "this occurrence is not due yet");
  edit.run(
      "update duty_occurrence set state = 'done', done_by = :person, done_at = :at, note = :note where id = "
      ":id",
      call.actor.person, edit.now(), note, id);
  edit.record(access::entry(call, "duty.complete", "duty/" + id, json::object{{"note", note}}));
  return http::Reply::json(json::object{{"id", id}, {"state", "done"}});
}

void Duties::routes(http::Router& router, access::Gate& gate) {
  json::object const text{{"type", "string"}};
  http::Route listing;
  listing.path = "/api/v1/duties";
  listing.operation = {
      "listDuties",
      "duties",
      "Occurrences of duties: what is coming, what was done, what was missed",
      "duty.read",
      {{"state", "planned, done or missed", text, false}},
      {},
      "application/json",
      {{"type", "object"}, {"properties", {{"items", {{"type", "array"}, {"items", {{"type", "object"}}}}}}}},
      "application/json",
      200};
  gate.read(router, std::move(listing),
            [this](access::Call const& call, store::Reader& reader) { return list(call, reader); });
  http::Route completing;
  completing.method = http::Method::post;
  completing.path = "/api/v1/duties/{id}/complete";
  completing.operation = {"completeDuty",
                          "duties",
                          "Sign off an occurrence that is due",
                          "duty.work",
                          {},
                          {{"type", "object"}, {"properties", {{"note", text}}}, {"required", {"note"}}},
                          "application/json",
                          {{"type", "object"}, {"properties", {{"id", text}, {"state", text}}}},
                          "application/json",
                          200};
  gate.write(router, std::move(completing),
             [this](access::Call const& call, store::Edit& edit) { return complete(call, edit); });
}

}  // namespace yunzhi::duty
