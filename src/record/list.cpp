#include "record/list.hpp"

#include <algorithm>
#include <charconv>

#include "base/id.hpp"
#include "base/limits.hpp"
#include "base/text/whole_number.hpp"
#include "record/rows.hpp"
#include "record/search.hpp"

namespace yunzhi::record {
namespace {

constexpr std::size_t count_cap = 100;

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> parts;
  for (;;) {
    auto const comma = text.find(',');
    parts.emplace_back(text.substr(0, comma));
    if (comma == std::string_view::npos) return parts;
    text.remove_prefix(comma + 1);
  }
}

bool contains(std::vector<std::string> const& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

Refusal unknown_parameter(std::string_view name) {
  return refuse(Why::invalid, name, "'{}' is not a parameter of this list", name.substr(0, 64));
}

// A cursor is the sort value and the id of the last row, as hexadecimal JSON: opaque, but without secrets.
std::string make_cursor(std::string const& value, std::string const& id) {
  constexpr char digits[] = "0123456789abcdef";
  auto const text = json::serialize(json::array{value, id});
  std::string cursor;
  for (auto const byte : text) {
    cursor += digits[static_cast<unsigned char>(byte) >> 4];
    cursor += digits[static_cast<unsigned char>(byte) & 0xf];
  }
  return cursor;
}

Result<std::pair<std::string, std::string>> read_cursor(std::string_view cursor) {
  auto const bad = [] { return refuse(Why::invalid, "after", "is not a cursor this list gave out"); };
  if (cursor.size() % 2 != 0 || cursor.size() > 2000) return bad();
  std::string text;
  for (std::size_t i = 0; i < cursor.size(); i += 2) {
    unsigned byte = 0;
    auto const [end, error] = std::from_chars(cursor.data() + i, cursor.data() + i + 2, byte, 16);
    if (error != std::errc{} || end != cursor.data() + i + 2) return bad();
    text += static_cast<char>(byte);
  }
  auto const parsed = parse_json(text);
  if (parsed.has_error() || !parsed->is_array() || parsed->as_array().size() != 2) return bad();
  auto const& pair = parsed->as_array();
  if (!pair[0].is_string() || !pair[1].is_string() || !is_id(pair[1].get_string())) return bad();
  return std::pair(std::string(std::string_view(pair[0].get_string())),
                   std::string(std::string_view(pair[1].get_string())));
}

Result<Instant> read_bound(std::string_view name, std::string_view value) {
  auto const at = parse_instant(value.size() == 10 ? std::string(value) + "T00:00:00Z" : std::string(value));
  if (at.has_error()) return refuse(Why::invalid, name, "must be a time as 2026-11-23T14:05:00+08:00");
  return *at;
}

// The text of a parameter as a value of the field; what it cannot be stays text, for the check to refuse.
json::value typed(describe::Field const& field, std::string_view text) {
  using describe::Kind;
  if (field.kind == Kind::references) return json::array{text};
  if (field.kind == Kind::flag && (text == "true" || text == "false")) return text == "true";
  if (field.kind == Kind::integer || field.kind == Kind::number)
    if (auto const parsed = parse_json(text); parsed.has_value() && parsed->is_number()) return *parsed;
  return json::value(text);
}

Result<Filter> read_filter(describe::Field const& field, std::string_view value, access::Actor const& actor) {
  Filter filter;
  filter.field = field.name;
  if (value.starts_with('!')) {
    filter.negated = true;
    value.remove_prefix(1);
  }
  filter.values = split(value);
  if (filter.values.size() > limits::filter_values)
    return refuse(Why::invalid, field.name, "must have at most {} entries", limits::filter_values);
  for (auto& one : filter.values) {
    if (one == "me" && field.target == "person") one = actor.person;
    if (one.empty()) continue;
    auto const checked = describe::check(field, typed(field, one));
    if (checked.has_error()) {
      auto refusal = checked.error();
      for (auto& fault : refusal.faults) fault.field = field.name;
      return refusal;
    }
  }
  return filter;
}

Result<> read_sort(Module const& module, std::string_view value, ListQuery& query) {
  query.descending = value.starts_with('-');
  if (query.descending) value.remove_prefix(1);
  if (!contains(module.sorted, value)) {
    std::string allowed;
    for (auto const& name : module.sorted) allowed += (allowed.empty() ? "" : ", ") + name;
    return refuse(Why::invalid, "sort", "must be one of {}", allowed);
  }
  query.sort = value;
  return {};
}

Result<> read_fields(Module const& module, std::string_view value, ListQuery& query) {
  query.fields.clear();
  for (auto const& name : split(value)) {
    auto const* field = describe::find(module.fields, name);
    if (field == nullptr) return refuse(Why::invalid, "fields", "'{}' is not a field of this record", name);
    query.fields.push_back(*field);
  }
  return {};
}

Result<> read_open(Module const& module, std::string_view value, ListQuery& query) {
  if (value != "true" && value != "false") return refuse(Why::invalid, "open", "must be true or false");
  query.filters.push_back({"state", module.closed, value == "true", {}, {}});
  return {};
}

Result<> read_limit(std::string_view value, ListQuery& query) {
  auto const limit = whole_number(value).value_or(0);
  if (limit < 1 || limit > static_cast<std::int64_t>(limits::page_rows))
    return refuse(Why::invalid, "limit", "must be a whole number from 1 to {}", limits::page_rows);
  query.limit = static_cast<std::size_t>(limit);
  return {};
}

Result<> read_named(Module const& module, std::string_view name, std::string_view value,
                    access::Actor const& actor, ListQuery& query) {
  auto const dot = name.rfind('.');
  auto const* field = describe::find(module.fields, name.substr(0, dot));
  if (field == nullptr) return unknown_parameter(name);
  if (dot == std::string_view::npos) {
    auto filter = read_filter(*field, value, actor);
    if (filter.has_error()) return filter.error();
    query.filters.push_back(std::move(*filter));
    return {};
  }
  auto const side = name.substr(dot + 1);
  if (field->kind != describe::Kind::instant || (side != "from" && side != "to"))
    return unknown_parameter(name);
  auto const at = read_bound(name, value);
  if (at.has_error()) return at.error();
  Filter filter;
  filter.field = field->name;
  (side == "from" ? filter.from : filter.to) = *at;
  query.filters.push_back(std::move(filter));
  return {};
}

void require_field(Module const& module, ListQuery& query, std::string_view name) {
  if (describe::find(query.fields, name) == nullptr)
    query.fields.push_back(*describe::find(module.fields, name));
}

// Filters were checked when they were read; another part of the product writes them as a record has them.
store::Value bound_value(describe::Field const& field, std::string const& text) {
  return to_column(field, describe::check(field, typed(field, text)).value());
}

// Empty is null, or an empty text. What is not one of some values may be empty.
std::string any_of(store::Values& arguments, describe::Field const& field, Filter const& filter) {
  std::string list;
  std::string empty;
  for (auto const& value : filter.values) {
    if (value.empty()) {
      empty = field.name + " is null";
      if (describe::storage_of(field.kind) == store::Storage::text) empty += " or " + field.name + " = ''";
      continue;
    }
    list += (list.empty() ? ":f" : ", :f") + std::to_string(arguments.size());
    arguments.push_back(bound_value(field, value));
  }
  if (list.empty()) return filter.negated ? "not (" + empty + ")" : empty;
  if (!filter.negated) return field.name + " in (" + list + ")" + (empty.empty() ? "" : " or " + empty);
  auto const others = field.name + " not in (" + list + ")";
  return empty.empty() ? field.name + " is null or " + others : others + " and not (" + empty + ")";
}

// Ids inside a JSON list are found by their text: an id is 36 characters of its own alphabet.
std::string member_of(store::Values& arguments, describe::Field const& field, Filter const& filter) {
  std::string condition;
  for (auto const& value : filter.values) {
    condition +=
        (condition.empty() ? "" : " or ") + field.name + " like :f" + std::to_string(arguments.size());
    arguments.emplace_back(value.empty() ? std::string("[]") : "%\"" + value + "\"%");
  }
  return filter.negated ? "not (" + condition + ")" : condition;
}

void set_count(Page& page, std::size_t seen, std::size_t cap) {
  page.exact = seen <= cap;
  page.count = static_cast<std::int64_t>(std::min(seen, cap));
}

void count_matches(store::Reader& reader, Module const& module, Condition const& condition, Page& page) {
  // sql: as in list().
  auto const counted =
      reader.select("select count(*) from (select 1 from " + module.kind + " where " + condition.sql +
                        " limit " + std::to_string(count_cap + 1) + ") as matching",
                    std::vector{store::Storage::integer}, condition.arguments);
  set_count(page, static_cast<std::size_t>(std::get<std::int64_t>(counted.front().front())), count_cap);
}

void start_after(Module const& module, ListQuery const& query, Condition& condition) {
  auto const& [value, id] = *query.after;
  auto const& sort = *describe::find(module.fields, query.sort);
  store::Value bound = value;
  if (describe::storage_of(sort.kind) == store::Storage::integer) {
    std::int64_t number = 0;
    std::from_chars(value.data(), value.data() + value.size(), number);
    bound = number;
  }
  condition.sql +=
      " and (" + sort.name + ", id)" + (query.descending ? " < " : " > ") + "(:after_value, :after_id)";
  condition.arguments.push_back(bound);
  condition.arguments.emplace_back(id);
}

Condition where(store::Reader& reader, Module const& module, ListQuery const& query,
                access::Actor const& actor) {
  auto condition = visible(module, actor, "read");
  for (auto const& filter : query.filters) {
    auto const& field = *describe::find(module.fields, filter.field);
    if (filter.from) {
      condition.sql += " and " + field.name + " >= :f" + std::to_string(condition.arguments.size());
      condition.arguments.emplace_back(to_ms(*filter.from));
    }
    if (filter.to) {
      condition.sql += " and " + field.name + " < :f" + std::to_string(condition.arguments.size());
      condition.arguments.emplace_back(to_ms(*filter.to));
    }
    if (filter.values.empty()) continue;
    condition.sql += " and (" +
                     (field.kind == describe::Kind::references ? member_of(condition.arguments, field, filter)
                                                               : any_of(condition.arguments, field, filter)) +
                     ")";
  }
  if (!query.search.empty()) {
    auto const match = search_condition(reader.dialect(), module.kind, query.search, condition.arguments);
    condition.sql += " and " + match;
  }
  return condition;
}

}  // namespace

Result<ListQuery> parse_list(Module const& module, http::Request const& request, access::Actor const& actor) {
  ListQuery query;
  for (auto const& name : module.listed) query.fields.push_back(*describe::find(module.fields, name));
  for (auto const& [name, value] : request.query) {
    Result<> read;
    if (value.size() > 4000)
      read = refuse(Why::invalid, name, "must have at most {} characters", 4000);
    else if (name == "limit")
      read = read_limit(value, query);
    else if (name == "sort")
      read = read_sort(module, value, query);
    else if (name == "fields")
      read = read_fields(module, value, query);
    else if (name == "q")
      query.search = value.substr(0, limits::line_characters);
    else if (name == "open" && !module.closed.empty())
      read = read_open(module, value, query);
    else if (name == "after") {
      auto cursor = read_cursor(value);
      if (cursor.has_error()) return cursor.error();
      query.after = std::move(*cursor);
    } else if (name != "format") {
      read = read_named(module, name, value, actor, query);
    }
    if (read.has_error()) return read.error();
  }
  for (auto const* always : {"id", "number"}) require_field(module, query, always);
  require_field(module, query, query.sort);
  return query;
}

Condition visible(Module const& module, access::Actor const& actor, std::string_view verb) {
  auto const scope = access::scope(actor, module.kind + "." + std::string(verb));
  if (scope == access::Scope::all) return {"1 = 1", {}};
  if (scope == access::Scope::none) return {"1 = 0", {}};
  Condition condition{"(created_by = :s0", {actor.person}};
  for (auto const& field : module.people) {
    condition.sql += " or " + field + " = :s" + std::to_string(condition.arguments.size());
    condition.arguments.emplace_back(actor.person);
  }
  if (scope == access::Scope::unit && !module.unit.empty())
    for (auto const& unit : actor.units) {
      condition.sql += " or " + module.unit + " = :s" + std::to_string(condition.arguments.size());
      condition.arguments.emplace_back(unit);
    }
  condition.sql += ")";
  return condition;
}

std::pair<std::string, std::string> cursor_after(Module const& module, ListQuery const& query,
                                                 json::object const& last) {
  auto const column = to_column(*describe::find(module.fields, query.sort), last.at(query.sort));
  auto const* number = std::get_if<std::int64_t>(&column);
  return {number != nullptr ? std::to_string(*number) : std::get<std::string>(column), text_of(last, "id")};
}

Page list(store::Reader& reader, Module const& module, ListQuery const& query, access::Actor const& actor) {
  auto condition = where(reader, module, query, actor);
  // The rows of a first page also tell how many there are, up to the cap: matching rows are walked once.
  bool const first = !query.after;
  auto const walked = (first ? std::max(query.limit, count_cap) : query.limit) + 1;
  Page page;
  if (first) {
    page.exact = true;
  } else {
    count_matches(reader, module, condition, page);
    start_after(module, query, condition);
  }
  auto const& sort = *describe::find(module.fields, query.sort);
  std::string const direction = query.descending ? " desc" : "";
  auto const columns = columns_of(query.fields);
  // sql: names are a module's own fields, found by parse_list; every value is bound.
  auto rows = reader.select("select " + names_of(query.fields) + " from " + module.kind + " where " +
                                condition.sql + " order by " + sort.name + direction + ", id" + direction +
                                " limit " + std::to_string(walked),
                            columns, condition.arguments);
  if (first) set_count(page, rows.size(), std::max(query.limit, count_cap));
  bool const more = rows.size() > query.limit;
  if (more) rows.resize(query.limit);
  for (auto const& row : rows) page.items.push_back(to_object(query.fields, row));
  if (more) {
    auto const [value, id] = cursor_after(module, query, page.items.back());
    page.next = make_cursor(value, id);
  }
  return page;
}

}  // namespace yunzhi::record
