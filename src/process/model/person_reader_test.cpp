#include <doctest/doctest.h>

#include "process/model/bpmn_text.hpp"
#include "process/model/model.hpp"

using namespace yunzhi;
using namespace yunzhi::process;

namespace {

bool says(std::string const& xml, std::string_view part) {
  auto const definition = read_definition(xml);
  return !definition && definition.error().english().find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a form in the drawing is read with its step") {
  auto const step = [](std::string const& schema) {
    return bpmn("<startEvent id='s'/><userTask id='a' yunzhi:role='r' yunzhi:fields='x,y' yunzhi:schema='" +
                schema + "'/><endEvent id='e'/>" + flows({"s>a", "a>e"}));
  };
  auto const read = read_definition(step(R"({"properties": {"x": {"minLength": 5}}})"));
  REQUIRE(read.has_value());
  CHECK(read->nodes.at(1).form.schema.at("properties").as_object().contains("x"));
  CHECK(says(step("{"), "yunzhi:schema must be a JSON Schema with properties"));
  CHECK(says(step("[]"), "yunzhi:schema must be a JSON Schema with properties"));
  CHECK(says(step(R"({"properties": {"z": {}}})"), "yunzhi:schema tells of 'z'"));
}
