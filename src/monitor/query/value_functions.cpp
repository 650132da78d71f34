// Functions of one value at a time: arithmetic, trigonometry, parts of a date.
#include <chrono>
#include <cmath>
#include <limits>
#include <numbers>

#include "monitor/query/function.hpp"

namespace yunzhi::monitor {
namespace {

using Parameters = std::span<double const>;

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

double round_to(double value, Parameters parameters) {
  double const inverse = 1 / (parameters.empty() ? 1 : parameters[0]);
  return std::floor(value * inverse + 0.5) / inverse;
}

double clamp(double value, Parameters parameters) {
  if (parameters[0] > parameters[1]) return missing();
  if (std::isnan(parameters[0]) || std::isnan(parameters[1])) return not_a_number;
  return std::fmax(parameters[0], std::fmin(parameters[1], value));
}
double clamp_min(double value, Parameters parameters) {
  return std::isnan(value) || std::isnan(parameters[0]) ? not_a_number : std::fmax(parameters[0], value);
}
double clamp_max(double value, Parameters parameters) {
  return std::isnan(value) || std::isnan(parameters[0]) ? not_a_number : std::fmin(parameters[0], value);
}
double clamp_checked(double value, Parameters parameters) {
  if (std::isnan(value) && !(parameters[0] > parameters[1])) return not_a_number;
  return clamp(value, parameters);
}

double sign(double value, Parameters) {
  return value > 0 ? 1 : value < 0 ? -1 : value;
}

struct Moment {
  std::chrono::year_month_day day;
  std::chrono::sys_days date;
  std::int64_t second_of_day = 0;
};

// False when the seconds are no date a calendar of four-digit years can tell.
bool moment_of(double seconds, Moment& moment) {
  if (!(std::fabs(seconds) < 2.5e11)) return false;
  auto const whole =
      std::chrono::sys_seconds(std::chrono::seconds(static_cast<std::int64_t>(std::floor(seconds))));
  moment.date = std::chrono::floor<std::chrono::days>(whole);
  moment.day = moment.date;
  moment.second_of_day = (whole - moment.date).count();
  return true;
}

template <class Part>
double part_of(double seconds, Part part) {
  Moment moment;
  return moment_of(seconds, moment) ? static_cast<double>(part(moment)) : not_a_number;
}

double minute(double v, Parameters) {
  return part_of(v, [](Moment const& m) { return m.second_of_day / 60 % 60; });
}
double hour(double v, Parameters) {
  return part_of(v, [](Moment const& m) { return m.second_of_day / 3600; });
}
double day_of_month(double v, Parameters) {
  return part_of(v, [](Moment const& m) { return unsigned{m.day.day()}; });
}
double day_of_week(double v, Parameters) {
  return part_of(v, [](Moment const& m) { return std::chrono::weekday(m.date).c_encoding(); });
}
double day_of_year(double v, Parameters) {
  return part_of(v, [](Moment const& m) {
    return (m.date - std::chrono::sys_days(m.day.year() / std::chrono::January / 1)).count() + 1;
  });
}
double days_in_month(double v, Parameters) {
  return part_of(
      v, [](Moment const& m) { return unsigned{(m.day.year() / m.day.month() / std::chrono::last).day()}; });
}
double month(double v, Parameters) {
  return part_of(v, [](Moment const& m) { return unsigned{m.day.month()}; });
}
double year(double v, Parameters) {
  return part_of(v, [](Moment const& m) { return int{m.day.year()}; });
}

Function plain(std::string_view name, double (*run)(double, Parameters)) {
  Function function;
  function.name = name;
  function.arguments = {ValueType::vector};
  function.required = 1;
  function.per_value = run;
  return function;
}

Function with_scalars(std::string_view name, double (*run)(double, Parameters), std::size_t scalars,
                      std::size_t required) {
  auto function = plain(name, run);
  for (std::size_t i = 0; i < scalars; ++i) function.arguments.push_back(ValueType::scalar);
  function.required = 1 + required;
  return function;
}

// Without an argument they take the step's own time.
Function date(std::string_view name, double (*run)(double, Parameters)) {
  auto function = plain(name, run);
  function.required = 0;
  return function;
}

}  // namespace

std::vector<Function> value_functions() {
  return {
      plain("abs", [](double v, Parameters) { return std::fabs(v); }),
      plain("ceil", [](double v, Parameters) { return std::ceil(v); }),
      plain("floor", [](double v, Parameters) { return std::floor(v); }),
      plain("sqrt", [](double v, Parameters) { return std::sqrt(v); }),
      plain("exp", [](double v, Parameters) { return std::exp(v); }),
      plain("ln", [](double v, Parameters) { return std::log(v); }),
      plain("log2", [](double v, Parameters) { return std::log2(v); }),
      plain("log10", [](double v, Parameters) { return std::log10(v); }),
      plain("sgn", sign),
      plain("sin", [](double v, Parameters) { return std::sin(v); }),
      plain("cos", [](double v, Parameters) { return std::cos(v); }),
      plain("tan", [](double v, Parameters) { return std::tan(v); }),
      plain("asin", [](double v, Parameters) { return std::asin(v); }),
      plain("acos", [](double v, Parameters) { return std::acos(v); }),
      plain("atan", [](double v, Parameters) { return std::atan(v); }),
      plain("sinh", [](double v, Parameters) { return std::sinh(v); }),
      plain("cosh", [](double v, Parameters) { return std::cosh(v); }),
      plain("tanh", [](double v, Parameters) { return std::tanh(v); }),
      plain("asinh", [](double v, Parameters) { return std::asinh(v); }),
      plain("acosh", [](double v, Parameters) { return std::acosh(v); }),
      plain("atanh", [](double v, Parameters) { return std::atanh(v); }),
      plain("deg", [](double v, Parameters) { return v * 180 / std::numbers::pi; }),
      plain("rad", [](double v, Parameters) { return v * std::numbers::pi / 180; }),
      with_scalars("round", round_to, 1, 0),
      with_scalars("clamp", clamp_checked, 2, 2),
      with_scalars("clamp_min", clamp_min, 1, 1),
      with_scalars("clamp_max", clamp_max, 1, 1),
      date("minute", minute),
      date("hour", hour),
      date("day_of_month", day_of_month),
      date("day_of_week", day_of_week),
      date("day_of_year", day_of_year),
      date("days_in_month", days_in_month),
      date("month", month),
      date("year", year),
  };
}

}  // namespace yunzhi::monitor
