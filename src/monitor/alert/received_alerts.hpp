// Alerts that others send, as Prometheus sends them to an Alertmanager: kept by their labels, over when their
// end has come or when nobody has told of them for a while. API: github.com/prometheus/alertmanager,
// api/v2/openapi.yaml.
#pragma once

#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "monitor/alert/alert.hpp"

namespace yunzhi::monitor {

/// One alert as it was sent.
struct SentAlert {
  Labels labels;
  std::map<std::string, std::string> annotations;
  std::optional<Instant> starts_at;
  std::optional<Instant> ends_at;  ///< past: it is resolved; none: it lasts while it is sent again
};

/// Safe for use by several threads.
class ReceivedAlerts {
 public:
  /// How long an alert lasts that has no end, after it was sent last (Alertmanager's resolve_timeout).
  static constexpr Milliseconds lasting{300'000};
  static constexpr std::size_t most = 10'000;

  explicit ReceivedAlerts(std::filesystem::path state_file);

  /// Keeps them, on the disk when it returns. Refused as a whole, with nothing kept, when there would be too
  /// many.
  Result<> take(std::vector<SentAlert> const& sent, Instant now);
  /// Resolves what is over.
  void expire(Instant now);

  [[nodiscard]] std::vector<Alert> alerts() const;
  /// Alerts whose state the house does not know yet; told() marks them.
  [[nodiscard]] std::vector<AlertChange> news() const;
  void told(AlertChange const& change);
  /// Lets go of the resolved ones that the house was told of, also on the disk.
  void forget_told();

 private:
  struct Kept {
    Alert alert;
    std::optional<AlertState> told;
  };
  using AlertsByLabels = std::map<Labels, Kept>;

  static void merge(AlertsByLabels& alerts, SentAlert const& sent, Instant now);
  void save(AlertsByLabels const& alerts) const;

  std::filesystem::path const state_file_;
  mutable std::mutex guard_;
  AlertsByLabels alerts_;
};

}  // namespace yunzhi::monitor
