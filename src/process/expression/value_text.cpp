// Values as FEEL's string() writes them, and as JSON of the product's own kind.
#include "process/expression/function.hpp"
#include "process/expression/value.hpp"

namespace yunzhi::process {
namespace {

// Within lists and contexts texts stand in quotes, so that the result reads as FEEL again.
std::string nested(Value const& value) {
  auto const* text = value.get<std::string>();
  if (text == nullptr) return value.text();
  std::string quoted = "\"";
  for (char const c : *text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

std::string list_text(std::vector<Value> const& items) {
  std::string text = "[";
  for (auto const& item : items) {
    if (text.size() > 1) text += ", ";
    text += nested(item);
  }
  return text + ']';
}

bool plain_name(std::string_view name) {
  return name.find_first_of("{}\":,\\") == name.npos;
}

std::string context_text(ContextEntries const& context) {
  std::string text = "{";
  for (auto const& entry : context.entries) {
    if (text.size() > 1) text += ", ";
    text += (plain_name(*entry.name) ? *entry.name : nested(entry.name)) + ": " + nested(entry.value);
  }
  return text + '}';
}

std::string range_text(Range const& range) {
  if (range.low.null() && !range.high.null())
    return (range.high_open ? "(< " : "(<= ") + nested(range.high) + ")";
  if (range.high.null() && !range.low.null())
    return (range.low_open ? "(> " : "(>= ") + nested(range.low) + ")";
  return (range.low_open ? "(" : "[") + nested(range.low) + ".." + nested(range.high) +
         (range.high_open ? ")" : "]");
}

}  // namespace

std::string Value::text() const {
  switch (kind()) {
    case Kind::boolean:
      return *get<bool>() ? "true" : "false";
    case Kind::number:
      return get<Decimal>()->text();
    case Kind::text:
      return *get<std::string>();
    case Kind::date:
      return format(*get<Date>());
    case Kind::time:
      return format(*get<Time>());
    case Kind::date_time:
      return format(*get<DateTime>());
    case Kind::duration:
      return format(*get<Duration>());
    case Kind::months:
      return format(*get<Months>());
    case Kind::list:
      return list_text(*items());
    case Kind::context:
      return context_text(*entries());
    case Kind::range:
      return range_text(**get<RangePointer>());
    case Kind::function:
      return (*get<FunctionPointer>())->text();
    default:
      return "null";
  }
}

Value Value::from(json::value const& value) {
  switch (value.kind()) {
    case json::kind::bool_:
      return value.get_bool();
    case json::kind::int64:
      return Decimal(value.get_int64());
    case json::kind::uint64:
      return Decimal::parse(std::to_string(value.get_uint64()));
    case json::kind::double_:
      return Decimal::from(value.get_double());
    case json::kind::string:
      return make_text(value.get_string());
    case json::kind::array: {
      std::vector<Value> items;
      items.reserve(value.get_array().size());
      for (auto const& item : value.get_array()) items.push_back(from(item));
      return make_list(std::move(items));
    }
    case json::kind::object: {
      std::vector<ContextEntry> entries;
      entries.reserve(value.get_object().size());
      for (auto const& [name, member] : value.get_object())
        entries.push_back({std::make_shared<std::string const>(name), from(member)});
      return make_context(std::move(entries));
    }
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
  if (auto const* list = items()) {
    json::array array;
    for (auto const& item : *list) array.push_back(item.to_json());
    return array;
  }
  if (auto const* context = entries()) {
    json::object object;
    for (auto const& entry : context->entries) object[*entry.name] = entry.value.to_json();
    return object;
  }
  return json::value(json::string(text()));
}

}  // namespace yunzhi::process
