#include "modules/silence/silence.hpp"

#include "base/log.hpp"

namespace yunzhi::modules {
namespace {

constexpr auto longest = std::chrono::days{366};

Result<> check(record::Change& change) {
  auto matchers = monitor::parse_matchers(text_of(change.after, "matchers"));
  if (matchers.has_error()) {
    auto refusal = matchers.error();
    for (auto& fault : refusal.faults) fault.field = "/matchers";
    return refusal;
  }
  change.after["matchers"] = monitor::matchers_text(*matchers);
  auto const starts_at = parse_instant(text_of(change.after, "starts_at"));
  auto const ends_at = parse_instant(text_of(change.after, "ends_at"));
  if (starts_at.has_error() || ends_at.has_error()) return {};  // the missing field was already named
  if (*ends_at <= *starts_at) return refuse(Why::invalid, "/ends_at", "must be after the start");
  if (*ends_at - *starts_at > longest)
    return refuse(Why::invalid, "/ends_at", "must be at most {} days after the start", longest.count());
  return {};
}

Result<> sign(record::Change& change) {
  if (change.before.empty())
    change.after["author"] = change.actor.name.empty() ? change.actor.person : change.actor.name;
  auto const open =
      change.edit.one<std::int64_t>("select count(*) from silence where ends_at > :now", change.edit.now());
  if (open.value_or(0) >= static_cast<std::int64_t>(monitor::Silences::most))
    return refuse(Why::full, "", "there are more than {} silences", monitor::Silences::most);
  return check(change);
}

using Row = std::tuple<std::string, std::string, Instant, Instant, Instant, std::string, std::string>;

std::optional<monitor::Silence> silence_from(Row const& row) {
  auto const& [id, matchers, starts_at, ends_at, updated_at, author, reason] = row;
  auto read = monitor::parse_matchers(matchers);
  if (read) return monitor::Silence{id, std::move(*read), starts_at, ends_at, updated_at, author, reason};
  log::error("silence.not_read", {{"silence", id}, {"reason", read.error().english()}});
  return std::nullopt;
}

}  // namespace

record::Module silence(record::Settings const&) {
  record::Module module;
  module.kind = "silence";
  module.plural = "silences";
  module.fields = describe::fields<Silence>();
  module.title = "matchers";
  module.defaults = describe::to_json(Silence{});
  module.needed = {"matchers", "starts_at", "ends_at", "reason"};
  module.given = {"matchers", "starts_at", "ends_at", "reason"};
  module.editable = {"ends_at", "reason"};
  module.listed = {"id", "number", "matchers", "starts_at", "ends_at", "author", "reason", "created_at"};
  module.sorted = {"created_at", "ends_at"};
  module.searched = {"matchers", "reason"};
  module.before_create = sign;
  module.before_change = check;
  return module;
}

std::vector<monitor::Silence> silences_ending_after(store::Reader& reader, Instant at) {
  std::vector<monitor::Silence> found;
  for (auto const& row :
       reader.rows<std::string, std::string, Instant, Instant, Instant, std::string, std::string>(
           "select id, matchers, starts_at, ends_at, updated_at, author, reason from silence where ends_at > "
           ":at order by ends_at desc, id limit :most",
           at, static_cast<std::int64_t>(2 * monitor::Silences::most)))
    if (auto silence = silence_from(row)) found.push_back(std::move(*silence));
  return found;
}

std::optional<monitor::Silence> find_silence(store::Reader& reader, std::string const& id) {
  auto const row = reader.row<std::string, std::string, Instant, Instant, Instant, std::string, std::string>(
      "select id, matchers, starts_at, ends_at, updated_at, author, reason from silence where id = :id", id);
  return row ? silence_from(*row) : std::nullopt;
}

std::string silence_of(store::Reader& reader, monitor::Labels const& labels, Instant at) {
  for (auto const& silence : silences_ending_after(reader, at))
    if (monitor::silences(silence, labels, at)) return silence.id;
  return {};
}

}  // namespace yunzhi::modules
