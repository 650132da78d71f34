// Parameters of a Prometheus request: from the query, and for POST also from a form body.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/instant.hpp"
#include "http/message.hpp"

namespace yunzhi::monitor {

class Form {
 public:
  explicit Form(http::Request const& request);

  [[nodiscard]] std::string get(std::string_view name) const;
  [[nodiscard]] std::vector<std::string> all(std::string_view name) const;

  /// Seconds with a fraction, or RFC 3339; `otherwise` when it is not given.
  [[nodiscard]] Result<Instant> instant(std::string_view name, std::optional<Instant> otherwise) const;
  /// Seconds, or a Prometheus duration.
  [[nodiscard]] Result<Milliseconds> duration(std::string_view name) const;
  /// The duration when it is given; zero otherwise.
  [[nodiscard]] Result<Milliseconds> optional_duration(std::string_view name) const;
  /// A whole number; `otherwise` when it is not given or 0.
  [[nodiscard]] Result<std::size_t> count(std::string_view name, std::size_t otherwise) const;

 private:
  std::vector<std::pair<std::string, std::string>> pairs_;
};

/// a=1&b=%20+ in order; malformed escapes stay as they are.
std::vector<std::pair<std::string, std::string>> parse_form(std::string_view text);

}  // namespace yunzhi::monitor
