// Months as people count them, on the wall clock of the organisation.
#pragma once

#include <string>
#include <string_view>

#include "calendar/stretch.hpp"

namespace yunzhi::app {

class Month {
 public:
  /// The month an instant lies in.
  Month(Instant at, calendar::Zone const& zone);
  /// Reads 2026-11; refused when it is no month of the years 1970 to 9999. The fault names `month`.
  static Result<Month> read(std::string_view text, calendar::Zone const& zone);

  [[nodiscard]] Month before() const;
  /// 2026-11
  [[nodiscard]] std::string text() const;
  [[nodiscard]] calendar::Stretch const& stretch() const { return stretch_; }

 private:
  Month(std::chrono::year_month month, calendar::Zone const& zone);

  std::chrono::year_month month_;
  calendar::Zone zone_;
  calendar::Stretch stretch_;
};

}  // namespace yunzhi::app
