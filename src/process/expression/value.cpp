#include "process/expression/value.hpp"

#include "process/expression/temporal.hpp"

namespace yunzhi::process {
namespace {

template <class T>
int order(T const& left, T const& right) {
  return left < right ? -1 : (right < left ? 1 : 0);
}

std::string list_text(std::vector<Value> const& items) {
  std::string text = "[";
  for (auto const& item : items) {
    if (text.size() > 1) text += ", ";
    text += item.text();
  }
  return text + ']';
}

std::optional<bool> equal_lists(std::vector<Value> const& left, std::vector<Value> const& right) {
  if (left.size() != right.size()) return false;
  for (std::size_t i = 0; i < left.size(); ++i)
    if (auto const same = equal(left[i], right[i]); !same || !*same) return same;
  return true;
}

}  // namespace

Value Value::from(json::value const& value) {
  switch (value.kind()) {
    case json::kind::bool_:
      return value.get_bool();
    case json::kind::int64:
      return Decimal(value.get_int64());
    case json::kind::uint64:
      return *Decimal::parse(std::to_string(value.get_uint64()));
    case json::kind::double_: {
      auto const decimal = Decimal::from(value.get_double());
      return decimal ? Value(*decimal) : Value();
    }
    case json::kind::string:
      return std::string(std::string_view(value.get_string()));
    case json::kind::array: {
      std::vector<Value> items;
      items.reserve(value.get_array().size());
      for (auto const& item : value.get_array()) items.push_back(from(item));
      return List(std::make_shared<std::vector<Value> const>(std::move(items)));
    }
    case json::kind::object:
      return Context(std::make_shared<json::object const>(value.get_object()));
    default:
      return {};
  }
}

json::value Value::to_json() const {
  if (null()) return nullptr;
  if (auto const* flag = get<bool>()) return *flag;
  if (auto const* number = get<Decimal>()) {
    if (auto const whole = number->integer()) return *whole;
    return number->approximate();
  }
  if (auto const* context = get<Context>()) return **context;
  if (auto const* list = get<List>()) {
    json::array items;
    for (auto const& item : **list) items.push_back(item.to_json());
    return items;
  }
  return json::value(json::string(text()));
}

std::string Value::text() const {
  if (null()) return "null";
  if (auto const* flag = get<bool>()) return *flag ? "true" : "false";
  if (auto const* number = get<Decimal>()) return number->text();
  if (auto const* text = get<std::string>()) return *text;
  if (auto const* date = get<Date>()) return format_date(*date);
  if (auto const* time = get<DayTime>()) return format_day_time(*time);
  if (auto const* instant = get<Instant>()) return format_instant(*instant);
  if (auto const* duration = get<Milliseconds>()) return format_duration(*duration);
  if (auto const* months = get<Months>()) return format_months(*months);
  if (auto const* list = get<List>()) return list_text(**list);
  if (auto const* context = get<Context>()) return json::serialize(**context);
  auto const& range = **get<RangePointer>();
  return (range.low_open ? "(" : "[") + range.low.text() + ".." + range.high.text() +
         (range.high_open ? ")" : "]");
}

char const* Value::kind() const {
  constexpr char const* names[] = {
      "nothing",         "true or false", "a number",           "a text", "a date",    "a time of day",
      "a date and time", "a duration",    "a number of months", "a list", "an object", "a range"};
  return names[type()];
}

std::optional<int> compare(Value const& left, Value const& right) {
  if (left.type() != right.type()) return std::nullopt;
  if (auto const* number = left.get<Decimal>()) return order(*number, *right.get<Decimal>());
  if (auto const* text = left.get<std::string>()) return order(*text, *right.get<std::string>());
  if (auto const* date = left.get<Date>()) return order(*date, *right.get<Date>());
  if (auto const* time = left.get<DayTime>()) return order(*time, *right.get<DayTime>());
  if (auto const* instant = left.get<Instant>()) return order(*instant, *right.get<Instant>());
  if (auto const* duration = left.get<Milliseconds>()) return order(*duration, *right.get<Milliseconds>());
  if (auto const* months = left.get<Months>()) return order(*months, *right.get<Months>());
  return std::nullopt;
}

std::optional<bool> equal(Value const& left, Value const& right) {
  if (left.null() || right.null()) return left.null() && right.null();
  if (left.type() != right.type()) return std::nullopt;
  if (auto const* flag = left.get<bool>()) return *flag == *right.get<bool>();
  if (auto const* list = left.get<List>()) return equal_lists(**list, **right.get<List>());
  if (auto const* context = left.get<Context>()) return **context == **right.get<Context>();
  if (auto const* range = left.get<RangePointer>()) {
    auto const& other = **right.get<RangePointer>();
    if ((*range)->low_open != other.low_open || (*range)->high_open != other.high_open) return false;
    auto const low = equal((*range)->low, other.low);
    return low && *low ? equal((*range)->high, other.high) : low;
  }
  if (auto const order_of = compare(left, right)) return *order_of == 0;
  return std::nullopt;
}

std::optional<bool> holds(Range const& range, Value const& value) {
  auto const above = compare(value, range.low);
  auto const below = compare(value, range.high);
  if (!above || !below) return std::nullopt;
  return (range.low_open ? *above > 0 : *above >= 0) && (range.high_open ? *below < 0 : *below <= 0);
}

}  // namespace yunzhi::process
