#include "watch/board_content.hpp"

#include <algorithm>
#include <set>

#include "base/limits.hpp"
#include "watch/json_part.hpp"

namespace yunzhi::watch {
namespace {

constexpr std::int64_t columns = 12;  // a row is this wide
constexpr std::int64_t height_most = 24;
constexpr std::size_t faults_most = 50;
constexpr std::int64_t range_least_s = 60;
constexpr std::int64_t range_most_s = std::int64_t{400} * 86'400;
constexpr std::int64_t refresh_most_s = 86'400;

json::value or_null(std::optional<double> number) {
  return number ? json::value(*number) : json::value(nullptr);
}

bool is_name(std::string_view text, bool dashes) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [dashes](unsigned char letter) {
    return (letter < 0x80 && std::isalnum(letter) != 0) || letter == '_' || (dashes && letter == '-');
  });
}

json::object read_variable(Part& part, std::set<std::string>& names) {
  json::object variable;
  auto const name = part.needed_text("name", limits::line_characters);
  if (!name.empty() && !is_name(name, false))
    part.fault("name", "must be made of letters, digits and _");
  else if (!name.empty() && !names.insert(name).second)
    part.fault("name", "there is a variable {} already", name);
  variable["name"] = name;
  variable["label"] = part.text("label", limits::line_characters);
  auto const kind = part.choice("kind", {"label", "list", "text"}, "label");
  variable["kind"] = kind;
  variable["selector"] = part.text("selector", limits::board_query_characters);
  auto const label = part.text("label_name", limits::line_characters);
  if (kind == "label" && label.empty()) part.fault("label_name", "is required");
  variable["label_name"] = label;
  variable["many"] = part.flag("many", false);
  variable["values"] = part.texts("values", limits::board_variable_values, limits::line_characters);
  variable["chosen"] = part.texts("chosen", limits::board_variable_values, limits::line_characters);
  return variable;
}

json::array read_thresholds(Part& panel) {
  json::array thresholds;
  std::optional<double> last;
  panel.each("thresholds", limits::board_thresholds, [&](Part& part) {
    auto const from = part.number("from");
    auto const tone = part.choice("tone", {"neutral", "green", "orange", "red"}, "red");
    if (!from)
      part.fault("from", "is required");
    else if (last && *from <= *last)
      part.fault("from", "must be above the threshold before it");
    else
      thresholds.push_back(json::object{{"from", *from}, {"tone", tone}});
    last = from;
  });
  return thresholds;
}

// The panels of one board: their ids are told apart, their queries counted.
struct Counted {
  std::set<std::string> ids;
  std::size_t panels = 0;
  std::size_t queries = 0;
};

json::array read_queries(Part& panel, Counted& counted) {
  json::array queries;
  panel.each("queries", limits::board_panel_queries, [&](Part& part) {
    auto expr = part.needed_text("expr", limits::board_query_characters);
    queries.push_back(
        json::object{{"expr", std::move(expr)}, {"legend", part.text("legend", limits::line_characters)}});
    ++counted.queries;
  });
  return queries;
}

std::string read_id(Part& part, Counted& counted) {
  auto id = part.text("id", limits::line_characters);
  if (id.empty()) {
    auto number = counted.panels;
    do id = "panel-" + std::to_string(++number);
    while (counted.ids.contains(id));
  }
  if (!is_name(id, true)) part.fault("id", "must be made of letters, digits, _ and -");
  if (!counted.ids.insert(id).second) part.fault("id", "there is a panel {} already", id);
  return id;
}

json::object read_panel(Part& part, Counted& counted) {
  json::object panel;
  panel["id"] = read_id(part, counted);
  ++counted.panels;
  panel["kind"] =
      part.choice("kind", {"chart", "figure", "gauge", "table", "states", "alerts", "text"}, "chart");
  panel["title"] = part.text("title", limits::line_characters);
  panel["span"] = part.whole("span", 1, columns, columns / 2);
  panel["height"] = part.whole("height", 1, height_most, 6);
  panel["unit"] = part.text("unit", 40);
  panel["decimals"] = or_null(part.number("decimals"));
  panel["reduce"] = part.choice("reduce", {"last", "mean", "minimum", "maximum", "sum"}, "last");
  panel["stacked"] = part.flag("stacked", false);
  panel["legend"] = part.flag("legend", true);
  panel["minimum"] = or_null(part.number("minimum"));
  panel["maximum"] = or_null(part.number("maximum"));
  panel["base"] = part.choice("base", {"neutral", "green", "orange", "red"}, "neutral");
  panel["thresholds"] = read_thresholds(part);
  panel["queries"] = read_queries(part, counted);
  panel["filter"] = part.text("filter", limits::line_characters);
  panel["text"] = part.text("text", limits::prose_characters);
  return panel;
}

json::array read_rows(Part& board, Counted& counted) {
  json::array rows;
  board.each("rows", limits::board_panels, [&](Part& part) {
    json::object row{{"title", part.text("title", limits::line_characters)},
                     {"folded", part.flag("folded", false)}};
    json::array panels;
    part.each("panels", limits::board_panels,
              [&](Part& panel) { panels.push_back(read_panel(panel, counted)); });
    row["panels"] = std::move(panels);
    rows.push_back(std::move(row));
  });
  if (counted.panels > limits::board_panels)
    board.fault("rows", "must have at most {} panels together", limits::board_panels);
  if (counted.queries > limits::board_queries)
    board.fault("rows", "must have at most {} queries together", limits::board_queries);
  return rows;
}

}  // namespace

Result<BoardContent> read_board(json::object const& given) {
  std::vector<Fault> faults;
  Part part(given, "", faults);
  BoardContent board;
  board.title = part.needed_text("title", limits::line_characters);
  board.description = part.text("description", limits::board_description_characters);
  board.content["range_s"] = part.whole("range_s", range_least_s, range_most_s, 3600);
  board.content["refresh_s"] = part.whole("refresh_s", 0, refresh_most_s, 30);
  json::array variables;
  std::set<std::string> names;
  part.each("variables", limits::board_variables,
            [&](Part& variable) { variables.push_back(read_variable(variable, names)); });
  board.content["variables"] = std::move(variables);
  Counted counted;
  board.content["rows"] = read_rows(part, counted);
  board.panels = counted.panels;
  part.end();
  if (faults.size() > faults_most) faults.resize(faults_most);
  if (!faults.empty()) return Refusal{Why::invalid, std::move(faults)};
  if (json::serialize(board.content).size() > limits::board_bytes)
    return refuse(Why::too_large, "/rows", "the board must have at most {} bytes", limits::board_bytes);
  return board;
}

}  // namespace yunzhi::watch
