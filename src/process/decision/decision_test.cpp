#include <doctest/doctest.h>
#include <fmt/format.h>

#include "process/decision/decision_model.hpp"
#include "process/expression/exact_json.hpp"

using namespace yunzhi;
using process::DecisionModel;

namespace {

std::string in_definitions(std::string const& content) {
  return R"(<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" name="m" namespace="n">)" +
         content + "</definitions>";
}

std::string answer(std::string const& content, std::string_view decision, std::string_view variables) {
  auto const model = DecisionModel::read(in_definitions(content));
  if (!model) return model.error().english();
  auto const value =
      model->decide(decision, process::parse_exact_json(variables).value(), process::Moment{from_ms(0)});
  return value ? process::exact_json(*value) : value.error().english();
}

// A table of one number `x` in, one text or number out.
std::string table(std::string_view attributes, std::string_view output,
                  std::vector<std::pair<char const*, char const*>> const& rules) {
  std::string rows;
  for (auto const& [test, result] : rules)
    rows += fmt::format(
        "<rule><inputEntry><text>{}</text></inputEntry><outputEntry><text>{}</text></outputEntry></rule>",
        test, result);
  return fmt::format(R"(<inputData id="i" name="x"><variable name="x" typeRef="number"/></inputData>
    <decision id="d" name="D"><variable name="D"/>
      <informationRequirement><requiredInput href="#i"/></informationRequirement>
      <decisionTable {}><input><inputExpression typeRef="number"><text>x</text></inputExpression></input>
      {}{}</decisionTable></decision>)",
                     attributes, output, rows);
}

std::vector<std::pair<char const*, char const*>> const overlapping{
    {"&gt; 1", "\"low\""}, {"&gt; 5", "\"high\""}, {"[7..9]", "\"low\""}};
std::vector<std::pair<char const*, char const*>> const figures{{"&gt; 1", "10"}, {"&gt; 5", "x"}, {"-", "3"}};
std::string const priorities =
    R"(<output><outputValues><text>"high","low"</text></outputValues><defaultOutputEntry><text>"none"</text></defaultOutputEntry></output>)";

}  // namespace

TEST_CASE("each hit policy makes its result of the rules that match") {
  CHECK(answer(table("", "<output/>", overlapping), "D", R"({"x":3})") == "\"low\"");
  CHECK(answer(table("hitPolicy=\"UNIQUE\"", "<output/>", overlapping), "D", R"({"x":6})") == "null");
  CHECK(answer(table("hitPolicy=\"ANY\"", "<output/>", overlapping), "D", R"({"x":6})") == "null");
  CHECK(answer(table("hitPolicy=\"ANY\"", "<output/>", overlapping), "D", R"({"x":2})") == "\"low\"");
  CHECK(answer(table("hitPolicy=\"FIRST\"", "<output/>", overlapping), "D", R"({"x":8})") == "\"low\"");
  CHECK(answer(table("hitPolicy=\"PRIORITY\"", priorities, overlapping), "D", R"({"x":8})") == "\"high\"");
  CHECK(answer(table("hitPolicy=\"OUTPUT ORDER\"", priorities, overlapping), "D", R"({"x":8})") ==
        R"(["high","low","low"])");
  CHECK(answer(table("hitPolicy=\"RULE ORDER\"", "<output/>", overlapping), "D", R"({"x":8})") ==
        R"(["low","high","low"])");
  CHECK(answer(table("hitPolicy=\"COLLECT\"", "<output/>", overlapping), "D", R"({"x":6})") ==
        R"(["low","high"])");
}

TEST_CASE("collected numbers are added up, counted, or give their extreme") {
  auto const collected = [](char const* how, char const* variables) {
    return answer(table(fmt::format("hitPolicy=\"COLLECT\" aggregation=\"{}\"", how), "<output/>", figures),
                  "D", variables);
  };
  CHECK(collected("SUM", R"({"x":6})") == "19");
  CHECK(collected("MIN", R"({"x":6})") == "3");
  CHECK(collected("MAX", R"({"x":60})") == "60");
  CHECK(collected("COUNT", R"({"x":6})") == "3");
  CHECK(collected("COUNT", R"({"x":0})") == "1");
}

TEST_CASE("the default stands in when no rule matches, and a wrong type is no input") {
  CHECK(answer(table("hitPolicy=\"PRIORITY\"", priorities, overlapping), "D", R"({"x":0})") == "\"none\"");
  CHECK(answer(table("", "<output/>", overlapping), "d", R"({"x":"3"})") == "null");
}

