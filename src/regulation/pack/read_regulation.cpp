// Clauses, controls, duties and roles.
#include "regulation/pack/reader.hpp"

namespace yunzhi::regulation {

void read_clauses(FileReader& file, Pack& pack) {
  for (auto const& node : file.entries(file.root())) {
    file.keys(node, {"id", "kind", "owner", "title", "text"});
    Clause clause;
    clause.id = file.text(node, "id");
    clause.kind = file.text(node, "kind");
    clause.owner = file.text(node, "owner");
    clause.title = file.words(node, "title");
    clause.text = file.words(node, "text");
    if (clause.kind != "chapter" && clause.kind != "section" && clause.kind != "clause")
      file.mistake(node["kind"], "must be one of {}", "chapter, section, clause");
    pack.clauses.push_back(std::move(clause));
  }
}

void read_controls(FileReader& file, Pack& pack) {
  for (auto const& node : file.entries(file.root())) {
    file.keys(node, {"id", "clause", "title", "sentence", "period_days", "every", "expected", "violations",
                     "promql_expected", "promql_violations"});
    Control control;
    control.id = file.text(node, "id");
    control.clause = file.text(node, "clause");
    control.title = file.words(node, "title");
    control.sentence = file.words(node, "sentence");
    control.every = file.duration(node, "every");
    if (!YAML::convert<int>::decode(node["period_days"], control.period_days) || control.period_days < 1 ||
        control.period_days > 3660)
      file.mistake(node["period_days"], "must be a whole number from 1 to {}", 3660);
    control.expected = file.optional_text(node, "expected");
    control.violations = file.optional_text(node, "violations");
    control.promql_expected = file.optional_text(node, "promql_expected");
    control.promql_violations = file.optional_text(node, "promql_violations");
    bool const sql = !control.expected.empty() && !control.violations.empty();
    bool const promql = !control.promql_expected.empty() && !control.promql_violations.empty();
    if (sql == promql) file.mistake(node, "a control has either expected and violations, or both as PromQL");
    for (auto const* query : {&control.expected, &control.violations}) {
      auto const checked = query->empty() ? Result<>() : check_evidence_sql(*query);
      if (checked.has_error())
        file.mistake(node[query == &control.expected ? "expected" : "violations"], "{}",
                     checked.error().english());
    }
    pack.controls.push_back(std::move(control));
  }
}

void read_duties(FileReader& file, Pack& pack) {
  for (auto const& node : file.entries(file.root())) {
    file.keys(node, {"id", "title", "clause", "role", "rrule", "start", "within", "calendar"});
    duty::Duty duty;
    duty.id = file.text(node, "id");
    duty.title = file.words(node, "title");
    duty.clause = file.text(node, "clause");
    duty.role = file.text(node, "role");
    duty.rrule = file.text(node, "rrule");
    duty.start = file.text(node, "start");
    duty.within = file.duration(node, "within");
    duty.calendar = file.optional_text(node, "calendar");
    pack.duties.push_back(std::move(duty));
  }
}

void read_roles(FileReader& file, Pack& pack) {
  for (auto const& node : file.entries(file.root())) {
    file.keys(node, {"id", "name", "grants", "excludes"});
    access::Role role;
    role.id = file.text(node, "id");
    role.name = file.words(node, "name");
    for (auto const& grant : file.entries(node["grants"])) role.grants.push_back(grant.Scalar());
    for (auto const& other : file.entries(node["excludes"])) role.excludes.push_back(other.Scalar());
    for (auto const& grant : role.grants) {
      auto const scope = grant.substr(std::min(grant.find(':'), grant.size()));
      if (scope != ":all" && scope != ":unit" && scope != ":own")
        file.mistake(node["grants"], "'{}' must be verb:own, verb:unit or verb:all", grant);
    }
    pack.roles.push_back(std::move(role));
  }
}

}  // namespace yunzhi::regulation
