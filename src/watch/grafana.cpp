#include "watch/grafana.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/limits.hpp"
#include "base/text/utf8.hpp"
#include "monitor/query_engine.hpp"
#include "watch/grafana_parts.hpp"

namespace yunzhi::watch {
namespace {

using How = Taken::How;

void note(Taken& taken, How how, std::string text, std::vector<std::string> arguments = {}) {
  taken.how = std::max(taken.how, how);
  taken.notes.push_back({"", std::move(text), std::move(arguments)});
}

// The kind of our panel for each of Grafana's that is alike.
std::map<std::string_view, std::string_view> const& kinds() {
  static std::map<std::string_view, std::string_view> const known{
      {"timeseries", "chart"},      {"graph", "chart"},           {"stat", "figure"},
      {"singlestat", "figure"},     {"gauge", "gauge"},           {"bargauge", "gauge"},
      {"table", "table"},           {"table-old", "table"},       {"text", "text"},
      {"state-timeline", "states"}, {"status-history", "states"}, {"alertlist", "alerts"}};
  return known;
}

void take_queries(json::object const& from, json::object& panel, Taken& taken) {
  json::array queries;
  for (auto const& item : list_in(from, "targets")) {
    if (!item.is_object()) continue;
    auto const& target = item.as_object();
    auto const expr = text_of(target, "expr");
    if (flag_in(target, "hide")) {
      note(taken, How::partly, "a hidden query is left out");
      continue;
    }
    if (expr.empty()) {
      note(taken, How::partly, "a query that is no PromQL is left out");
      continue;
    }
    if (queries.size() >= limits::board_panel_queries || characters(expr) > limits::board_query_characters) {
      note(taken, How::partly, "a query over the limits is left out");
      continue;
    }
    if (auto const read = monitor::parse_query(with_values(expr)); read.has_error())
      note(taken, How::partly, "the query {} cannot be read: {}", {expr, read.error().english()});
    auto const legend = text_of(target, "legendFormat");
    queries.push_back(json::object{{"expr", expr}, {"legend", legend == "__auto" ? "" : short_text(legend)}});
  }
  panel["queries"] = std::move(queries);
}

void take_thresholds(json::object const& defaults, json::object& panel) {
  json::array thresholds;
  auto const* steps = list_at(defaults, {"thresholds", "steps"});
  if (steps == nullptr || text_at(defaults, {"thresholds", "mode"}) == "percentage") return;
  std::optional<double> last;
  for (auto const& item : *steps) {
    if (!item.is_object()) continue;
    auto const& step = item.as_object();
    auto const tone = tone_of(text_of(step, "color"));
    auto const* value = step.if_contains("value");
    if (value == nullptr || !value->is_number()) {
      panel["base"] = tone;
      continue;
    }
    auto const from = value->to_number<double>();
    if ((last && from <= *last) || thresholds.size() >= limits::board_thresholds) continue;
    last = from;
    thresholds.push_back(json::object{{"from", from}, {"tone", tone}});
  }
  // A chart with Grafana's usual steps, which it does not draw, gets none.
  if (panel.at("kind") == "chart" && text_at(defaults, {"custom", "thresholdsStyle", "mode"}) == "off")
    return;
  panel["thresholds"] = std::move(thresholds);
}

void take_looks(json::object const& from, json::object& panel, Taken& taken) {
  json::object const empty;
  auto const* config = object_in(from, "fieldConfig");
  auto const* found = config == nullptr ? nullptr : object_in(*config, "defaults");
  auto const& defaults = found == nullptr ? empty : *found;
  auto unit = text_of(defaults, "unit");
  if (unit.empty()) unit = text_of(from, "format");  // singlestat
  if (auto const known = unit_of(unit); known)
    panel["unit"] = *known;
  else if (!unit.empty())
    note(taken, How::partly, "the unit {} is not known; figures stand without it", {unit});
  for (auto const& [theirs, ours] :
       {std::pair{"min", "minimum"}, {"max", "maximum"}, {"decimals", "decimals"}})
    if (auto const* value = defaults.if_contains(theirs); value != nullptr && value->is_number())
      panel[ours] = *value;
  take_thresholds(defaults, panel);
  auto const stacking = text_at(defaults, {"custom", "stacking", "mode"});
  panel["stacked"] = (!stacking.empty() && stacking != "none") || flag_in(from, "stack");
  if (auto const* calculations = list_at(from, {"options", "reduceOptions", "calcs"});
      calculations != nullptr && !calculations->empty() && calculations->front().is_string())
    panel["reduce"] = reduce_of(calculations->front().as_string());
  if (auto const* overrides = list_at(from, {"fieldConfig", "overrides"});
      overrides != nullptr && !overrides->empty())
    note(taken, How::partly, "{} looks of single lines are left out", {std::to_string(overrides->size())});
  if (!list_in(from, "transformations").empty())
    note(taken, How::partly, "{} transformations are left out",
         {std::to_string(list_in(from, "transformations").size())});
}

void take_text(json::object const& from, json::object& panel, Taken& taken) {
  auto text = text_at(from, {"options", "content"});
  if (text.empty()) text = text_of(from, "content");
  auto mode = text_at(from, {"options", "mode"});
  if (mode.empty()) mode = text_of(from, "mode");
  if (mode == "html") note(taken, How::partly, "HTML is shown as text");
  panel["text"] = text.size() > limits::prose_characters ? std::string() : text;
}

class Reader {
 public:
  void panels(json::array const& from) {
    for (auto const& item : from) {
      if (!item.is_object()) continue;
      auto const& panel = item.as_object();
      if (text_of(panel, "type") == "row") {
        begin_row(text_of(panel, "title"), flag_in(panel, "collapsed"));
        panels(list_in(panel, "panels"));
      } else {
        take(panel);
      }
    }
  }

