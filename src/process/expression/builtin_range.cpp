// How points and ranges lie to each other (DMN 1.3, 10.3.4.7, after Allen's interval relations). A point is a
// range from itself to itself; a missing bound lies beyond every value.
#include <array>

#include "process/expression/builtins.hpp"
#include "process/expression/compare.hpp"
#include "process/expression/temporal_literal.hpp"

namespace yunzhi::process {
namespace {

struct Side {
  Value value;
  bool included = true;
  int beyond = 0;  // -1 before every value, 1 after
};

struct Span {
  Side low;
  Side high;
  bool point = false;
};

Span span_of(Value const& value) {
  auto const* range = value.get<RangePointer>();
  if (range == nullptr) return {{value, true, 0}, {value, true, 0}, true};
  auto const& r = **range;
  return {{r.low, !r.low_open, r.low.null() ? -1 : 0}, {r.high, !r.high_open, r.high.null() ? 1 : 0}, false};
}

std::optional<int> order(Side const& left, Side const& right) {
  if (left.beyond != 0 || right.beyond != 0)
    return left.beyond == right.beyond ? 0 : (left.beyond < right.beyond ? -1 : 1);
  return compare(left.value, right.value);
}

// The three orders that every relation asks about; nothing when the two are of different kinds.
struct Orders {
  int low_low, low_high, high_low, high_high;
};

std::optional<Orders> orders(Span const& a, Span const& b) {
  auto const ll = order(a.low, b.low);
  auto const lh = order(a.low, b.high);
  auto const hl = order(a.high, b.low);
  auto const hh = order(a.high, b.high);
  if (!ll || !lh || !hl || !hh) return std::nullopt;
  return Orders{*ll, *lh, *hl, *hh};
}

using Relation = bool (*)(Span const&, Span const&, Orders const&);

Value related(Value const& left, Value const& right, Relation relation) {
  if (left.null() || right.null()) return {};
  auto const a = span_of(left);
  auto const b = span_of(right);
  auto const known = orders(a, b);
  return known ? Value(relation(a, b, *known)) : Value();
}

bool is_before(Span const& a, Span const& b, Orders const& o) {
  return o.high_low < 0 || (o.high_low == 0 && !(a.high.included && b.low.included));
}
bool is_meeting(Span const& a, Span const& b, Orders const& o) {
  return o.high_low == 0 && a.high.included && b.low.included;
}
bool reaches(Span const& a, Span const& b, Orders const& o) {
  return o.high_low > 0 || (o.high_low == 0 && a.high.included && b.low.included);
}
bool is_overlapping(Span const& a, Span const& b, Orders const& o) {
  return reaches(a, b, o) && (o.low_high < 0 || (o.low_high == 0 && a.low.included && b.high.included));
}
bool is_overlapping_before(Span const& a, Span const& b, Orders const& o) {
  bool const begins_before = o.low_low < 0 || (o.low_low == 0 && a.low.included && !b.low.included);
  bool const ends_within = o.high_high < 0 || (o.high_high == 0 && (!a.high.included || b.high.included));
  return begins_before && reaches(a, b, o) && ends_within;
}
bool is_finishing(Span const& a, Span const& b, Orders const& o) {
  if (a.point) return o.high_high == 0 && b.high.included;
  bool const begins_within = o.low_low > 0 || (o.low_low == 0 && (!a.low.included || b.low.included));
  return o.high_high == 0 && a.high.included == b.high.included && begins_within;
}
bool is_starting(Span const& a, Span const& b, Orders const& o) {
  if (a.point) return o.low_low == 0 && b.low.included;
  bool const ends_within = o.high_high < 0 || (o.high_high == 0 && (!a.high.included || b.high.included));
  return o.low_low == 0 && a.low.included == b.low.included && ends_within;
}
bool is_during(Span const& a, Span const& b, Orders const& o) {
  bool const begins_within = o.low_low > 0 || (o.low_low == 0 && (b.low.included || !a.low.included));
  bool const ends_within = o.high_high < 0 || (o.high_high == 0 && (b.high.included || !a.high.included));
  return begins_within && ends_within;
}
bool is_coinciding(Span const& a, Span const& b, Orders const& o) {
  return o.low_low == 0 && o.high_high == 0 && a.low.included == b.low.included &&
         a.high.included == b.high.included;
}

template <Relation relation>
Value forward(Arguments a, Evaluation&) {
  return related(a[0], a[1], relation);
}
template <Relation relation>
Value backward(Arguments a, Evaluation&) {
  return related(a[1], a[0], relation);
}

constexpr std::string_view any_pair =
    "point1:any, point2:any | point:any, range:any | range:any, point:any | range1:any, range2:any";
constexpr std::string_view ranges = "range1:range, range2:range";
constexpr std::string_view inner_first = "point:any, range:range | range1:range, range2:range";
constexpr std::string_view outer_first = "range:range, point:any | range1:range, range2:range";

constexpr std::array lines{
    BuiltinLine{"before", any_pair, forward<is_before>},
    BuiltinLine{"after", any_pair, backward<is_before>},
    BuiltinLine{"meets", ranges, forward<is_meeting>},
    BuiltinLine{"met by", ranges, backward<is_meeting>},
    BuiltinLine{"overlaps", ranges, forward<is_overlapping>},
    BuiltinLine{"overlaps before", ranges, forward<is_overlapping_before>},
    BuiltinLine{"overlaps after", ranges, backward<is_overlapping_before>},
    BuiltinLine{"finishes", inner_first, forward<is_finishing>},
    BuiltinLine{"finished by", outer_first, backward<is_finishing>},
    BuiltinLine{"includes", outer_first, backward<is_during>},
    BuiltinLine{"during", inner_first, forward<is_during>},
    BuiltinLine{"starts", inner_first, forward<is_starting>},
    BuiltinLine{"started by", outer_first, backward<is_starting>},
    BuiltinLine{"coincides", "point1:any, point2:any | range1:any, range2:any", forward<is_coinciding>},
};

}  // namespace

std::span<BuiltinLine const> range_builtins() {
  return lines;
}

}  // namespace yunzhi::process
