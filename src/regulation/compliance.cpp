#include "regulation/compliance.hpp"

#include "base/log.hpp"

namespace yunzhi::regulation {

struct Compliance::Kept {
  Instant checked_at;
  std::int64_t expected = 0;
  std::int64_t violations = 0;
  std::string evidence;
  std::string failure;
};

namespace {

// The day of the organisation, which begins at its own midnight.
std::string day_of(Instant at, int zone_offset) {
  return format_instant(at + std::chrono::minutes{zone_offset}).substr(0, 10);
}

// Evidence names records, and a clause may be read by people who may not read those. What is no record of a
// family (a series, a person's name) is for everybody.
json::array readable(json::array const& evidence, access::Actor const& actor) {
  json::array shown;
  for (auto const& item : evidence) {
    auto const kind = text_of(item.as_object(), "kind");
    bool const open = kind == "signal" || kind == "person" || kind == "unit";
    if (open || access::scope(actor, kind + ".read") == access::Scope::all) shown.push_back(item);
  }
  return shown;
}

std::string in_language(Words const& words, std::string_view language) {
  auto const found = words.find(std::string(language));
  return found != words.end() ? found->second : words.empty() ? std::string() : words.begin()->second;
}

std::string sentence_of(Control const& control, std::int64_t expected, std::int64_t violations,
                        std::string_view language) {
  auto text = in_language(control.sentence, language);
  auto const put = [&](std::string_view gap, std::int64_t figure) {
    if (auto const at = text.find(gap); at != std::string::npos)
      text.replace(at, gap.size(), std::to_string(figure));
  };
  put("{expected}", expected);
  put("{violations}", violations);
  return text;
}

// What a control counted, as a list a person can open.
json::object basis_of(Control const& control, Instant now, std::string_view language) {
  auto const& sql = control.expected;
  auto const since = format_instant(now - std::chrono::days{control.period_days});
  std::string href = "/monitor/explore?expr=" + control.promql_expected;
  if (sql.find("evidence_alert") != std::string::npos)
    href = "/monitor/alerts";
  else if (sql.find("evidence_system") != std::string::npos)
    href = "/systems?state=running";
  else if (!sql.empty())
    href = "/incidents?created_at.from=" + since;
  std::string_view const title = language == "en"      ? "Everything this control counted"
                                 : language == "zh-TW" ? "本控制項統計的全部記錄"
                                                       : "本控制项统计的全部记录";
  return {{"kind", "basis"}, {"id", ""}, {"title", title}, {"note", ""}, {"at", nullptr}, {"href", href}};
}

json::array evidence_json(Outcome const& outcome) {
  json::array items;
  for (auto const& violation : outcome.evidence) {
    std::string const plural = violation.kind == "person" ? "people" : violation.kind + "s";
    auto const href =
        violation.id.empty() ? "/monitor/explore?expr=" + violation.note : "/" + plural + "/" + violation.id;
    items.push_back(
        json::object{{"kind", violation.kind},
                     {"id", violation.id},
                     {"title", violation.title},
                     {"note", violation.note},
                     {"at", violation.at ? json::value(format_instant(*violation.at)) : json::value(nullptr)},
                     {"href", href}});
  }
  return items;
}

}  // namespace

std::string_view name_of(Standing standing) {
  constexpr std::string_view names[] = {"held", "violated", "stale", "no_control"};
  return names[static_cast<std::size_t>(standing)];
}

Compliance::Compliance(store::Store& store, Pack const& pack, Signals signals, Told told)
    : store_(store), pack_(pack), signals_(std::move(signals)), told_(std::move(told)) {
  for (auto const& control : pack_.controls) controls_.emplace(control.clause, &control);
}

Compliance::~Compliance() {
  stop();
}

void Compliance::start() {
  thread_ = std::thread([this] { loop(); });
}

void Compliance::stop() {
  {
    std::lock_guard const lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Compliance::loop() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    try {
      check(store_.clock()(), false);
    } catch (std::exception const& thrown) {
      log::error("compliance.failed", {{"reason", thrown.what()}});
    }
    lock.lock();
    wake_.wait_for(lock, std::chrono::seconds{5}, [&] { return stopping_; });
  }
}

bool Compliance::is_due(Control const& control, Instant now, bool touched) const {
  auto const last = checked_.find(control.id);
  if (last == checked_.end()) return true;
  auto const since = now - last->second.at;
  if (since >= control.every) return true;
  // A slow control waits longer, so that checking never takes more than a hundredth of the time.
  auto const soon = std::max<Milliseconds>(std::chrono::seconds{10}, 100 * last->second.took);
  return touched && !control.expected.empty() && since >= soon;
}

std::size_t Compliance::check(Instant now, bool all) {
  std::lock_guard const lock(checking_);
  bool const touched = touched_.exchange(false);
  bool waiting = false;
  std::size_t done = 0;
  for (auto const& control : pack_.controls) {
    if (!all && !is_due(control, now, touched)) {
      waiting = waiting || touched;
      continue;
    }
    auto const begun = std::chrono::steady_clock::now();
    keep(control, check_control(control, store_, signals_, now), now);
    checked_[control.id] = {
        now, std::chrono::duration_cast<Milliseconds>(std::chrono::steady_clock::now() - begun)};
    ++done;
  }
  if (waiting) touched_ = true;
  return done;
}

void Compliance::keep(Control const& control, Outcome const& outcome, Instant now) {
  auto const* clause = &*std::find_if(pack_.clauses.begin(), pack_.clauses.end(),
                                      [&](auto const& one) { return one.id == control.clause; });
  auto const stored = store_.write([&](store::Edit& edit) -> Result<> {
    auto const before = standing_of(*clause, kept(edit), now);
    edit.run(
        "insert into control_check (control, clause, checked_at, expected, violations, evidence, failure) "
        "values (:control, :clause, :at, :expected, :violations, :evidence, :failure) "
        "on conflict (control) do update set checked_at = excluded.checked_at, expected = excluded.expected, "
        "violations = excluded.violations, evidence = excluded.evidence, failure = excluded.failure",
        control.id, control.clause, now, outcome.expected, outcome.violations,
        json::serialize(evidence_json(outcome)), outcome.failure);
    edit.run(
        "insert into control_day (control, day, expected, violations) values (:control, :day, :expected, "
        ":violations) "
        "on conflict (control, day) do update set expected = excluded.expected, violations = "
        "excluded.violations",
        control.id, day_of(now, pack_.settings.zone_offset), outcome.expected, outcome.violations);
    auto const after = standing_of(*clause, kept(edit), now);
    if (before == after) return {};
    edit.record({"system:compliance", "clause.standing", "clause/" + clause->id,
                 json::object{{"standing", {name_of(before), name_of(after)}}, {"control", control.id}}, ""});
    if (told_) edit.after_commit([this, id = clause->id] { told_(id); });
    return {};
  });
  if (stored.has_error()) log::error("compliance.not_kept", {{"reason", stored.error().english()}});
}

std::map<std::string, Compliance::Kept> Compliance::kept(store::Reader& reader) const {
  std::map<std::string, Kept> all;
  for (auto& [control, at, expected, violations, evidence, failure] :
       reader.rows<std::string, Instant, std::int64_t, std::int64_t, std::string, std::optional<std::string>>(
           "select control, checked_at, expected, violations, evidence, failure from control_check"))
    all[control] = {at, expected, violations, std::move(evidence), failure.value_or("")};
  return all;
}

Standing Compliance::standing_of(Clause const& clause, std::map<std::string, Kept> const& kept,
                                 Instant now) const {
  auto const [begin, end] = controls_.equal_range(clause.id);
  if (begin == end) return Standing::no_control;
  bool fresh = true;
  bool anything = false;
  for (auto one = begin; one != end; ++one) {
    auto const found = kept.find(one->second->id);
    if (found == kept.end() || !found->second.failure.empty() ||
        now - found->second.checked_at > 3 * one->second->every) {
      fresh = false;
      continue;
    }
    if (found->second.violations > 0) return Standing::violated;
    anything = anything || found->second.expected > 0;
  }
  return fresh && anything ? Standing::held : Standing::stale;
}

json::object Compliance::counts(store::Reader& reader) const {
  auto const all = kept(reader);
  json::object counts{{"held", 0}, {"violated", 0}, {"stale", 0}, {"no_control", 0}};
  for (auto const& clause : pack_.clauses) {
    if (clause.kind != "clause") continue;
    auto& count = counts[name_of(standing_of(clause, all, store_.clock()()))];
    count = count.as_int64() + 1;
  }
  return counts;
}

json::object Compliance::control_json(Control const& control, Kept const* last, store::Reader& reader,
                                      access::Actor const& actor) const {
  std::string_view const language = actor.language;
  json::array trend;
  for (auto const& [day, expected, violations] : reader.rows<std::string, std::int64_t, std::int64_t>(
           "select day, expected, violations from control_day where control = :control order by day desc "
           "limit 90",
           control.id))
    trend.push_back(json::object{{"day", day}, {"expected", expected}, {"violations", violations}});
  json::object object{{"id", control.id},
                      {"title", in_language(control.title, language)},
                      {"period_days", control.period_days},
                      {"query", control.violations.empty() ? control.promql_violations : control.violations},
                      {"trend", std::move(trend)},
                      {"expected", nullptr},
                      {"violations", nullptr},
                      {"checked_at", nullptr},
                      {"sentence", nullptr},
                      {"failure", nullptr},
                      {"evidence", json::array()}};
  if (last == nullptr) return object;
  object["expected"] = last->expected;
  object["violations"] = last->violations;
  object["checked_at"] = format_instant(last->checked_at);
  object["sentence"] = sentence_of(control, last->expected, last->violations, language);
  if (!last->failure.empty()) object["failure"] = last->failure;
  auto evidence = parse_json(last->evidence);
  if (evidence.has_value() && evidence->is_array()) {
    auto list = readable(evidence->as_array(), actor);
    list.insert(list.begin(), basis_of(control, last->checked_at, language));
    object["evidence"] = std::move(list);
  }
  return object;
}

Result<http::Reply> Compliance::list(access::Call const& call, store::Reader& reader) const {
  auto const all = kept(reader);
  auto const now = store_.clock()();
  json::array items;
  for (auto const& clause : pack_.clauses) {
    auto const [begin, end] = controls_.equal_range(clause.id);
    std::optional<Instant> checked_at;
    std::int64_t violations = 0;
    for (auto one = begin; one != end; ++one) {
      auto const found = all.find(one->second->id);
      if (found == all.end()) continue;
      violations += found->second.violations;
      checked_at = checked_at ? std::min(*checked_at, found->second.checked_at) : found->second.checked_at;
    }
    bool const judged = clause.kind == "clause" || begin != end;
    items.push_back(json::object{
        {"id", clause.id},
        {"kind", clause.kind},
        {"chapter", clause.id.substr(0, clause.id.find('.'))},
        {"title", in_language(clause.title, call.actor.language)},
        {"owner", clause.owner},
        {"state", judged ? json::value(name_of(standing_of(clause, all, now))) : json::value(nullptr)},
        {"controls", std::distance(begin, end)},
        {"violations", violations},
        {"checked_at", checked_at ? json::value(format_instant(*checked_at)) : json::value(nullptr)}});
  }
  return http::Reply::json(json::object{{"items", std::move(items)}, {"next", nullptr}});
}

Result<http::Reply> Compliance::detail(access::Call const& call, store::Reader& reader) const {
  auto const clause = std::find_if(pack_.clauses.begin(), pack_.clauses.end(),
                                   [&](auto const& one) { return one.id == call.request.capture("id"); });
  if (clause == pack_.clauses.end()) return access::not_found();
  auto const all = kept(reader);
  auto const& language = call.actor.language;
  json::array controls;
  auto const [begin, end] = controls_.equal_range(clause->id);
  for (auto one = begin; one != end; ++one) {
    auto const found = all.find(one->second->id);
    controls.push_back(
        control_json(*one->second, found == all.end() ? nullptr : &found->second, reader, call.actor));
  }
  bool const judged = clause->kind == "clause" || begin != end;
  return http::Reply::json(
      json::object{{"id", clause->id},
                   {"kind", clause->kind},
                   {"title", in_language(clause->title, language)},
                   {"text", in_language(clause->text, language)},
                   {"owner", clause->owner},
                   {"state", judged ? json::value(name_of(standing_of(*clause, all, store_.clock()())))
                                    : json::value(nullptr)},
                   {"controls", std::move(controls)}});
}

void Compliance::routes(http::Router& router, access::Gate& gate) {
  json::object const text{{"type", "string"}};
  http::Route listing;
  listing.path = "/api/v1/clauses";
  listing.operation = {
      "listClauses",
      "clauses",
      "The whole regulation and how each clause stands",
      "clause.read",
      {},
      {},
      "application/json",
      {{"type", "object"}, {"properties", {{"items", {{"type", "array"}, {"items", {{"type", "object"}}}}}}}},
      "application/json",
      200};
  gate.read(router, std::move(listing),
            [this](access::Call const& call, store::Reader& reader) { return list(call, reader); });
  http::Route one;
  one.path = "/api/v1/clauses/{id}";
  one.operation = {
      "getClause",
      "clauses",
      "A clause with its controls and their evidence",
      "clause.read",
      {},
      {},
      "application/json",
      {{"type", "object"},
       {"properties", {{"id", text}, {"title", text}, {"text", text}, {"controls", {{"type", "array"}}}}}},
      "application/json",
      200};
  gate.read(router, std::move(one),
            [this](access::Call const& call, store::Reader& reader) { return detail(call, reader); });
}

}  // namespace yunzhi::regulation