TEST_CASE("several outputs make a context, and an input outside the allowed is null to the rules") {
  std::string const content =
      R"(<inputData id="i" name="colour"><variable name="colour" typeRef="string"/></inputData>
    <decision id="d" name="D"><informationRequirement><requiredInput href="#i"/></informationRequirement>
    <decisionTable><input><inputExpression><text>colour</text></inputExpression>
      <inputValues><text>"red","green"</text></inputValues></input>
      <output name="stop" typeRef="boolean"/><output name="wait s" typeRef="number"/>
      <rule><inputEntry><text>"red"</text></inputEntry><outputEntry><text>true</text></outputEntry>
        <outputEntry><text>30</text></outputEntry></rule>
      <rule><inputEntry><text>not("red")</text></inputEntry><outputEntry><text>false</text></outputEntry>
        <outputEntry><text>0</text></outputEntry></rule></decisionTable></decision>)";
  CHECK(answer(content, "D", R"({"colour":"red"})") == R"({"stop":true,"wait s":30})");
  CHECK(answer(content, "D", R"({"colour":"green"})") == R"({"stop":false,"wait s":0})");
  // What is outside the allowed is null, which is not red either.
  CHECK(answer(content, "D", R"({"colour":"blue"})") == R"({"stop":false,"wait s":0})");
}

TEST_CASE("decisions stand on others, on knowledge and on types") {
  std::string const content = R"(
    <itemDefinition name="tPerson"><itemComponent name="Full Name"><typeRef>string</typeRef></itemComponent>
      <itemComponent name="age"><typeRef>tAge</typeRef></itemComponent></itemDefinition>
    <itemDefinition name="tAge"><typeRef>number</typeRef><allowedValues><text>[0..150]</text></allowedValues></itemDefinition>
    <inputData id="i" name="Applicant"><variable name="Applicant" typeRef="tPerson"/></inputData>
    <businessKnowledgeModel id="b" name="Bonus"><variable name="Bonus" typeRef="number"/>
      <encapsulatedLogic><formalParameter name="years" typeRef="number"/>
        <literalExpression><text>if years &lt;= 1 then 1 else years * Bonus(years - 1)</text></literalExpression>
      </encapsulatedLogic></businessKnowledgeModel>
    <decision id="g" name="Greeting"><informationRequirement><requiredInput href="#i"/></informationRequirement>
      <literalExpression><text>"Dear " + Applicant.Full Name</text></literalExpression></decision>
    <decision id="l" name="Letter"><informationRequirement><requiredDecision href="#g"/></informationRequirement>
      <informationRequirement><requiredInput href="#i"/></informationRequirement>
      <knowledgeRequirement><requiredKnowledge href="#b"/></knowledgeRequirement>
      <context><contextEntry><variable name="n"/><invocation><literalExpression><text>Bonus</text></literalExpression>
          <binding><parameter name="years"/><literalExpression><text>Applicant.age</text></literalExpression></binding>
        </invocation></contextEntry>
        <contextEntry><variable name="rows"/><relation><column name="a"/><row><literalExpression><text>n</text></literalExpression></row></relation></contextEntry>
        <contextEntry><literalExpression><text>[Greeting, n, rows[1].a]</text></literalExpression></contextEntry></context></decision>)";
  CHECK(answer(content, "Letter", R"({"Applicant":{"Full Name":"Wei","age":4}})") == R"(["Dear Wei",24,24])");
  CHECK(answer(content, "Greeting", R"({"Applicant":{"Full Name":"Wei","age":200}})") == "null");
  CHECK(answer(content, "Nobody", "{}") == "there is no decision 'Nobody' in this model");
}

