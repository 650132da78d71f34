// Durations that are arithmetic: [step() * 2 + 5s]. Everything is counted in seconds.
#include <cmath>

#include "monitor/query/expression.hpp"
#include "monitor/query/token_reader.hpp"

namespace yunzhi::monitor {
namespace {

using Term = Duration::Term;

Result<double> seconds_of(Term const& term, double step, double range) {
  std::vector<double> values;
  for (auto const& operand : term.operands) {
    auto value = seconds_of(operand, step, range);
    if (!value) return value;
    values.push_back(*value);
  }
  switch (term.kind) {
    case Term::Kind::constant:
      return term.seconds;
    case Term::Kind::step:
      return step;
    case Term::Kind::range:
      return range;
    case Term::Kind::add:
      return values[0] + values[1];
    case Term::Kind::subtract:
      return values[0] - values[1];
    case Term::Kind::multiply:
      return values[0] * values[1];
    case Term::Kind::divide:
      if (values[1] == 0) return refuse(Why::invalid, term.place, "division by zero");
      return values[0] / values[1];
    case Term::Kind::modulo:
      if (values[1] == 0) return refuse(Why::invalid, term.place, "modulo by zero");
      return std::fmod(values[0], values[1]);
    case Term::Kind::power:
      return std::pow(values[0], values[1]);
    case Term::Kind::least:
      return std::fmin(values[0], values[1]);
    case Term::Kind::greatest:
      return std::fmax(values[0], values[1]);
  }
  return 0.0;
}

}  // namespace

Result<std::int64_t> Duration::resolve(std::int64_t step_ms, std::int64_t range_ms) const {
  if (!term) return ms;
  auto const seconds =
      seconds_of(*term, static_cast<double>(step_ms) / 1000, static_cast<double>(range_ms) / 1000);
  if (!seconds) return seconds.error();
  if (!(std::fabs(*seconds) * 1000 <= static_cast<double>(range_limit_ms)))
    return refuse(Why::invalid, term->place, "duration out of range");
  return static_cast<std::int64_t>(std::round(*seconds * 1000));
}

}  // namespace yunzhi::monitor
