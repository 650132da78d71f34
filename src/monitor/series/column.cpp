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
enum class ValuesForm : std::uint8_t {
  constant = 0,
  deltas = 1,
  second_deltas = 2,
  exclusive = 3,
  anchored_deltas = 4,
  anchored_second_deltas = 5,
  anchored_exclusive = 6
};

// The anchored forms say where the numbers stand every so many values, so that reading may begin there.
constexpr std::size_t anchor_distance = 512;

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

// Reduced numbers, and for differences of differences also the step before them, at every anchor; each as the
// difference from the anchor before.
std::string anchors_of(std::vector<std::int64_t> const& reduced, bool straight) {
  std::string out;
  std::int64_t former = 0;
  std::int64_t former_step = 0;
  for (auto at = anchor_distance; at < reduced.size(); at += anchor_distance) {
    put_signed(out, reduced[at] - former);
    former = reduced[at];
    if (!straight) continue;
    auto const step = reduced[at] - reduced[at - 1];
    put_signed(out, step - former_step);
    former_step = step;
  }
  return out;
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
  auto const form = straight ? ValuesForm::anchored_second_deltas : ValuesForm::anchored_deltas;
  std::string out(1, static_cast<char>(form));
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
  out += anchors_of(reduced, straight);
  return out + (straight ? two : one);
}

std::string exclusive_form(std::span<double const> values) {
  std::string out(1, static_cast<char>(ValuesForm::anchored_exclusive));
  for (auto at = anchor_distance; at < values.size(); at += anchor_distance)
    put_u64(out, bits_of(values[at]));
  std::vector<std::uint64_t> differences;
  differences.reserve(values.size());
  std::uint64_t former = 0;
  for (auto const value : values) {
    differences.push_back(bits_of(value) ^ former);
    former = bits_of(value);
  }
  put_planes(out, differences);
  return out;
}

// The positions that are asked for.
struct Stretch {
  std::size_t count = 0;  ///< of the whole column
  std::size_t begin = 0;
  std::size_t end = 0;
};

// What is known at a position: that of the last anchor up to where the stretch begins.
struct Known {
  std::size_t position = 0;
  std::int64_t number = 0;  ///< reduced
  std::int64_t step = 0;
};

Known last_anchor(Cursor& cursor, Stretch const& stretch, bool straight) {
  Known known;
  Known walk;
  for (walk.position = anchor_distance; walk.position < stretch.count; walk.position += anchor_distance) {
    walk.number = plus(walk.number, cursor.signed_number());
    if (straight) walk.step = plus(walk.step, cursor.signed_number());
    if (walk.position <= stretch.begin) known = walk;
  }
  return known;
}

bool read_scaled(std::string_view bytes, Stretch const& stretch, bool straight, bool anchored,
                 std::vector<double>& values) {
  Cursor cursor(bytes);
  auto const scale = cursor.byte();
  std::vector<std::pair<std::size_t, std::uint64_t>> exceptions;
  auto odd = cursor.varint();
  if (scale > largest_scale || odd > stretch.count) return false;
  for (std::size_t position = 0; odd > 0; --odd) {
    position += cursor.varint();
    auto const bits = cursor.u64();
    if (position >= stretch.count) return false;
    if (position >= stretch.begin && position < stretch.end) exceptions.emplace_back(position, bits);
  }
  auto const first = cursor.signed_number();
  auto const unit = cursor.varint();
  auto known = anchored ? last_anchor(cursor, stretch, straight) : Known{};
  auto rest = cursor.rest();
  PlanesView differences;
  if (!cursor.ok() || !PlanesView::take(rest, stretch.count - 1, differences)) return false;
  values.resize(stretch.end - stretch.begin);
  auto const value_of = [&](std::int64_t reduced) {
    return static_cast<double>(
        plus(first, static_cast<std::int64_t>(static_cast<std::uint64_t>(reduced) * unit)));
  };
  if (known.position >= stretch.begin && known.position < stretch.end)
    values[known.position - stretch.begin] = value_of(known.number);
  // Up to the stretch the numbers only add up.
  auto const skipped_to = std::max(known.position, std::max<std::size_t>(stretch.begin, 1) - 1);
  auto advance = [&](std::uint64_t packed) {
    known.step = straight ? plus(known.step, unzigzag(packed)) : unzigzag(packed);
    known.number = plus(known.number, known.step);
  };
  differences.each(known.position, skipped_to, advance);
  auto* out = values.data() + (skipped_to + 1 - stretch.begin);
  if (skipped_to + 1 < stretch.end)
    differences.each(skipped_to, stretch.end - 1, [&](std::uint64_t packed) {
      advance(packed);
      *out++ = value_of(known.number);
    });
  if (scale > 0)
    for (auto& value : values) value /= powers[scale];
  for (auto const& [position, bits] : exceptions)
    values[position - stretch.begin] = std::bit_cast<double>(bits);
  return true;
}