  void begin_row(std::string const& title, bool folded) {
    end_row();
    row_ = json::object{{"title", short_text(title)}, {"folded", folded}};
  }

  json::array rows() {
    end_row();
    return std::move(rows_);
  }

  std::vector<Taken> taken;

 private:
  void end_row() {
    if (!panels_.empty() || !text_of(row_, "title").empty()) {
      row_["panels"] = std::move(panels_);
      rows_.push_back(std::move(row_));
    }
    row_ = {};
    panels_ = {};
  }

  void take(json::object const& from) {
    auto const type = text_of(from, "type");
    Taken& taken_panel =
        taken.emplace_back(Taken{short_text(text_of(from, "title")), short_text(type), How::whole, {}});
    auto const kind = kinds().find(type);
    if (kind == kinds().end())
      return note(taken_panel, How::not_at_all, "panels of the type {} are not known", {short_text(type)});
    if (++count_ > limits::board_panels)
      return note(taken_panel, How::not_at_all, "a board has at most {} panels",
                  {std::to_string(limits::board_panels)});
    json::object panel{{"kind", kind->second}, {"title", taken_panel.title}};
    place(from, panel);
    if (kind->second == "text") {
      take_text(from, panel, taken_panel);
    } else if (kind->second != "alerts") {
      take_queries(from, panel, taken_panel);
      take_looks(from, panel, taken_panel);
      if (panel["queries"].as_array().empty())
        return note(taken_panel, How::not_at_all, "no query in PromQL is left");
    }
    if (!text_of(from, "repeat").empty())
      note(taken_panel, How::partly, "the panel is shown once, not for each value of {}",
           {short_text(text_of(from, "repeat"))});
    panels_.push_back(std::move(panel));
  }

  // Grafana has 24 columns and rows of 30 pixels with gaps; we have 12 columns and rows of 40.
  static void place(json::object const& from, json::object& panel) {
    auto const* grid = object_in(from, "gridPos");
    auto const width = grid != nullptr ? number_in(*grid, "w", 12) / 2 : number_in(from, "span", 6);
    auto const height = grid != nullptr ? number_in(*grid, "h", 8) * 0.95 : 6.0;
    panel["span"] = std::clamp<std::int64_t>(std::llround(width), 1, 12);
    panel["height"] = std::clamp<std::int64_t>(std::llround(height), 2, 24);
  }

