#include "record/transfer.hpp"

#include <algorithm>

#include "base/id.hpp"
#include "record/numbering.hpp"
#include "record/rows.hpp"

namespace yunzhi::record {
namespace {

constexpr std::int64_t most_lines = 2000;

class Import {
 public:
  Import(store::Edit& edit, access::Actor const& actor, Kernel& kernel, Module const& module)
      : edit_(edit), actor_(actor), kernel_(kernel), module_(module) {}

  Result<> take(std::string_view line) {
    auto parsed = parse_json(line);
    if (parsed.has_error()) return parsed.error();
    if (!parsed->is_object()) return refuse(Why::invalid, "", "each line is one JSON object");
    auto given = parsed->as_object();
    Refusal refusal;
    for (auto const* name : {"id", "version", "updated_at"})
      if (given.contains(name)) refusal.faults.push_back({"/" + std::string(name), "cannot be set here", {}});
    if (!refusal.faults.empty()) return refusal;
    resolve_numbers(given);
    auto checked = describe::check(module_.fields, given, true);
    if (checked.has_error()) return checked.error();
    auto record = module_.defaults;
    for (auto& member : *checked) record[member.key()] = member.value();
    auto const ready = complete(record, *checked);
    if (ready.has_error()) return ready.error();
    store(record);
    return {};
  }

 private:
  // People write numbers (P-0004), not ids.
  void resolve_numbers(json::object& given) {
    for (auto const& field : module_.fields) {
      auto const* target = field.target.empty() ? nullptr : kernel_.modules().find(field.target);
      auto* value = target == nullptr ? nullptr : given.if_contains(field.name);
      if (value == nullptr) continue;
      if (value->is_string()) *value = id_for(*target, *value);
      if (auto* list = value->if_array())
        for (auto& one : *list)
          if (one.is_string()) one = id_for(*target, one);
    }
  }

  json::value id_for(Module const& target, json::value const& value) {
    std::string const text(std::string_view(value.get_string()));
    if (text.empty() || is_id(text)) return value;
    // sql: the table is a module's own word; the number is bound.
    auto const found =
        edit_.one<std::string>("select id from " + target.kind + " where number = :number", text);
    return found ? json::value(*found) : value;
  }

  bool taken(std::string const& number) {
    // sql: the table is a module's own word; the number is bound.
    return edit_.one<std::string>("select id from " + module_.kind + " where number = :number", number)
        .has_value();
  }

  Result<> complete(json::object& record, json::object const& given) {
    Refusal refusal;
    for (auto const& name : module_.needed)
      if (is_blank(record.if_contains(name))) refusal.faults.push_back({"/" + name, "must not be empty", {}});
    auto const now = format_instant(edit_.now());
    if (!given.contains("created_at")) record["created_at"] = now;
    if (parse_instant(text_of(record, "created_at")).value() > edit_.now())
      refusal.faults.push_back({"/created_at", "must not lie in the future", {}});
    if (auto const number = text_of(record, "number"); !number.empty() && taken(number))
      refusal.faults.push_back({"/number", "another record has this number", {}});
    bool const ended = std::find(module_.closed.begin(), module_.closed.end(), text_of(record, "state")) !=
                       module_.closed.end();
    if (!module_.process.empty() && !ended)
      refusal.faults.push_back(
          {"/state", "only ended records can be imported; report a running one instead", {}});
    if (!refusal.faults.empty()) return refusal;
    auto const references = kernel_.check_references(edit_, actor_, module_, record);
    if (references.has_error()) return references.error();
    record["updated_at"] = now;
    record["version"] = 1;
    record["id"] = new_id(parse_instant(text_of(record, "created_at")).value());
    if (!given.contains("created_by")) record["created_by"] = actor_.person;
    Change change{edit_, actor_, {}, record};
    // The rules of creation fill what follows from the rest (the priority); what the line says stays.
    if (module_.before_create) {
      auto const ruled = module_.before_create(change);
      if (ruled.has_error()) return ruled.error();
    }
    for (auto const& member : given) record[member.key()] = member.value();
    return {};
  }

  void store(json::object& record) {
    auto const& settings = kernel_.settings();
    auto const& pattern = settings.numbering.at(module_.kind);
    if (text_of(record, "number").empty())
      record["number"] = next_number(edit_, module_.kind, pattern, settings.zone_offset);
    else
      keep_number(edit_, module_.kind, pattern, text_of(record, "number"));
    insert(edit_, module_.kind, module_.fields, record);
    // What ended elsewhere brings no states with times, so it has no clocks here: none could be true.
    if (!module_.has_state() || !module_.process.empty()) return;
    kernel_.enter_state(edit_, module_, text_of(record, "id"), text_of(record, "state"),
                        parse_instant(text_of(record, "created_at")).value());
  }

  store::Edit& edit_;
  access::Actor const& actor_;
  Kernel& kernel_;
  Module const& module_;
};

}  // namespace

ImportReport import_lines(store::Edit& edit, access::Actor const& actor, Kernel& kernel, Module const& module,
                          std::string_view lines) {
  ImportReport report;
  Import import(edit, actor, kernel, module);
  for (std::int64_t number = 1; !lines.empty(); ++number) {
    auto const end = lines.find('\n');
    auto const line = lines.substr(0, end);
    lines.remove_prefix(end == std::string_view::npos ? lines.size() : end + 1);
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    if (number > most_lines) {
      report.errors.emplace_back(number,
                                 Fault{"", "one import has at most {} lines", {std::to_string(most_lines)}});
      break;
    }
    auto const taken = import.take(line);
    if (taken.has_value()) {
      ++report.accepted;
      continue;
    }
    for (auto const& fault : taken.error().faults) report.errors.emplace_back(number, fault);
    if (report.errors.size() > 200) break;
  }
  return report;
}

std::string csv_line(std::vector<std::string> const& cells) {
  std::string line;
  for (auto const& cell : cells) {
    if (!line.empty() || &cell != &cells.front()) line += ',';
    bool const formula =
        !cell.empty() && std::string_view("=+-@\t\r").find(cell.front()) != std::string_view::npos;
    bool const full_width =
        cell.starts_with("＝") || cell.starts_with("＋") || cell.starts_with("－") || cell.starts_with("＠");
    line += '"';
    if (formula || full_width) line += '\'';
    for (auto const c : cell) {
      if (c == '"') line += '"';
      line += c;
    }
    line += '"';
  }
  return line + "\r\n";
}

}  // namespace yunzhi::record
