#include "describe/field.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "base/id.hpp"
#include "base/instant.hpp"
#include "base/limits.hpp"
#include "base/text/utf8.hpp"

namespace yunzhi::describe {
namespace {

constexpr std::string_view kind_names[] = {"line",      "prose",      "code", "integer",  "number",
                                           "flag",      "instant",    "date", "duration", "choice",
                                           "reference", "references", "map"};

std::size_t longest(Kind kind) {
  if (kind == Kind::prose) return limits::prose_characters;
  if (kind == Kind::code) return limits::code_characters;
  return limits::line_characters;
}

Refusal wrong(std::string const& pointer, std::string_view text) {
  return refuse(Why::invalid, pointer, text);
}

Result<json::value> check_text(Field const& field, std::string const& pointer, json::value const& value) {
  if (!value.is_string()) return wrong(pointer, "must be text");
  std::string_view const text = value.get_string();
  if (text.find('\0') != std::string_view::npos) return wrong(pointer, "must not contain a NUL character");
  if (characters(text) > longest(field.kind))
    return refuse(Why::invalid, pointer, "must have at most {} characters", longest(field.kind));
  if (field.kind == Kind::line && text.find_first_of("\r\n") != std::string_view::npos)
    return wrong(pointer, "must be a single line");
  return value;
}

Result<json::value> check_number(Field const& field, std::string const& pointer, json::value const& value) {
  if (!value.is_number()) return wrong(pointer, "must be a number");
  if (field.kind == Kind::number) {
    auto const number = value.to_number<double>();
    if (!std::isfinite(number)) return wrong(pointer, "must be a finite number");
    return json::value(number);
  }
  boost::system::error_code error;
  auto const integer = value.to_number<std::int64_t>(error);
  if (error) return wrong(pointer, "must be a whole number");
  return json::value(integer);
}

Result<json::value> check_date(std::string const& pointer, json::value const& value) {
  auto const bad = [&] { return wrong(pointer, "must be a date as 2026-11-23"); };
  if (!value.is_string() || value.get_string().size() != 10) return bad();
  auto const instant = parse_instant(std::string(std::string_view(value.get_string())) + "T00:00:00Z");
  if (instant.has_error()) return bad();
  return value;
}

Result<json::value> check_time(Field const& field, std::string const& pointer, json::value const& value) {
  bool const instant = field.kind == Kind::instant;
  if (instant && value.is_string()) {
    auto const parsed = parse_instant(value.get_string());
    if (parsed.has_value()) return json::value(format_instant(*parsed));
  }
  if (!instant && value.is_string()) {
    auto const parsed = parse_duration(value.get_string());
    if (parsed.has_value()) return json::value(format_duration(*parsed));
  }
  return wrong(pointer, instant ? "must be a time as 2026-11-23T14:05:00+08:00"
                                : "must be a duration as PT1H30M or P3D");
}

Result<json::value> check_choice(Field const& field, std::string const& pointer, json::value const& value) {
  if (value.is_string()) {
    std::string_view const name = value.get_string();
    if (std::find(field.choices.begin(), field.choices.end(), name) != field.choices.end()) return value;
  }
  std::string allowed;
  for (auto const& choice : field.choices) allowed += (allowed.empty() ? "" : ", ") + choice;
  return refuse(Why::invalid, pointer, "must be one of {}", allowed);
}

Result<json::value> check_reference(Field const& field, std::string const& pointer,
                                    json::value const& value) {
  if (value.is_string() && (is_id(value.get_string()) || (value.get_string().empty() && field.required)))
    return value;
  return refuse(Why::invalid, pointer, "must be the id of a {}", field.target);
}

Result<json::value> check_references(Field const& field, std::string const& pointer,
                                     json::value const& value) {
  auto const* array = value.if_array();
  if (array == nullptr) return wrong(pointer, "must be a list of ids");
  if (array->size() > limits::references_count)
    return refuse(Why::invalid, pointer, "must have at most {} entries", limits::references_count);
  json::array kept;
  std::set<std::string_view> seen;
  for (std::size_t i = 0; i < array->size(); ++i) {
    auto const* id = (*array)[i].if_string();
    if (id == nullptr || !is_id(*id))
      return refuse(Why::invalid, pointer + "/" + std::to_string(i), "must be the id of a {}", field.target);
    if (seen.insert(*id).second) kept.push_back((*array)[i]);
  }
  return json::value(std::move(kept));
}

Result<json::value> check_map(std::string const& pointer, json::value const& value) {
  auto const* object = value.if_object();
  if (object == nullptr) return wrong(pointer, "must be an object of texts");
  if (object->size() > limits::references_count)
    return refuse(Why::invalid, pointer, "must have at most {} entries", limits::references_count);
  for (auto const& member : *object)
    if (!member.value().is_string() || characters(member.value().get_string()) > limits::prose_characters)
      return wrong(pointer + "/" + std::string(member.key()), "must be text");
  return value;
}

}  // namespace

Field const* find(Fields const& fields, std::string_view name) {
  auto const found =
      std::find_if(fields.begin(), fields.end(), [&](auto const& f) { return f.name == name; });
  return found == fields.end() ? nullptr : &*found;
}

std::string_view kind_name(Kind kind) {
  return kind_names[static_cast<std::size_t>(kind)];
}

Storage storage_of(Kind kind) {
  switch (kind) {
    case Kind::integer:
    case Kind::flag:
    case Kind::instant:
    case Kind::duration:
      return Storage::integer;
    case Kind::number:
      return Storage::real;
    default:
      return Storage::text;
  }
}

Result<json::value> check(Field const& field, json::value const& value) {
  auto const pointer = "/" + field.name;
  if (value.is_null()) {
    if (field.required) return wrong(pointer, "must not be empty");
    return value;
  }
  switch (field.kind) {
    case Kind::line:
    case Kind::prose:
    case Kind::code:
      return check_text(field, pointer, value);
    case Kind::integer:
    case Kind::number:
      return check_number(field, pointer, value);
    case Kind::flag:
      if (!value.is_bool()) return wrong(pointer, "must be true or false");
      return value;
    case Kind::instant:
    case Kind::duration:
      return check_time(field, pointer, value);
    case Kind::date:
      return check_date(pointer, value);
    case Kind::choice:
      return check_choice(field, pointer, value);
    case Kind::reference:
      return check_reference(field, pointer, value);
    case Kind::references:
      return check_references(field, pointer, value);
    case Kind::map:
      return check_map(pointer, value);
  }
  return wrong(pointer, "must be text");
}

Result<json::object> check(Fields const& fields, json::object const& object, bool partial) {
  Refusal refusal;
  json::object checked;
  for (auto const& member : object) {
    auto const* field = find(fields, member.key());
    if (field == nullptr) {
      refusal.faults.push_back({"/" + std::string(member.key()), "is not a field of this record", {}});
      continue;
    }
    auto value = check(*field, member.value());
    if (value.has_value()) {
      checked[member.key()] = std::move(*value);
      continue;
    }
    auto const refused = value.error();
    refusal.faults.insert(refusal.faults.end(), refused.faults.begin(), refused.faults.end());
  }
  for (auto const& field : fields) {
    if (partial || object.contains(field.name)) continue;
    if (field.required)
      refusal.faults.push_back({"/" + field.name, "is required", {}});
    else
      checked[field.name] = nullptr;
  }
  if (!refusal.faults.empty()) return refusal;
  return checked;
}

json::object schema(Field const& field) {
  json::object made;
  switch (field.kind) {
    case Kind::integer:
      made["type"] = "integer";
      break;
    case Kind::number:
      made["type"] = "number";
      break;
    case Kind::flag:
      made["type"] = "boolean";
      break;
    case Kind::references:
      made = {{"type", "array"}, {"items", {{"type", "string"}}}, {"maxItems", limits::references_count}};
      break;
    case Kind::map:
      made = {{"type", "object"}, {"additionalProperties", {{"type", "string"}}}};
      break;
    default:
      made["type"] = "string";
  }
  if (field.kind == Kind::instant) made["format"] = "date-time";
  if (field.kind == Kind::date) made["format"] = "date";
  if (field.kind == Kind::duration) made["format"] = "duration";
  if (field.kind == Kind::line || field.kind == Kind::prose || field.kind == Kind::code)
    made["maxLength"] = longest(field.kind);
  if (field.kind == Kind::choice) {
    json::array choices;
    for (auto const& choice : field.choices) choices.emplace_back(choice);
    if (!field.required) choices.emplace_back(nullptr);
    made["enum"] = std::move(choices);
  }
  if (!field.target.empty()) made["x-reference"] = field.target;
  if (!field.required) made["type"] = json::array{made["type"], "null"};
  return made;
}

json::object schema(Fields const& fields, bool partial) {
  json::object properties;
  json::array required;
  for (auto const& field : fields) {
    properties[field.name] = schema(field);
    if (field.required) required.emplace_back(field.name);
  }
  json::object made{
      {"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
  if (!partial && !required.empty()) made["required"] = std::move(required);
  return made;
}

}  // namespace yunzhi::describe
