#include "record/process_fit.hpp"

#include <doctest/doctest.h>

#include "process/model/definition.hpp"
#include "record/testing.hpp"

using namespace yunzhi;
using namespace yunzhi::record;

namespace {

/// The errand process with one of its words changed.
Result<> fits(std::string const& word, std::string const& other) {
  auto const plan = errand_plan();
  auto drawing = plan.processes.begin()->second;
  auto const at = drawing.find(word);
  REQUIRE(at != std::string::npos);
  drawing.replace(at, word.size(), other);
  Modules const modules(plan.modules);
  auto const definition = process::read_definition(drawing);
  REQUIRE(definition.has_value());
  return check_fit(*definition, {modules, [](std::string_view role) { return role != "plumber"; },
                                 [](std::string_view action) { return action == "escalate"; }});
}

std::string said(std::string const& word, std::string const& other) {
  auto const checked = fits(word, other);
  REQUIRE(checked.has_error());
  auto const refusal = checked.error();
  CHECK_FALSE(refusal.faults.front().field.empty());
  return refusal.english();
}

}  // namespace

TEST_CASE("a process fits when the house knows its roles, fields, states and actions") {
  CHECK(fits("Work", "Toil").has_value());
}

TEST_CASE("a word of a process that nobody here knows is refused at its element") {
  CHECK(said(R"(role="system_operator")", R"(role="plumber")").find("'plumber'") != std::string::npos);
  CHECK(said(R"(fields="result,worker,size")", R"(fields="result,colour")").find("'colour'") !=
        std::string::npos);
  CHECK(said(R"(state="working")", R"(state="dreaming")").find("'dreaming'") != std::string::npos);
  CHECK(said(R"(action="escalate")", R"(action="webhook:nowhere")").find("'webhook:nowhere'") !=
        std::string::npos);
}

TEST_CASE("a form in the drawing must be a JSON Schema over the fields of its step") {
  std::string const word = R"(fields="result,worker,size")";
  auto const form = [&](std::string const& schema) { return word + " yunzhi:schema='" + schema + "'"; };
  CHECK(fits(word, form(R"({"properties": {"result": {"minLength": 5}}})")).has_value());
  CHECK(said(word, form(R"({"properties": {"result": {"minLength": "five"}}})")).find("does not read") !=
        std::string::npos);
  CHECK(said(word, form(R"({"properties": {"result": {"pattern": "(a+)+"}}})")).find("'pattern'") !=
        std::string::npos);
}

TEST_CASE("a process of records that are not kept here is refused as a whole") {
  auto const checked = fits(R"(yunzhi:record="errand")", R"(yunzhi:record="parcel")");
  REQUIRE(checked.has_error());
  CHECK(checked.error().english().find("'parcel'") != std::string::npos);
}

TEST_CASE("a process that a timer begins has to give its record what it needs") {
  std::string const start = R"(<bpmn:startEvent id="noted" />)";
  std::string const timed =
      R"(<bpmn:startEvent id="noted"><bpmn:timerEventDefinition><bpmn:timeCycle>R/PT24H</bpmn:timeCycle>
      </bpmn:timerEventDefinition></bpmn:startEvent>)";
  CHECK(said(start, timed).find("needs a value for 'title'") != std::string::npos);
  CHECK(fits(start, R"(<bpmn:dataObject id="d" name="title" yunzhi:value='"Round"' />)" + timed).has_value());
}