TEST_CASE("allowed values may be tests of any kind, and what is outside becomes null, input and output") {
  auto const judged = [](std::string const& input, std::string const& allowed, std::string const& cell,
                         std::string const& outputs, std::string const& output) {
    return answer(fmt::format(R"(<decision id="d" name="D"><decisionTable>
      <input><inputExpression><text>{}</text></inputExpression><inputValues><text>{}</text></inputValues></input>
      <output><outputValues><text>{}</text></outputValues></output>
      <rule><inputEntry><text>{}</text></inputEntry><outputEntry><text>{}</text></outputEntry></rule>
      </decisionTable></decision>)",
                              input, allowed, outputs, cell, output),
                  "D", "{}");
  };
  // Given an input, what is allowed of it, and the cell that meets it
  CHECK(judged("123", "not(123)", "null", "-", "1") == "1");
  CHECK(judged("\"foo\"", "\"bar\", string length(?) = 3", "\"foo\"", "-", "1") == "1");
  CHECK(judged("\"foo\"", "\"bar\", string length(\"?\") = 1", "null", "-", "1") == "1");
  CHECK(judged("\"foo\"", "?", "\"foo\"", "-", "1") == "1");
  CHECK(judged("false", "?", "false", "-", "1") == "1");
  CHECK(judged("false", "? = true", "null", "-", "1") == "1");
  CHECK(judged("6", "? + 0", "6", "-", "1") == "1");
  CHECK(judged("123", "[345, ? = 123, 456]", "null", "-", "1") == "1");
  CHECK(judged("[1, 2]", "1, 2, 3", "list contains(?, 2)", "-", "1") == "1");
  CHECK(judged("[1, 4]", "1, 2, 3", "null", "-", "1") == "1");
  // Given an output and what is allowed of it
  CHECK(judged("1", "-", "-", "\"yes\", \"no\"", "\"no\"") == "\"no\"");
  CHECK(judged("1", "-", "-", "\"yes\", \"no\"", "\"perhaps\"") == "null");
  CHECK(judged("1", "-", "-", "string length(?) &gt;= 3", "\"yes\"") == "\"yes\"");
  CHECK(judged("1", "-", "-", "not(\"yes\")", "\"yes\"") == "null");
  CHECK(judged("1", "-", "-", "\"a\", \"b\"", "[\"b\", \"a\"]") == R"(["b","a"])");
}

TEST_CASE("nothing collected is an empty list, unless there is a default or an aggregation") {
  std::vector<std::pair<char const*, char const*>> const none{{"&gt; 9", "1"}};
  std::string const fallback = "<output><defaultOutputEntry><text>7</text></defaultOutputEntry></output>";
  CHECK(answer(table("hitPolicy=\"COLLECT\"", "<output/>", none), "D", R"({"x":1})") == "[]");
  CHECK(answer(table("hitPolicy=\"COLLECT\"", fallback, none), "D", R"({"x":1})") == "7");
  CHECK(answer(table("hitPolicy=\"COLLECT\" aggregation=\"SUM\"", "<output/>", none), "D", R"({"x":1})") ==
        "null");
  CHECK(answer(table("hitPolicy=\"RULE ORDER\"", "<output/>", none), "D", R"({"x":1})") == "null");
}

TEST_CASE("a boxed filter, some and every have no answer once an item's is neither true, false nor null") {
  auto const walked = [](std::string const& form, std::string const& list, std::string const& asked) {
    bool const filters = form == "filter";
    std::string const part = filters ? "match" : "satisfies";
    return answer(
        fmt::format(
            R"(<decision id="d" name="D"><{0} {1}><in><literalExpression><text>{2}</text></literalExpression></in>
          <{3}><literalExpression><text>{4}</text></literalExpression></{3}></{0}></decision>)",
            form, filters ? "" : "iteratorVariable=\"item\"", list, part, asked),
        "D", "{}");
  };
  std::string const unsure = "if item = 1 then \"no answer\" else item = 2";
  CHECK(walked("filter", "[2,3,null]", "item = 2") == "[2]");
  CHECK(walked("filter", "[1,2]", "if item = 2 then null else true") == "[1]");
  CHECK(walked("filter", "[1,2]", unsure) == "null");
  CHECK(walked("filter", "[1,2]", "item") == "null");
  CHECK(walked("some", "[1,2]", unsure) == "null");
  CHECK(walked("some", "[2,1]", unsure) == "true");
  CHECK(walked("some", "[3,2]", "if item = 3 then null else true") == "true");
  CHECK(walked("every", "[2,1]", unsure) == "null");
  CHECK(walked("every", "[3,1]", unsure) == "false");
  CHECK(walked("every", "[3,2]", "if item = 3 then null else false") == "false");
}

