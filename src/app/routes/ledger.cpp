// The ledger for those who audit: entries newest first, and the proof that the chain is whole.
#include "store/ledger.hpp"

#include "app/routes/routes.hpp"
#include "base/limits.hpp"
#include "base/text/whole_number.hpp"

namespace yunzhi::app {
namespace {

using Text = std::string;

// sql: the conditions are literals; every value is bound.
Result<http::Reply> list(access::Call const& call, store::Reader& reader) {
  std::string where = "1 = 1";
  store::Values arguments;
  std::size_t limit = 100;
  for (auto const& [name, value] : call.request.query) {
    // A parameter may come twice, and each place in the statement has a name of its own.
    auto const place = std::to_string(arguments.size());
    if (name == "limit") {
      auto const rows = whole_number(value).value_or(0);
      if (rows < 1 || rows > static_cast<std::int64_t>(limits::page_rows))
        return refuse(Why::invalid, "limit", "must be a whole number from 1 to {}", limits::page_rows);
      limit = static_cast<std::size_t>(rows);
      continue;
    }
    if (name == "subject")
      where += " and subject = :subject" + place;
    else if (name == "actor")
      where += " and actor = :actor" + place;
    else if (name == "action")
      where += " and action = :action" + place;
    else if (name == "after") {
      auto const sequence = whole_number(value);
      if (!sequence) return refuse(Why::invalid, "after", "is not a cursor this list gave out");
      where += " and seq < :after" + place;
      arguments.emplace_back(*sequence);
      continue;
    } else {
      return refuse(Why::invalid, name, "'{}' is not a parameter of this list",
                    std::string_view(name).substr(0, 64));
    }
    arguments.emplace_back(value);
  }
  using store::Storage;
  constexpr Storage columns[] = {Storage::integer, Storage::integer, Storage::text, Storage::text,
                                 Storage::text,    Storage::text,    Storage::text};
  // sql: the conditions are the literals above; every value is bound.
  auto const rows = reader.select("select seq, at, actor, action, subject, change, hash from ledger where " +
                                      where + " order by seq desc limit " + std::to_string(limit + 1),
                                  columns, arguments);
  json::array items;
  std::vector<Text> people;
  for (auto const& row : rows) {
    if (items.size() == limit) break;
    auto const change = parse_json(std::get<Text>(row[5]));
    people.push_back(std::get<Text>(row[2]));
    items.push_back(json::object{{"seq", std::get<std::int64_t>(row[0])},
                                 {"at", format_instant(from_ms(std::get<std::int64_t>(row[1])))},
                                 {"actor", std::get<Text>(row[2])},
                                 {"action", std::get<Text>(row[3])},
                                 {"subject", std::get<Text>(row[4])},
                                 {"change", change.has_value() ? *change : json::value(nullptr)},
                                 {"hash", std::get<Text>(row[6])}});
  }
  json::object labels;
  for (auto const& [id, name] : access::names_of(reader, people)) labels[id] = name;
  json::value next = nullptr;
  if (rows.size() > limit) next = json::value(std::to_string(items.back().at("seq").as_int64()));
  return http::Reply::json(
      json::object{{"items", std::move(items)}, {"next", std::move(next)}, {"labels", std::move(labels)}});
}

}  // namespace

void ledger_routes(http::Router& router, Sources const& sources) {
  auto& gate = sources.access.gate();
  json::object const text{{"type", "string"}};
  auto listing = make_route(http::Method::get, "/api/v1/ledger", "listLedger", "ledger", "ledger.read",
                            "Entries, newest first");
  listing.operation.parameters = {{"subject", "Of this record, as in incident/<id>", text, false},
                                  {"actor", "By this person", text, false},
                                  {"action", "Of this kind", text, false},
                                  {"limit", "Rows of one answer", {{"type", "integer"}}, false},
                                  {"after", "Cursor", text, false}};
  gate.read(router, std::move(listing), list);
  auto verifying = make_route(http::Method::get, "/api/v1/ledger/verification", "verifyLedger", "ledger",
                              "ledger.read", "Walks the whole chain");
  gate.read(router, std::move(verifying),
            [](access::Call const&, store::Reader& reader) -> Result<http::Reply> {
              auto const result = store::verify(reader, std::nullopt);
              return http::Reply::json(json::object{
                  {"ok", !result.first_bad.has_value()},
                  {"entries", result.entries},
                  {"first_bad", result.first_bad ? json::value(*result.first_bad) : json::value(nullptr)},
                  {"reason", result.reason.empty() ? json::value(nullptr) : json::value(result.reason)}});
            });
}

}  // namespace yunzhi::app
