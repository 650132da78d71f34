#include "monitor/series/column.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <numeric>
#include <optional>

#include "monitor/series/planes.hpp"
#include "monitor/series/wire.hpp"

namespace yunzhi::monitor {
namespace {

enum class TimesForm : std::uint8_t { runs = 0, planes = 1 };
enum class ValuesForm : std::uint8_t { constant = 0, deltas = 1, second_deltas = 2, exclusive = 3 };

constexpr double largest_whole =
    9'007'199'254'740'992.0;  // 2^53: up to here each whole number has its double
constexpr int largest_scale = 15;
constexpr std::array<double, largest_scale + 1> powers = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                          1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

std::uint64_t bits_of(double value) {
  return std::bit_cast<std::uint64_t>(value);
}

// Hostile files may make sums overflow; unsigned arithmetic wraps.
std::int64_t plus(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b));
}
std::int64_t minus(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) - static_cast<std::uint64_t>(b));
}

// From a number on, with the step before it.
std::vector<std::uint64_t> second_differences(std::span<std::int64_t const> numbers, std::size_t begin,
                                              std::int64_t step) {
  std::vector<std::uint64_t> result;
  result.reserve(numbers.size());
  for (std::size_t i = begin; i < numbers.size(); ++i) {
    auto const next = minus(numbers[i], numbers[i - 1]);
    result.push_back(zigzag(minus(next, step)));
    step = next;
  }
  return result;
}

std::string runs_of(std::span<std::uint64_t const> numbers) {
  std::string out;
  for (std::size_t i = 0; i < numbers.size();) {
    std::size_t end = i + 1;
    while (end < numbers.size() && numbers[end] == numbers[i]) ++end;
    put_varint(out, numbers[i]);
    put_varint(out, end - i);
    i = end;
  }
  return out;
}

// Whole numbers n with value == n / 10^scale, bit by bit. What is none is an exception and repeats its
// neighbour.
struct Scaled {
  int scale = 0;
  std::vector<std::int64_t> numbers;
  std::vector<std::pair<std::size_t, std::uint64_t>> exceptions;
};

std::optional<std::int64_t> whole(double value, int scale) {
  auto const scaled = value * powers[static_cast<std::size_t>(scale)];
  if (!(std::abs(scaled) < largest_whole)) return std::nullopt;
  auto const number = std::llround(scaled);
  auto const back = static_cast<double>(number) / powers[static_cast<std::size_t>(scale)];
  if (bits_of(back) != bits_of(value)) return std::nullopt;
  return number;
}

// The smallest scale that serves nearly all values; none when too many need exceptions.
std::optional<int> scale_of(std::span<double const> values, std::size_t allowed) {
  int scale = 0;
  std::size_t odd = 0;
  for (auto const value : values) {
    int fitting = scale;
    while (fitting <= largest_scale && !whole(value, fitting)) ++fitting;
    if (fitting <= largest_scale) {
      scale = fitting;
    } else if (++odd > allowed) {
      return std::nullopt;
    }
  }
  return scale;
}

std::optional<Scaled> scaled(std::span<double const> values) {
  auto const allowed = values.size() / 16 + 1;
  auto const scale = scale_of(values, allowed);
  if (!scale) return std::nullopt;
  Scaled result;
  result.scale = *scale;
  result.numbers.reserve(values.size());
  std::int64_t former = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (auto const number = whole(values[i], *scale)) {
      former = *number;
    } else {
      result.exceptions.emplace_back(i, bits_of(values[i]));
    }
    result.numbers.push_back(former);
    if (result.exceptions.size() > allowed) return std::nullopt;
  }
  return result;
}

// Divides the differences by what they have in common, such as the size of a page of memory.
std::int64_t common_unit(std::vector<std::int64_t> const& numbers) {
  std::int64_t unit = 0;
  for (std::size_t i = 1; i < numbers.size() && unit != 1; ++i)
    unit = std::gcd(unit, numbers[i] - numbers[i - 1]);
  return std::max<std::int64_t>(unit, 1);
}

std::string scaled_form(Scaled const& column) {
  auto const unit = common_unit(column.numbers);
  std::vector<std::int64_t> reduced;
  reduced.reserve(column.numbers.size());
  for (auto const number : column.numbers) reduced.push_back((number - column.numbers.front()) / unit);
  auto const second = second_differences(reduced, 1, 0);
  std::vector<std::uint64_t> first;
  first.reserve(second.size());
  for (std::size_t i = 1; i < reduced.size(); ++i) first.push_back(zigzag(reduced[i] - reduced[i - 1]));
  std::string one;
  std::string two;
  put_planes(one, first);
  put_planes(two, second);
  bool const straight = entropy_bytes(two) < entropy_bytes(one);
  std::string out(1, static_cast<char>(straight ? ValuesForm::second_deltas : ValuesForm::deltas));
  out += static_cast<char>(column.scale);
  put_varint(out, column.exceptions.size());
  std::size_t before = 0;
  for (auto const& [position, bits] : column.exceptions) {
    put_varint(out, position - before);
    put_u64(out, bits);
    before = position;
  }
  put_signed(out, column.numbers.front());
  put_varint(out, static_cast<std::uint64_t>(unit));
  return out + (straight ? two : one);
}

