// A drawing tried out and put in force: what keeps it from running, where it goes with sample data, and a new
// version with its reason.
#include <charconv>
#include <chrono>

#include "access/body.hpp"
#include "app/pack_parts.hpp"
#include "app/routes/routes.hpp"
#include "base/limits.hpp"
#include "process/model/model.hpp"
#include "process/simulation/simulation.hpp"

namespace yunzhi::app {
namespace {

/// A fault stands at "line:column" of the file; zeros when it concerns the whole.
json::object problem_json(Fault const& fault, http::Request const& request) {
  std::int64_t line = 0;
  std::int64_t column = 0;
  if (auto const colon = fault.field.find(':'); colon != std::string::npos) {
    std::from_chars(fault.field.data(), fault.field.data() + colon, line);
    std::from_chars(fault.field.data() + colon + 1, fault.field.data() + fault.field.size(), column);
  }
  return {{"line", line}, {"column", column}, {"detail", request.sentence(fault)}};
}

/// As publishing would read it.
Result<process::Model> read_drawing(Sources const& sources, std::string_view xml) {
  auto model = process::read_model(xml, process::Strictness::deploy);
  if (model.has_error()) return model.error();
  Refusal refusal;
  for (auto const& definition : model->processes)
    if (auto const fits = record::check_fit(definition, sources.surroundings); fits.has_error()) {
      auto unfit = fits.error();
      for (auto& fault : unfit.faults) refusal.faults.push_back(std::move(fault));
    }
  if (!refusal.faults.empty()) return refusal;
  return std::move(*model);
}

Result<http::Reply> answer_check(Sources const& sources, access::Call const& call) {
  json::array problems;
  if (auto const model = read_drawing(sources, call.request.body); model.has_error()) {
    auto const refusal = model.error();
    for (auto const& fault : refusal.faults) problems.push_back(problem_json(fault, call.request));
  }
  return http::Reply::json(json::object{{"problems", std::move(problems)}});
}

/// `base` is the version the drawing began with: when another one came into force since, its author has not
/// seen that one.
Result<> check_base(process::Definitions& definitions, store::Reader& reader, process::Model const& model,
                    std::string_view base) {
  if (base.empty()) return {};
  for (auto const& definition : model.processes) {
    auto const active = definitions.active(reader, definition.key);
    if (active && *active != base)
      return refuse(Why::conflict, "base",
                    "another version came into force meanwhile; compare with it before you publish");
  }
  return {};
}

Result<http::Reply> publish(Sources const& sources, access::Call const& call, store::Edit& edit) {
  json::object given{{"reason", call.request.parameter("reason").value_or("")}};
  access::Body parameters(given);
  auto const reason = parameters.text("reason", limits::line_characters);
  if (auto const read = parameters.end(); read.has_error()) return read.error();
  auto const& xml = call.request.body;
  auto const model = read_drawing(sources, xml);
  if (model.has_error()) return model.error();
  auto& definitions = sources.processes.definitions();
  if (auto const seen = check_base(definitions, edit, *model, call.request.parameter("base").value_or(""));
      seen.has_error())
    return seen.error();
  auto const before = definitions.active(edit, model->processes.front().key);
  auto const row =
      definitions.deploy(edit, model->processes.front().key + ".bpmn", xml, {call.actor.person, reason});
  if (row.has_error()) return row.error();
  if (before && *before == row->id)
    return refuse(Why::conflict, "", "nothing changed: this is version {} as it is in force", row->version);
  edit.record(access::entry(call, "process.publish", "process/" + row->id,
                            json::object{{"key", row->key}, {"version", row->version}, {"reason", reason}}));
  return http::Reply::json(
      json::object{{"id", row->id}, {"key", row->key}, {"version", row->version}, {"active", row->active}},
      201);
}

constexpr std::chrono::seconds patience{5};

/// {"xml": drawing, "commands": [as docs/process-simulation.md]}: what each command answers. Nothing is kept;
/// who tries one command more sends those before it again.
Result<http::Reply> simulate(Sources const& sources, access::Call const& call) {
  auto const body = call.request.json_body();
  if (body.has_error()) return body.error();
  auto const* commands = body->if_contains("commands");
  if (commands == nullptr || !commands->is_array())
    return refuse(Why::invalid, "/commands", "must be a list");
  if (commands->get_array().size() > limits::simulation_commands)
    return refuse(Why::invalid, "/commands", "at most {} are taken", limits::simulation_commands);
  process::Simulation simulation(sources.store.clock()(), working_time_of(sources.pack));
  if (auto const added = simulation.add(text_of(*body, "xml")); added.has_error()) return added.error();
  auto const until = std::chrono::steady_clock::now() + patience;
  json::array answers;
  for (auto const& command : commands->get_array()) {
    if (std::chrono::steady_clock::now() > until)
      return refuse(Why::too_large, "/commands", "trying this out takes longer than {} s", patience.count());
    answers.push_back(simulation.tell(command));
  }
  return http::Reply::json(
      json::object{{"answers", std::move(answers)}, {"standing", simulation.standing()}});
}

void check_route(http::Router& router, Sources const& sources) {
  auto checking = make_route(http::Method::post, "/api/v1/processes/check", "checkProcess", "processes",
                             "process.read", "What keeps a BPMN file from running, with line and column");
  checking.operation.request = {{"type", "string"}};
  checking.operation.request_type = "application/xml";
  checking.operation.response = {{"type", "object"},
                                 {"properties", {{"problems", {{"type", "array"}}}}},
                                 {"required", json::array{"problems"}}};
  checking.body_limit = limits::bpmn_bytes;
  sources.access.gate().read(
      router, std::move(checking),
      [&sources](access::Call const& call, store::Reader&) { return answer_check(sources, call); });
}

void publish_route(http::Router& router, Sources const& sources) {
  json::object const text{{"type", "string"}};
  auto publishing = make_route(http::Method::post, "/api/v1/processes", "publishProcess", "processes",
                               "process.publish", "A new version of a process, in force at once");
  publishing.operation.parameters = {
      {"reason", "Why, for the ledger", text, true},
      {"base", "Id of the version the drawing began with; refused when another is in force", text, false}};
  publishing.operation.request = text;
  publishing.operation.request_type = "application/xml";
  publishing.operation.response = {{"type", "object"},
                                   {"properties", {{"id", text}, {"version", {{"type", "integer"}}}}},
                                   {"required", json::array{"id", "version"}}};
  publishing.operation.success = 201;
  publishing.body_limit = limits::bpmn_bytes;
  sources.access.gate().write(
      router, std::move(publishing),
      [&sources](access::Call const& call, store::Edit& edit) { return publish(sources, call, edit); });
}

void simulate_route(http::Router& router, Sources const& sources) {
  auto trying = make_route(http::Method::post, "/api/v1/processes/simulate", "simulateProcess", "processes",
                           "process.publish", "Where a drawing goes with sample data; nothing is kept");
  trying.operation.request = {
      {"type", "object"},
      {"properties", {{"xml", {{"type", "string"}}}, {"commands", {{"type", "array"}}}}},
      {"required", json::array{"xml", "commands"}}};
  trying.operation.response = {{"type", "object"},
                               {"properties", {{"answers", {{"type", "array"}}}}},
                               {"required", json::array{"answers", "standing"}}};
  trying.body_limit = 2 * limits::bpmn_bytes;
  sources.access.gate().read(router, std::move(trying), [&sources](access::Call const& call, store::Reader&) {
    return simulate(sources, call);
  });
}

}  // namespace

void publication_routes(http::Router& router, Sources const& sources) {
  check_route(router, sources);
  publish_route(router, sources);
  simulate_route(router, sources);
}

}  // namespace yunzhi::app
