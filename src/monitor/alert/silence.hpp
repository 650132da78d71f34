// Silences as an Alertmanager has them: for a while, alerts whose labels all matchers accept are shown but
// tell nobody. API: github.com/prometheus/alertmanager, api/v2/openapi.yaml.
#pragma once

#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "monitor/alert/alert.hpp"
#include "monitor/series/matcher.hpp"

namespace yunzhi::monitor {

struct Silence {
  std::string id;
  std::vector<Matcher> matchers;  ///< all must accept
  Instant starts_at{};
  Instant ends_at{};  ///< it holds until just before
  Instant updated_at{};
  std::string created_by;
  std::string comment;
};

enum class SilenceState { pending, active, expired };

SilenceState state_of(Silence const& silence, Instant now);
/// "pending", "active", "expired".
std::string_view name_of(SilenceState state);

/// Whether the silence holds now and is meant for an alert with these labels.
bool silences(Silence const& silence, Labels const& labels, Instant now);

/// Reads `alertname="Down", instance=~"10\\..*"`, with or without braces. Refused, without a field, when a
/// matcher cannot be read, when there are too many, or when all of them accept a label that is absent, so
/// that every alert there is would be silenced.
Result<std::vector<Matcher>> parse_matchers(std::string_view text);
/// The same text back: matchers separated by a comma and a space.
std::string matchers_text(std::vector<Matcher> const& matchers);

/// One silence as POST /api/v2/silences takes it; `id` is empty unless an old one is to be changed. Refused
/// with the member that is wrong; the end must lie after the start and after `now`.
Result<Silence> silence_from(json::object const& object, Instant now);
/// As GET /api/v2/silences lists it.
json::object silence_json(Silence const& silence, Instant now);

/// What becomes of a known silence that is posted again: Alertmanager changes its end and comment while it
/// is not expired and says the same otherwise; anything else is a new silence, and the old one ends.
bool changes_in_place(Silence const& known, Silence const& posted, Instant now);

/// The silences of an engine that stands alone, kept in a small file. Safe for use by several threads.
class Silences {
 public:
  static constexpr std::size_t most = 1'000;
  /// How long an expired silence is still listed.
  static constexpr Milliseconds kept_after_end = std::chrono::hours(24 * 5);

  /// Reads the file; one that cannot be read is set aside as *.damaged.
  explicit Silences(std::filesystem::path file);

  /// Keeps a new or changed silence, on the disk when it returns; gives its id. Refused as missing when it
  /// names one that is not there, as full when there are too many.
  Result<std::string> put(Silence silence, Instant now);
  /// Ends it now. Refused as missing when there is none; one that is expired stays as it is.
  Result<> expire(std::string const& id, Instant now);

  [[nodiscard]] std::vector<Silence> all() const;
  /// Ids of those that hold for the labels, in the order they were made.
  [[nodiscard]] std::vector<std::string> of(Labels const& labels, Instant now) const;

 private:
  using ById = std::map<std::string, Silence>;
  void save(ById const& silences) const;

  std::filesystem::path const file_;
  mutable std::mutex guard_;
  ById silences_;
};

}  // namespace yunzhi::monitor