TEST_CASE("a mistake in a model is told with its line") {
  auto const refused = [](std::string const& content) {
    auto const model = DecisionModel::read(in_definitions(content));
    REQUIRE(model.has_error());
    return model.error().faults[0].field + " " +
           fill(model.error().faults[0].text, model.error().faults[0].arguments);
  };
  auto const wrong = refused(
      "\n<decision id=\"d\" name=\"D\">\n<literalExpression><text>1 +</text></literalExpression></decision>");
  CHECK(wrong.starts_with("3:"));
  CHECK(wrong.find("the expression '1 +' is wrong at 1:4: a value is expected here") != std::string::npos);
  CHECK(
      refused(
          R"(<decision id="d" name="D"><informationRequirement><requiredDecision href="#d"/></informationRequirement></decision>)")
          .find("the decision 'D' requires itself") != std::string::npos);
  CHECK(
      refused(
          R"(<decision id="d" name="D"><informationRequirement><requiredInput href="#x"/></informationRequirement></decision>)")
          .find("there is no element '#x' in this model") != std::string::npos);
  CHECK(
      refused(
          R"(<decision id="d" name="D"><decisionTable hitPolicy="BEST"><output/></decisionTable></decision>)")
          .find("there is no hit policy 'BEST'") != std::string::npos);
  CHECK(DecisionModel::read("<definitions/>").has_error());
}

TEST_CASE("a cell that is no test is refused with its place, and matches nothing where a mistake is null") {
  std::string const escaped[] = {"(1,2)",    "not((1,2))",      "((1,2))",
                                 "1, (1,2)", "(\"123\", true)", "(&lt;5, &gt;10)"};
  for (auto const& cell : escaped) {
    CAPTURE(cell);
    auto const as_cell = in_definitions(table("", "<output/>", {{cell.c_str(), "\"hit\""}}));
    auto const refused = DecisionModel::read(as_cell);
    REQUIRE(refused.has_error());
    CHECK(refused.error().english().find("is wrong at 1:") != std::string::npos);
    auto const model = DecisionModel::read_tolerantly(as_cell);
    REQUIRE(model.has_value());
    for (auto const* variables : {R"({"x":1})", R"({"x":null})"})
      CHECK(model->decide("D", process::parse_exact_json(variables).value(), process::Moment{from_ms(0)})
                .value()
                .null());
  }
}

TEST_CASE(
    "allowed values of a type that are no tests are refused, and allow nothing where a mistake is null") {
  auto const content = in_definitions(R"(
    <itemDefinition name="t"><typeRef>number</typeRef><allowedValues><text>(1,2)</text></allowedValues></itemDefinition>
    <decision id="d" name="D"><variable name="D" typeRef="t"/><literalExpression><text>1</text></literalExpression></decision>)");
  CHECK(DecisionModel::read(content).has_error());
  auto const model = DecisionModel::read_tolerantly(content);
  REQUIRE(model.has_value());
  CHECK(model->decide("D", process::Value(), process::Moment{from_ms(0)}).value().null());
}

TEST_CASE("what calling knowledge or a service gives is of the type its function type tells") {
  std::string const content = R"(
    <itemDefinition name="tNumbers" isCollection="true"><typeRef>number</typeRef></itemDefinition>
    <itemDefinition name="tLister"><functionItem outputTypeRef="tNumbers">
      <parameters name="a" typeRef="number"/></functionItem></itemDefinition>
    <itemDefinition name="tAnything"><functionItem/></itemDefinition>
    <businessKnowledgeModel id="b" name="next"><variable name="next" typeRef="tLister"/><encapsulatedLogic>
      <formalParameter name="a"/><literalExpression><text>a + 1</text></literalExpression></encapsulatedLogic></businessKnowledgeModel>
    <businessKnowledgeModel id="w" name="word"><variable name="word" typeRef="tLister"/><encapsulatedLogic>
      <literalExpression><text>"one"</text></literalExpression></encapsulatedLogic></businessKnowledgeModel>
    <businessKnowledgeModel id="f" name="free"><variable name="free" typeRef="tAnything"/><encapsulatedLogic>
      <literalExpression><text>"one"</text></literalExpression></encapsulatedLogic></businessKnowledgeModel>
    <decision id="o" name="One"><variable name="One" typeRef="number"/><literalExpression><text>1</text></literalExpression></decision>
    <decisionService id="s" name="Serve"><variable name="Serve" typeRef="tLister"/><outputDecision href="#o"/></decisionService>
    <decision id="h" name="Held"><variable name="Held" typeRef="tLister"/>
      <literalExpression><text>function(x) x * 2</text></literalExpression></decision>
    <decision id="d" name="D"><knowledgeRequirement><requiredKnowledge href="#b"/></knowledgeRequirement>
      <knowledgeRequirement><requiredKnowledge href="#w"/></knowledgeRequirement>
      <knowledgeRequirement><requiredKnowledge href="#f"/></knowledgeRequirement>
      <knowledgeRequirement><requiredKnowledge href="#s"/></knowledgeRequirement>
      <informationRequirement><requiredDecision href="#h"/></informationRequirement>
      <literalExpression><text>[next(1), next([1]), next("1"), word(), free(), Serve(), Held(4)]</text></literalExpression></decision>)";
  CHECK(answer(content, "D", "{}") == R"([[2],[2],null,null,"one",[1],8])");
  CHECK(answer(content, "Serve", "{}") == "[1]");
  auto const broken = DecisionModel::read(
      in_definitions(R"(<itemDefinition name="t"><functionItem outputTypeRef="t"/></itemDefinition>)"));
  CHECK(broken.error().english() == "1:90: the type 't' is defined by itself");
}