std::string exclusive_form(std::span<double const> values) {
  std::vector<std::uint64_t> differences;
  differences.reserve(values.size());
  std::uint64_t former = 0;
  for (auto const value : values) {
    differences.push_back(bits_of(value) ^ former);
    former = bits_of(value);
  }
  std::string out(1, static_cast<char>(ValuesForm::exclusive));
  put_planes(out, differences);
  return out;
}

bool read_scaled(std::string_view bytes, std::size_t count, bool straight, std::vector<double>& values) {
  Cursor cursor(bytes);
  auto const scale = cursor.byte();
  std::vector<std::pair<std::size_t, std::uint64_t>> exceptions;
  auto odd = cursor.varint();
  if (scale > largest_scale || odd > count) return false;
  for (std::size_t position = 0; odd > 0; --odd) {
    position += cursor.varint();
    auto const bits = cursor.u64();
    if (position >= count) return false;
    exceptions.emplace_back(position, bits);
  }
  auto number = cursor.signed_number();
  auto const unit = static_cast<std::int64_t>(cursor.varint());
  auto rest = cursor.rest();
  std::vector<std::uint64_t> differences;
  if (!cursor.ok() || !take_planes(rest, count - 1, differences)) return false;
  auto const divisor = powers[scale];
  values.resize(count);
  values[0] = static_cast<double>(number) / divisor;
  std::int64_t step = 0;
  for (std::size_t i = 1; i < count; ++i) {
    auto const difference = unzigzag(differences[i - 1]);
    step = straight ? plus(step, difference) : difference;
    number = plus(number, static_cast<std::int64_t>(static_cast<std::uint64_t>(step) *
                                                    static_cast<std::uint64_t>(unit)));
    values[i] = static_cast<double>(number) / divisor;
  }
  for (auto const& [position, bits] : exceptions) values[position] = std::bit_cast<double>(bits);
  return true;
}

bool read_exclusive(std::string_view bytes, std::size_t count, std::vector<double>& values) {
  std::vector<std::uint64_t> differences;
  if (!take_planes(bytes, count, differences)) return false;
  values.resize(count);
  std::uint64_t former = 0;
  for (std::size_t i = 0; i < count; ++i) {
    former ^= differences[i];
    values[i] = std::bit_cast<double>(former);
  }
  return true;
}

}  // namespace

std::string packed_times(std::span<std::int64_t const> times) {
  std::string out;
  if (times.empty()) return out;
  auto const step = times.size() > 1 ? minus(times[1], times[0]) : 0;
  auto const second = second_differences(times, 2, step);
  auto const runs = runs_of(second);
  std::string planes;
  put_planes(planes, second);
  bool const steady = runs.size() < planes.size();
  out += static_cast<char>(steady ? TimesForm::runs : TimesForm::planes);
  put_signed(out, times.front());
  put_signed(out, step);
  return out + (steady ? runs : planes);
}

std::string packed_values(std::span<double const> values) {
  if (values.empty()) return {};
  bool const constant = std::all_of(values.begin(), values.end(),
                                    [&](double value) { return bits_of(value) == bits_of(values.front()); });
  if (constant) {
    std::string out(1, static_cast<char>(ValuesForm::constant));
    put_u64(out, bits_of(values.front()));
    return out;
  }
  auto out = exclusive_form(values);
  if (auto const numbers = scaled(values)) {
    auto alternative = scaled_form(*numbers);
    if (entropy_bytes(alternative) <= entropy_bytes(out)) return alternative;
  }
  return out;
}

bool unpack_times(std::string_view bytes, std::size_t count, Times& times) {
  times.clear();
  if (count == 0) return true;
  Cursor cursor(bytes);
  auto const form = cursor.byte();
  auto at = cursor.signed_number();
  auto step = cursor.signed_number();
  std::size_t const changes = count > 2 ? count - 2 : 0;
  std::vector<std::uint64_t> second;
  if (form == static_cast<std::uint8_t>(TimesForm::planes)) {
    auto rest = cursor.rest();
    if (!take_planes(rest, changes, second)) return false;
  } else {
    while (second.size() < changes) {
      auto const number = cursor.varint();
      auto const length = cursor.varint();
      if (!cursor.ok() || length == 0 || length > changes - second.size()) return false;
      second.insert(second.end(), length, number);
    }
  }
  if (!cursor.ok() || form > static_cast<std::uint8_t>(TimesForm::planes)) return false;
  times.reserve(count);
  times.push_back(at);
  if (count > 1) times.push_back(at = plus(at, step));
  for (auto const change : second) {
    step = plus(step, unzigzag(change));
    at = plus(at, step);
    times.push_back(at);
  }
  return true;
}

bool unpack_values(std::string_view bytes, std::size_t count, std::vector<double>& values) {
  values.clear();
  if (count == 0) return true;
  if (bytes.empty()) return false;
  auto const form = static_cast<ValuesForm>(bytes.front());
  bytes.remove_prefix(1);
  switch (form) {
    case ValuesForm::constant: {
      Cursor cursor(bytes);
      values.assign(count, std::bit_cast<double>(cursor.u64()));
      return cursor.ok();
    }
    case ValuesForm::deltas:
      return read_scaled(bytes, count, false, values);
    case ValuesForm::second_deltas:
      return read_scaled(bytes, count, true, values);
    case ValuesForm::exclusive:
      return read_exclusive(bytes, count, values);
  }
  return false;
}

}  // namespace yunzhi::monitor
