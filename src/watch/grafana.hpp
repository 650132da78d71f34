// Dashboards of Grafana as boards: what is alike is taken over, what is not is told. The format is the JSON
// model of Grafana's dashboards (schema versions 16 to 41, with panels in a list or, before 2018, in rows).
#pragma once

#include "base/json.hpp"
#include "base/result.hpp"

namespace yunzhi::watch {

/// What became of one panel or variable.
struct Taken {
  std::string title;
  std::string type;  ///< as Grafana names it
  enum class How { whole, partly, not_at_all } how = How::whole;
  std::vector<Fault> notes;
};

struct GrafanaBoard {
  json::object board;  ///< for read_board()
  std::vector<Taken> panels;
  std::vector<Taken> variables;
};

/// Reads a dashboard, or a file with one under "dashboard". Refused when it is none.
Result<GrafanaBoard> read_grafana(json::object const& file);

}  // namespace yunzhi::watch
