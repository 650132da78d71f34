#include "process/expression/compare.hpp"

namespace yunzhi::process {
namespace {

template <class T>
int order(T const& left, T const& right) {
  return left < right ? -1 : (right < left ? 1 : 0);
}

// A reading with an offset and one without are not on one line.
std::optional<int> order_readings(DateTime const& left, DateTime const& right) {
  auto const left_offset = offset_of(left);
  auto const right_offset = offset_of(right);
  if (left_offset.has_value() != right_offset.has_value()) return std::nullopt;
  auto left_ns = reading_ns(left);
  auto right_ns = reading_ns(right);
  if (left_offset) {
    left_ns -= Nanoseconds{left_offset->count()} * second_ns;
    right_ns -= Nanoseconds{right_offset->count()} * second_ns;
  }
  return order(left_ns, right_ns);
}

// A named zone is more than the offset it has today, so that the two are never equal.
bool equal_readings(DateTime const& left, DateTime const& right) {
  if (left.time.zone.index() != right.time.zone.index()) return false;
  return order_readings(left, right) == 0;
}

std::optional<bool> equal_lists(std::vector<Value> const& left, std::vector<Value> const& right) {
  if (left.size() != right.size()) return false;
  for (std::size_t i = 0; i < left.size(); ++i)
    if (auto const same = equal(left[i], right[i]); !same || !*same) return same;
  return true;
}

std::optional<bool> equal_contexts(ContextEntries const& left, ContextEntries const& right) {
  if (left.entries.size() != right.entries.size()) return false;
  for (auto const& entry : left.entries) {
    auto const* other = right.find(*entry.name);
    if (other == nullptr) return false;
    if (auto const same = equal(entry.value, *other); !same || !*same) return same;
  }
  return true;
}

std::optional<bool> equal_ranges(Range const& left, Range const& right) {
  if (left.low_open != right.low_open || left.high_open != right.high_open) return false;
  auto const low = equal(left.low, right.low);
  return low && *low ? equal(left.high, right.high) : low;
}

}  // namespace

std::optional<int> compare(Value const& left, Value const& right) {
  if (left.kind() != right.kind()) return std::nullopt;
  switch (left.kind()) {
    case Kind::number:
      return order(*left.get<Decimal>(), *right.get<Decimal>());
    case Kind::text:
      return order(*left.get<std::string>(), *right.get<std::string>());
    case Kind::date:
      return order(*left.get<Date>(), *right.get<Date>());
    case Kind::time:
      return order_readings({{}, *left.get<Time>()}, {{}, *right.get<Time>()});
    case Kind::date_time:
      return order_readings(*left.get<DateTime>(), *right.get<DateTime>());
    case Kind::duration:
      return order(*left.get<Duration>(), *right.get<Duration>());
    case Kind::months:
      return order(*left.get<Months>(), *right.get<Months>());
    default:
      return std::nullopt;
  }
}

std::optional<bool> equal(Value const& left, Value const& right) {
  if (left.null() || right.null()) return left.null() && right.null();
  if (left.kind() != right.kind()) return std::nullopt;
  switch (left.kind()) {
    case Kind::boolean:
      return *left.get<bool>() == *right.get<bool>();
    case Kind::time:
      return equal_readings({{}, *left.get<Time>()}, {{}, *right.get<Time>()});
    case Kind::date_time:
      return equal_readings(*left.get<DateTime>(), *right.get<DateTime>());
    case Kind::list:
      return equal_lists(*left.items(), *right.items());
    case Kind::context:
      return equal_contexts(*left.entries(), *right.entries());
    case Kind::range:
      return equal_ranges(**left.get<RangePointer>(), **right.get<RangePointer>());
    case Kind::function:
      return *left.get<FunctionPointer>() == *right.get<FunctionPointer>();
    default: {
      auto const ordered = compare(left, right);
      return ordered ? std::optional(*ordered == 0) : std::nullopt;
    }
  }
}

std::optional<bool> holds(Range const& range, Value const& value) {
  bool inside = true;
  if (!range.low.null()) {
    auto const above = compare(value, range.low);
    if (!above) return std::nullopt;
    inside = range.low_open ? *above > 0 : *above >= 0;
  }
  if (!range.high.null()) {
    auto const below = compare(value, range.high);
    if (!below) return std::nullopt;
    inside = inside && (range.high_open ? *below < 0 : *below <= 0);
  }
  return inside;
}

bool identical(Value const& left, Value const& right) {
  if (left.kind() != right.kind()) return false;
  auto const* time = left.get<Time>();
  auto const* date_time = left.get<DateTime>();
  if (time == nullptr && date_time == nullptr) return equal(left, right).value_or(false);
  // Other than equality this sees what is written: the same reading in the same zone.
  return left.text() == right.text();
}

}  // namespace yunzhi::process
