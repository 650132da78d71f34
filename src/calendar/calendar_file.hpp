// Reads a working calendar from YAML. A mistake names file and line.
//
//   id: office
//   name: {zh-CN: …, en: Office hours}
//   zone: Asia/Shanghai
//   week: {monday: ["08:00-12:00", "13:30-17:30"], …}     a day that is absent is closed
//   workday: ["08:00-12:00"]                              hours of a make-up workday
//   years:
//     2026: {source: …, provisional: false,
//            holidays: [{name: 元旦, from: 2026-01-01, to: 2026-01-03}, 2026-05-01], workdays: [2026-01-04]}
#pragma once

#include <string>
#include <string_view>

#include "calendar/working_calendar.hpp"

namespace yunzhi::calendar {

Result<WorkingCalendar> load_calendar(std::string const& path);
Result<WorkingCalendar> parse_calendar(std::string_view text, std::string_view file);

}  // namespace yunzhi::calendar
