// What a query's author should know although the query was answered: warnings and remarks, in Prometheus'
// own words, so that tools which know them understand.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace yunzhi::monitor {

struct Annotation {
  std::string text;   ///< "PromQL info: metric might not be a counter, …"
  std::string place;  ///< "line:column" in the query; may be empty

  bool operator==(Annotation const&) const = default;
  /// With its place behind, as the HTTP API tells it.
  [[nodiscard]] std::string english() const { return place.empty() ? text : text + " (" + place + ")"; }
};

/// Each annotation once, in the order they came up; those over a limit are left out.
struct Annotations {
  std::vector<Annotation> warnings;
  std::vector<Annotation> infos;

  void warn(std::string_view text, std::string_view place);
  void inform(std::string_view text, std::string_view place);
};

}  // namespace yunzhi::monitor
