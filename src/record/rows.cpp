#include "record/rows.hpp"

namespace yunzhi::record {

using describe::Kind;

store::Value to_column(describe::Field const& field, json::value const& value) {
  if (value.is_null()) return nullptr;
  switch (field.kind) {
    case Kind::flag:
      return std::int64_t{value.as_bool() ? 1 : 0};
    case Kind::integer:
      return value.to_number<std::int64_t>();
    case Kind::number:
      return value.to_number<double>();
    case Kind::instant:
      return to_ms(parse_instant(value.as_string()).value());
    case Kind::duration:
      return std::int64_t{parse_duration(value.as_string()).value().count()};
    case Kind::references:
    case Kind::map:
      return json::serialize(value);
    default:
      return std::string(std::string_view(value.as_string()));
  }
}

json::value from_column(describe::Field const& field, store::Value const& value) {
  if (std::holds_alternative<std::nullptr_t>(value)) return nullptr;
  switch (field.kind) {
    case Kind::flag:
      return std::get<std::int64_t>(value) != 0;
    case Kind::integer:
      return std::get<std::int64_t>(value);
    case Kind::number:
      return std::get<double>(value);
    case Kind::instant:
      return json::value(format_instant(from_ms(std::get<std::int64_t>(value))));
    case Kind::duration:
      return json::value(format_duration(Milliseconds{std::get<std::int64_t>(value)}));
    case Kind::references:
    case Kind::map:
      return json::parse(std::get<std::string>(value));
    default:
      return json::value(std::get<std::string>(value));
  }
}

std::vector<store::Storage> columns_of(describe::Fields const& fields) {
  std::vector<store::Storage> columns;
  columns.reserve(fields.size());
  for (auto const& field : fields) columns.push_back(describe::storage_of(field.kind));
  return columns;
}

std::string names_of(describe::Fields const& fields, std::string_view prefix) {
  std::string names;
  for (auto const& field : fields) {
    if (!names.empty()) names += ", ";
    names += prefix;
    names += field.name;
  }
  return names;
}

json::object to_object(describe::Fields const& fields, store::Values const& row) {
  json::object object;
  object.reserve(fields.size());
  for (std::size_t i = 0; i < fields.size(); ++i)
    object.emplace(fields[i].name, from_column(fields[i], row[i]));
  return object;
}

void insert(store::Edit& edit, std::string const& table, describe::Fields const& fields,
            json::object const& object) {
  store::Values values;
  values.reserve(fields.size());
  for (auto const& field : fields) values.push_back(to_column(field, object.at(field.name)));
  // sql: the names are a module's own words, never a person's; every value is bound.
  edit.execute("insert into " + table + " (" + names_of(fields) + ") values (" + names_of(fields, ":") + ")",
               values);
}

bool update(store::Edit& edit, std::string const& table, describe::Fields const& fields,
            std::string const& id, json::object const& changes) {
  std::string assignments;
  store::Values values;
  for (auto const& field : fields) {
    auto const* value = changes.if_contains(field.name);
    if (value == nullptr) continue;
    assignments += (assignments.empty() ? "" : ", ") + field.name + " = :" + field.name;
    values.push_back(to_column(field, *value));
  }
  if (values.empty()) return true;
  values.emplace_back(id);
  // sql: the names are a module's own words, never a person's; every value is bound.
  return edit.execute("update " + table + " set " + assignments + " where id = :record_id", values) == 1;
}

json::object fetch(store::Reader& reader, std::string const& table, describe::Fields const& fields,
                   std::string const& id) {
  auto const columns = columns_of(fields);
  // sql: the names are a module's own words, never a person's; every value is bound.
  auto const rows =
      reader.select("select " + names_of(fields) + " from " + table + " where id = :id", columns, {id});
  return rows.empty() ? json::object() : to_object(fields, rows.front());
}

json::object difference(json::object const& before, json::object const& after) {
  json::object changes;
  for (auto const& [name, value] : after) {
    if (name == "updated_at" || name == "version") continue;
    auto const* old = before.if_contains(name);
    if (old != nullptr && *old == value) continue;
    changes[name] = json::array{old == nullptr ? json::value(nullptr) : *old, value};
  }
  return changes;
}

}  // namespace yunzhi::record
