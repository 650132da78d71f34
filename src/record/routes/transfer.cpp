// Import with a dry run, and export of what a list shows.
#include "record/transfer.hpp"

#include "http/words.hpp"
#include "record/list.hpp"
#include "record/routes/parts.hpp"

namespace yunzhi::record {
namespace {

constexpr std::size_t export_rows = 10'000;
constexpr std::size_t import_bytes = std::size_t{8} << 20;

json::object report_json(ImportReport const& report, http::Request const& request) {
  json::array errors;
  for (auto const& [line, fault] : report.errors)
    errors.push_back(
        json::object{{"line", line}, {"pointer", fault.field}, {"detail", request.sentence(fault)}});
  return {{"accepted", report.errors.empty() ? report.accepted : 0},
          {"checked", report.accepted},
          {"errors", std::move(errors)}};
}

// A dry run is the import itself, refused at the end: what it says is what would have happened.
Result<http::Reply> answer_import(House& house, Module const& module, access::Call const& call,
                                  store::Edit& edit) {
  auto const report = import_lines(edit, call.actor, house.kernel, module, call.request.body);
  bool const dry_run = call.request.parameter("dry_run").value_or("false") == "true";
  if (!report.errors.empty() && !dry_run) {
    Refusal refusal;
    for (auto const& [line, fault] : report.errors)
      refusal.faults.push_back({"/" + std::to_string(line) + fault.field, fault.text, fault.arguments});
    return refusal;
  }
  if (dry_run) {
    edit.discard();
    return http::Reply::json(report_json(report, call.request));
  }
  edit.record(
      access::entry(call, module.kind + ".import", module.kind, json::object{{"accepted", report.accepted}}));
  return http::Reply::json(report_json(report, call.request));
}

std::string cell_of(json::value const& value, json::object const& labels) {
  if (value.is_null()) return {};
  if (!value.is_string()) return json::serialize(value);
  std::string_view const text = value.get_string();
  auto const* label = labels.if_contains(text);
  return std::string(label == nullptr ? text : std::string_view(label->get_string()));
}

Result<http::Reply> answer_export(House& house, Module const& module, access::Call const& call,
                                  store::Reader& reader) {
  if (call.request.parameter("format").value_or("csv") != "csv")
    return refuse(Why::invalid, "format", "must be one of {}", "csv");
  auto query = parse_list(module, call.request, call.actor);
  if (query.has_error()) return query.error();
  query->limit = 200;
  std::vector<std::string> names;
  names.reserve(query->fields.size());
  for (auto const& field : query->fields) names.push_back(field.name);
  std::string csv = "\xef\xbb\xbf" + csv_line(names);
  for (std::size_t rows = 0; rows < export_rows;) {
    auto const page = list(reader, module, *query, call.actor);
    auto const labels = house.kernel.labels(reader, call.actor, module, page.items);
    for (auto const& item : page.items) {
      std::vector<std::string> cells;
      cells.reserve(names.size());
      for (auto const& name : names) cells.push_back(cell_of(item.at(name), labels));
      csv += csv_line(cells);
    }
    rows += page.items.size();
    if (!page.next) break;
    query->after = cursor_after(module, *query, page.items.back());
  }
  return http::Reply::text(std::move(csv), "text/csv; charset=utf-8")
      .with("Content-Disposition", "attachment; filename=\"" + module.plural + ".csv\"");
}

}  // namespace

void transfer_routes(http::Router& router, access::Gate& gate, House& house, Module const& module) {
  auto const path = "/api/v1/" + module.plural;
  auto const name = capitalised(module.plural);
  auto importing = route(http::Method::post, path + "/import", "import" + name, module.plural,
                         module.kind + (module.kind == "unit" ? ".write" : ".import"),
                         "Import " + module.plural + " from JSON lines; all or none");
  importing.operation.parameters = {{"dry_run", "Check only", {{"type", "boolean"}}, false}};
  importing.operation.request = {{"type", "string"}};
  importing.operation.request_type = "application/x-ndjson";
  importing.operation.response =
      object_schema({{"accepted", "integer"}, {"checked", "integer"}, {"errors", "array"}});
  importing.body_limit = import_bytes;
  if (!module.given.empty())
    gate.write(router, std::move(importing), [&house, &module](access::Call const& call, store::Edit& edit) {
      return answer_import(house, module, call, edit);
    });
  auto exporting =
      route(http::Method::get, path + "/export", "export" + name, module.plural, module.kind + ".read",
            "The list as CSV, with the same filters; at most 10,000 rows");
  exporting.operation.parameters = {{"q", "Words to search for", {{"type", "string"}}, false},
                                    {"fields", "Columns, separated by commas", {{"type", "string"}}, false}};
  exporting.operation.response = {{"type", "string"}};
  exporting.operation.response_type = "text/csv";
  gate.read(router, std::move(exporting), [&house, &module](access::Call const& call, store::Reader& reader) {
    return answer_export(house, module, call, reader);
  });
}

}  // namespace yunzhi::record