  json::array rows_;
  json::object row_;
  json::array panels_;
  std::size_t count_ = 0;
};

// label_values(metric, label) or label_values(label).
std::optional<std::pair<std::string, std::string>> label_values(std::string text) {
  constexpr std::string_view call = "label_values(";
  if (!text.starts_with(call) || !text.ends_with(")")) return std::nullopt;
  text = text.substr(call.size(), text.size() - call.size() - 1);
  auto const comma = text.rfind(',');
  auto const trim = [](std::string const& part) {
    auto const from = part.find_first_not_of(" \t\n");
    auto const to = part.find_last_not_of(" \t\n");
    return from == std::string::npos ? std::string() : part.substr(from, to - from + 1);
  };
  if (comma == std::string::npos || text.find('}', comma) != std::string::npos)
    return std::pair{std::string(), trim(text)};
  return std::pair{trim(text.substr(0, comma)), trim(text.substr(comma + 1))};
}

void take_chosen(json::object const& from, json::object& variable) {
  auto const* current = object_in(from, "current");
  auto const* value = current == nullptr ? nullptr : current->if_contains("value");
  json::array chosen;
  if (value != nullptr && value->is_string()) chosen.push_back(*value);
  if (value != nullptr && value->is_array())
    for (auto const& one : value->as_array())
      if (one.is_string()) chosen.push_back(one);
  variable["chosen"] = std::move(chosen);
}

std::optional<json::object> take_variable(json::object const& from, Taken& taken) {
  auto const type = text_of(from, "type");
  json::object variable{{"name", text_of(from, "name")}, {"label", short_text(text_of(from, "label"))}};
  variable["many"] = flag_in(from, "multi") || flag_in(from, "includeAll");
  take_chosen(from, variable);
  if (type == "query") {
    auto query = text_of(from, "query");
    if (query.empty()) query = text_at(from, {"query", "query"});
    if (query.empty()) query = text_of(from, "definition");
    auto const asked = label_values(query);
    if (!asked) {
      note(taken, How::not_at_all, "only label_values() is known, not {}", {short_text(query)});
      return std::nullopt;
    }
    if (!text_of(from, "regex").empty())
      note(taken, How::partly, "the regular expression {} is left out", {short_text(text_of(from, "regex"))});
    variable["kind"] = "label";
    variable["selector"] = asked->first;
    variable["label_name"] = asked->second;
  } else if (type == "custom" || type == "constant" || type == "interval") {
    variable["kind"] = "list";
    variable["values"] = split_values(text_of(from, "query"));
  } else if (type == "textbox") {
    variable["kind"] = "text";
  } else if (type == "datasource") {
    note(taken, How::whole, "there is one source of data here, so nothing is to be chosen");
    return std::nullopt;
  } else {
    note(taken, How::not_at_all, "variables of the type {} are not known", {short_text(type)});
    return std::nullopt;
  }
  return variable;
}

}  // namespace

Result<GrafanaBoard> read_grafana(json::object const& file) {
  auto const* inside = object_in(file, "dashboard");
  auto const& dashboard = inside == nullptr ? file : *inside;
  if (!dashboard.contains("panels") && !dashboard.contains("rows"))
    return refuse(Why::invalid, "", "is neither a board nor a dashboard of Grafana: it has no panels");
  GrafanaBoard read;
  Reader reader;
  reader.panels(list_in(dashboard, "panels"));
  for (auto const& row : list_in(dashboard, "rows"))
    if (row.is_object()) {
      reader.begin_row(flag_in(row.as_object(), "showTitle") ? text_of(row.as_object(), "title") : "",
                       flag_in(row.as_object(), "collapse"));
      reader.panels(list_in(row.as_object(), "panels"));
    }
  json::array variables;
  if (auto const* list = list_at(dashboard, {"templating", "list"}); list != nullptr)
    for (auto const& item : *list)
      if (item.is_object() && variables.size() < limits::board_variables) {
        auto& taken = read.variables.emplace_back(Taken{short_text(text_of(item.as_object(), "name")),
                                                        short_text(text_of(item.as_object(), "type")),
                                                        How::whole,
                                                        {}});
        if (auto variable = take_variable(item.as_object(), taken)) variables.push_back(std::move(*variable));
      }
  auto title = short_text(text_of(dashboard, "title"));
  read.board = {{"title", title.empty() ? "Grafana" : title},
                {"description", short_text(text_of(dashboard, "description"))},
                {"variables", std::move(variables)},
                {"rows", reader.rows()}};
  if (auto const range = seconds_of(text_at(dashboard, {"time", "from"}))) read.board["range_s"] = *range;
  if (auto const refresh = seconds_of(text_of(dashboard, "refresh"))) read.board["refresh_s"] = *refresh;
  read.panels = std::move(reader.taken);
  return read;
}

}  // namespace yunzhi::watch