bool read_exclusive(std::string_view bytes, Stretch const& stretch, bool anchored,
                    std::vector<double>& values) {
  std::size_t position = 0;
  std::uint64_t former = 0;
  if (anchored) {
    Cursor cursor(bytes);
    for (auto at = anchor_distance; at < stretch.count; at += anchor_distance) {
      auto const bits = cursor.u64();
      if (at > stretch.begin) continue;
      position = at;
      former = bits;
    }
    if (!cursor.ok()) return false;
    bytes = cursor.rest();
  }
  PlanesView differences;
  if (!PlanesView::take(bytes, stretch.count, differences)) return false;
  values.resize(stretch.end - stretch.begin);
  // The anchor's own difference is in what it says already.
  auto const from = position == 0 ? 0 : position + 1;
  if (position != 0 && position == stretch.begin && position < stretch.end)
    values[0] = std::bit_cast<double>(former);
  auto const skipped_to = std::max(from, stretch.begin);
  differences.each(from, skipped_to, [&](std::uint64_t difference) { former ^= difference; });
  auto* out = values.data() + (skipped_to - stretch.begin);
  if (skipped_to < stretch.end)
    differences.each(skipped_to, stretch.end, [&](std::uint64_t difference) {
      former ^= difference;
      *out++ = std::bit_cast<double>(former);
    });
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
    PlanesView planes;
    if (!PlanesView::take(rest, changes, planes)) return false;
    second.reserve(changes);
    planes.each(0, changes, [&](std::uint64_t change) { second.push_back(change); });
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
  return unpack_values(bytes, count, 0, count, values);
}

bool unpack_values(std::string_view bytes, std::size_t count, std::size_t begin, std::size_t end,
                   std::vector<double>& values) {
  if (count == 0 || begin == end) values.clear();
  if (count == 0) return true;
  if (bytes.empty() || begin > end || end > count) return false;
  if (begin == end) return true;
  auto const form = static_cast<ValuesForm>(bytes.front());
  bytes.remove_prefix(1);
  Stretch const stretch{count, begin, end};
  switch (form) {
    case ValuesForm::constant: {
      Cursor cursor(bytes);
      values.assign(end - begin, std::bit_cast<double>(cursor.u64()));
      return cursor.ok();
    }
    case ValuesForm::deltas:
    case ValuesForm::anchored_deltas:
      return read_scaled(bytes, stretch, false, form == ValuesForm::anchored_deltas, values);
    case ValuesForm::second_deltas:
    case ValuesForm::anchored_second_deltas:
      return read_scaled(bytes, stretch, true, form == ValuesForm::anchored_second_deltas, values);
    case ValuesForm::exclusive:
    case ValuesForm::anchored_exclusive:
      return read_exclusive(bytes, stretch, form == ValuesForm::anchored_exclusive, values);
  }
  return false;
}

}  // namespace yunzhi::monitor
