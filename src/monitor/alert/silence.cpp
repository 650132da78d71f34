#include "monitor/alert/silence.hpp"

#include <algorithm>

#include "base/id.hpp"
#include "base/log.hpp"
#include "base/text/utf8.hpp"
#include "monitor/query/expression.hpp"
#include "monitor/series/file.hpp"

namespace yunzhi::monitor {
namespace {

constexpr std::size_t most_matchers = 32;
constexpr std::size_t most_bytes = 4'096;  // of one value, and of a comment
constexpr int version = 1;

bool is_regex(Matcher const& matcher) {
  return matcher.kind() == Match::regex || matcher.kind() == Match::not_regex;
}

bool is_equal(Matcher const& matcher) {
  return matcher.kind() == Match::equal || matcher.kind() == Match::regex;
}

Result<> check_matchers(std::vector<Matcher> const& matchers) {
  if (matchers.size() > most_matchers)
    return refuse(Why::invalid, "", "there may be at most {} matchers", most_matchers);
  if (std::all_of(matchers.begin(), matchers.end(), [](Matcher const& each) { return each.accepts(""); }))
    return refuse(Why::invalid, "", "a selector needs at least one matcher that refuses the empty text");
  return {};
}

bool flag_of(json::object const& object, std::string_view name, bool otherwise) {
  auto const* found = object.if_contains(name);
  return found != nullptr && found->is_bool() ? found->get_bool() : otherwise;
}

Result<Matcher> matcher_from(json::value const& value, std::string const& place) {
  auto const* object = value.if_object();
  if (object == nullptr) return refuse(Why::invalid, place, "must be an object");
  auto const name = text_of(*object, "name");
  if (!is_label_name(name)) return refuse(Why::invalid, place + ".name", "must be the name of a label");
  auto const text = text_of(*object, "value");
  if (text.size() > most_bytes)
    return refuse(Why::invalid, place + ".value", "must be a text of at most {} bytes", most_bytes);
  bool const equal = flag_of(*object, "isEqual", true);
  bool const regex = flag_of(*object, "isRegex", false);
  auto const kind =
      regex ? (equal ? Match::regex : Match::not_regex) : (equal ? Match::equal : Match::not_equal);
  auto made = Matcher::make(kind, name, text);
  if (made) return made;
  auto refusal = made.error();
  for (auto& fault : refusal.faults) fault.field = place + ".value";
  return refusal;
}

Result<std::vector<Matcher>> matchers_from(json::object const& object) {
  auto const* list = object.if_contains("matchers");
  if (list == nullptr || !list->is_array() || list->get_array().empty() ||
      list->get_array().size() > most_matchers)
    return refuse(Why::invalid, "matchers", "must be a list of 1 to {} matchers", most_matchers);
  std::vector<Matcher> matchers;
  for (auto const& each : list->get_array()) {
    auto matcher = matcher_from(each, "matchers[" + std::to_string(matchers.size()) + "]");
    if (!matcher) return matcher.error();
    matchers.push_back(std::move(*matcher));
  }
  auto fit = check_matchers(matchers);
  if (fit) return matchers;
  auto refusal = fit.error();
  for (auto& fault : refusal.faults) fault.field = "matchers";
  return refusal;
}

Result<Instant> time_of(json::object const& object, std::string_view member) {
  auto const instant = parse_instant(text_of(object, member));
  if (!instant) return refuse(Why::invalid, member, "must be a time as in RFC 3339");
  return *instant;
}

// One that has not begun begins and ends at once, so that its end still lies after its start.
void end_now(Silence& silence, Instant now) {
  silence.ends_at = silence.updated_at = now;
  silence.starts_at = std::min(silence.starts_at, now - Milliseconds{1});
}

bool same_matchers(std::vector<Matcher> const& one, std::vector<Matcher> const& other) {
  return matchers_text(one) == matchers_text(other);
}

}  // namespace

SilenceState state_of(Silence const& silence, Instant now) {
  if (now >= silence.ends_at) return SilenceState::expired;
  return now < silence.starts_at ? SilenceState::pending : SilenceState::active;
}

std::string_view name_of(SilenceState state) {
  constexpr std::string_view names[] = {"pending", "active", "expired"};
  return names[static_cast<std::size_t>(state)];
}

bool silences(Silence const& silence, Labels const& labels, Instant now) {
  return state_of(silence, now) == SilenceState::active && all_accept(silence.matchers, labels);
}

Result<std::vector<Matcher>> parse_matchers(std::string_view text) {
  auto const begin = text.find_first_not_of(" \t\r\n");
  auto const braced = begin != std::string_view::npos && text[begin] == '{';
  auto read = parse_selector(braced ? std::string(text) : "{" + std::string(text) + "}");
  if (!read) {
    auto refusal = read.error();
    for (auto& fault : refusal.faults) fault.field.clear();
    return refusal;
  }
  if (auto const fit = check_matchers(*read); !fit) return fit.error();
  return read;
}

std::string matchers_text(std::vector<Matcher> const& matchers) {
  std::string text;
  for (auto const& matcher : matchers) text += (text.empty() ? "" : ", ") + matcher.text();
  return text;
}

Result<Silence> silence_from(json::object const& object, Instant now) {
  Silence silence;
  silence.id = text_of(object, "id");
  auto matchers = matchers_from(object);
  if (!matchers) return matchers.error();
  silence.matchers = std::move(*matchers);
  auto const starts = time_of(object, "startsAt");
  if (!starts) return starts.error();
  auto const ends = time_of(object, "endsAt");
  if (!ends) return ends.error();
  silence.starts_at = *starts;
  silence.ends_at = *ends;
  if (silence.ends_at <= silence.starts_at) return refuse(Why::invalid, "endsAt", "must be after the start");
  if (silence.ends_at <= now) return refuse(Why::invalid, "endsAt", "must not be in the past");
  silence.created_by = text_of(object, "createdBy");
  silence.comment = text_of(object, "comment");
  for (auto const& [member, text] :
       {std::pair{"createdBy", &silence.created_by}, std::pair{"comment", &silence.comment}})
    if (text->empty() || text->size() > most_bytes)
      return refuse(Why::invalid, member, "must be a text of 1 to {} bytes", most_bytes);
  return silence;
}

json::object silence_json(Silence const& silence, Instant now) {
  json::array matchers;
  for (auto const& each : silence.matchers)
    matchers.push_back(json::object{{"name", each.name()},
                                    {"value", each.value()},
                                    {"isRegex", is_regex(each)},
                                    {"isEqual", is_equal(each)}});
  return {{"id", silence.id},
          {"status", json::object{{"state", name_of(state_of(silence, now))}}},
          {"updatedAt", format_instant(silence.updated_at)},
          {"comment", silence.comment},
          {"createdBy", silence.created_by},
          {"endsAt", format_instant(silence.ends_at)},
          {"matchers", std::move(matchers)},
          {"startsAt", format_instant(silence.starts_at)}};
}

bool changes_in_place(Silence const& known, Silence const& posted, Instant now) {
  auto const state = state_of(known, now);
  if (!same_matchers(known.matchers, posted.matchers)) return false;
  return state == SilenceState::pending ||
         (state == SilenceState::active && known.starts_at == posted.starts_at);
}

Silences::Silences(std::filesystem::path file) : file_(std::move(file)) {
  if (!std::filesystem::exists(file_)) return;
  try {
    std::string bytes;
    {
      File const file_read(file_, File::Open::read);
      bytes = file_read.read(0, file_read.size());
    }
    auto const document = json::parse(bytes);
    for (auto const& each : document.at("silences").as_array()) {
      // What was taken once is read back whatever the time is now.
      auto silence = silence_from(each.as_object(), Instant{}).value();
      silence.updated_at = parse_instant(text_of(each.as_object(), "updatedAt")).value();
      auto const id = silence.id;
      silences_.emplace(id, std::move(silence));
    }
  } catch (std::exception const& problem) {
    log::error("monitor.silences_set_aside", {{"reason", problem.what()}});
    std::filesystem::rename(file_, file_.string() + ".damaged");
    silences_.clear();
  }
}

Result<std::string> Silences::put(Silence silence, Instant now) {
  std::lock_guard const lock(guard_);
  auto renewed = silences_;
  std::erase_if(renewed, [now](auto const& each) { return each.second.ends_at + kept_after_end < now; });
  bool in_place = false;
  if (!silence.id.empty()) {
    auto const known = renewed.find(silence.id);
    if (known == renewed.end()) return refuse(Why::missing, "", "there is no such silence");
    in_place = changes_in_place(known->second, silence, now);
    if (!in_place && state_of(known->second, now) != SilenceState::expired) end_now(known->second, now);
  }
  if (!in_place) silence.id = new_id(now);
  silence.updated_at = now;
  auto const id = silence.id;
  renewed.insert_or_assign(id, std::move(silence));
  if (renewed.size() > most) return refuse(Why::full, "", "there are more than {} silences", most);
  save(renewed);
  silences_ = std::move(renewed);
  return id;
}

Result<> Silences::expire(std::string const& id, Instant now) {
  std::lock_guard const lock(guard_);
  auto renewed = silences_;
  auto const known = renewed.find(id);
  if (known == renewed.end()) return refuse(Why::missing, "", "there is no such silence");
  if (state_of(known->second, now) == SilenceState::expired) return {};
  end_now(known->second, now);
  save(renewed);
  silences_ = std::move(renewed);
  return {};
}

std::vector<Silence> Silences::all() const {
  std::lock_guard const lock(guard_);
  std::vector<Silence> list;
  for (auto const& [id, silence] : silences_) list.push_back(silence);
  return list;
}

std::vector<std::string> Silences::of(Labels const& labels, Instant now) const {
  std::lock_guard const lock(guard_);
  std::vector<std::string> ids;
  for (auto const& [id, silence] : silences_)
    if (silences(silence, labels, now)) ids.push_back(id);
  return ids;
}

void Silences::save(ById const& silences) const {
  json::array list;
  for (auto const& [id, silence] : silences) list.push_back(silence_json(silence, silence.updated_at));
  replace_file(file_, json::serialize(json::object{{"version", version}, {"silences", std::move(list)}}));
}

}  // namespace yunzhi::monitor
