// A folder of series without its engine: no scrapes, no rules, nothing in the background.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace yunzhi::monitor {

/// Times are seconds since 1970 or RFC 3339; with a start it is a range.
struct OfflineQuestion {
  std::string expression;
  std::string time;
  std::string start;
  std::string end;
  std::string step;
};

/// The answer as Prometheus' API writes it. Refused when the folder is in use or the question makes no sense.
Result<std::string> offline_query(std::filesystem::path const& folder, OfflineQuestion const& question);

/// Hands the samples out as text, series by series, until `take` says false.
Result<> offline_export(std::filesystem::path const& folder, std::string const& selector,
                        std::string const& start, std::string const& end,
                        std::function<bool(std::string_view)> const& take);

class OfflineStore {
 public:
  static Result<std::unique_ptr<OfflineStore>> open(std::filesystem::path const& folder);
  ~OfflineStore();
  OfflineStore(OfflineStore const&) = delete;
  OfflineStore& operator=(OfflineStore const&) = delete;

  /// Whole lines of Prometheus text. What cannot be kept is counted.
  Result<> import_text(std::string_view text);
  /// Writes what is old into blocks and a snapshot of the rest.
  void close();
  [[nodiscard]] std::size_t kept() const;
  [[nodiscard]] std::size_t not_kept() const;

 private:
  struct Inside;
  explicit OfflineStore(std::unique_ptr<Inside> inside);
  std::unique_ptr<Inside> inside_;
};

}  // namespace yunzhi::monitor
