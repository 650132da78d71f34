// Runs the DMN Technology Compatibility Kit (github.com/dmn-tck/tck) against the product's decision models:
//   dmn-tck FOLDER   a checkout's TestCases, or any folder of cases within
// Prints each result that disagrees and a line of figures for each directory; exit 1 when one disagrees.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include <pugixml.hpp>

#include "process/decision.hpp"
#include "process/expression.hpp"
#include "process/expression/compare.hpp"
#include "process/expression/temporal_literal.hpp"

namespace {

using namespace yunzhi;
using namespace yunzhi::process;
namespace files = std::filesystem;

struct Figures {
  int agreed = 0, disagreed = 0, unread = 0;
};

std::string read_all(files::path const& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::string_view local(pugi::xml_node node) {
  std::string_view const name = node.name();
  return name.substr(name.find(':') == name.npos ? 0 : name.find(':') + 1);
}

std::string attribute(pugi::xml_node node, std::string_view name) {
  for (auto const one : node.attributes()) {
    std::string_view const full = one.name();
    if (full.substr(full.find(':') == full.npos ? 0 : full.find(':') + 1) == name) return one.value();
  }
  return {};
}

Value simple(pugi::xml_node node) {
  if (attribute(node, "nil") == "true") return {};
  auto const full = attribute(node, "type");
  auto const type = full.substr(full.find(':') == full.npos ? 0 : full.find(':') + 1);
  std::string const text = node.text().as_string();
  if (type == "boolean") return text == "true" || text == "1";
  if (type == "decimal" || type == "double" || type == "integer" || type == "float" || type == "int")
    return Decimal::parse(text);
  if (type == "date") return parse_date(text);
  if (type == "time") return parse_time(text);
  if (type == "dateTime") return parse_date_time(text);
  if (type == "duration" || type == "dayTimeDuration" || type == "yearMonthDuration")
    return duration_literal(text);
  return make_text(text);
}

Value value_of(pugi::xml_node holder) {
  std::vector<ContextEntry> entries;
  for (auto const one : holder.children()) {
    if (local(one) == "value") return simple(one);
    if (local(one) == "list") {
      if (attribute(one, "nil") == "true") return {};
      std::vector<Value> items;
      for (auto const item : one.children())
        if (local(item) == "item") items.push_back(value_of(item));
      return make_list(std::move(items));
    }
    if (local(one) == "component")
      entries.push_back({std::make_shared<std::string const>(one.attribute("name").value()), value_of(one)});
  }
  if (entries.empty()) return {};
  return make_context(std::move(entries));
}

// Numbers of an expectation may be rounded: eight digits have to agree, as the kit's own runners ask.
bool agrees(Value const& expected, Value const& actual) {
  if (expected.kind() != actual.kind()) return false;
  if (auto const* number = expected.get<Decimal>()) {
    auto const gap = subtract(*number, *actual.get<Decimal>());
    return gap && gap->magnitude() < *Decimal::parse("0.00000001");
  }
  if (auto const* items = expected.items()) {
    auto const& others = *actual.items();
    return std::equal(items->begin(), items->end(), others.begin(), others.end(), agrees);
  }
  if (auto const* context = expected.entries()) {
    auto const& other = *actual.entries();
    return context->entries.size() == other.entries.size() &&
           std::all_of(context->entries.begin(), context->entries.end(), [&](ContextEntry const& entry) {
             auto const* found = other.find(*entry.name);
             return found != nullptr && agrees(entry.value, *found);
           });
  }
  return expected.null() || expected.text() == actual.text() || equal(expected, actual).value_or(false);
}

void run_case(pugi::xml_node test, DecisionModel const& model, files::path const& file, Figures& figures) {
  std::vector<ContextEntry> inputs;
  for (auto const one : test.children())
    if (local(one) == "inputNode")
      inputs.push_back({std::make_shared<std::string const>(one.attribute("name").value()), value_of(one)});
  auto const variables = make_context(inputs);
  auto const now = std::chrono::floor<Milliseconds>(std::chrono::system_clock::now());
  auto const service = attribute(test, "invocableName");
  for (auto const one : test.children()) {
    if (local(one) != "resultNode") continue;
    std::string const name = one.attribute("name").value();
    bool const whole = attribute(test, "type") == "decisionService" && !service.empty();
    auto const answer = model.decide(whole ? service : name, variables, Moment{now});
    auto actual = answer ? *answer : Value();
    if (auto const* entries = actual.entries(); whole && entries != nullptr)
      if (auto const* found = entries->find(name)) actual = Value(*found);
    pugi::xml_node expected_node;
    for (auto const part : one.children())
      if (local(part) == "expected") expected_node = part;
    auto const expected = value_of(expected_node);
    if (agrees(expected, actual)) {
      ++figures.agreed;
      continue;
    }
    ++figures.disagreed;
    std::printf("%s %s %s: expected %s, got %s%s\n", file.filename().c_str(), test.attribute("id").value(),
                name.c_str(), exact_json(expected).c_str(), exact_json(actual).c_str(),
                answer ? "" : (" (" + answer.error().english() + ")").c_str());
  }
}

int results_in(pugi::xml_node root) {
  int count = 0;
  for (auto const test : root.children())
    for (auto const one : test.children()) count += local(one) == "resultNode" ? 1 : 0;
  return count;
}

void run_file(files::path const& file, Figures& figures) {
  pugi::xml_document document;
  if (!document.load_file(file.c_str()) || local(document.document_element()) != "testCases") return;
  auto const root = document.document_element();
  std::string name;
  for (auto const one : root.children())
    if (local(one) == "modelName") name = one.text().as_string();
  auto const model = DecisionModel::read_tolerantly(read_all(file.parent_path() / name));
  if (!model) {
    std::printf("%s: not read: %s\n", name.c_str(), model.error().english().c_str());
    figures.unread += results_in(root);
    return;
  }
  for (auto const test : root.children())
    if (local(test) == "testCase") run_case(test, *model, file, figures);
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) {
    std::fputs("usage: dmn-tck FOLDER\n", stderr);
    return 2;
  }
  std::map<std::string, Figures> directories;
  std::vector<files::path> all;
  for (auto const& entry : files::recursive_directory_iterator(arguments[1]))
    if (entry.path().extension() == ".xml") all.push_back(entry.path());
  std::sort(all.begin(), all.end());
  for (auto const& file : all) run_file(file, directories[file.parent_path().filename().string()]);
  Figures sum;
  for (auto const& [name, figures] : directories) {
    std::printf("%-50s %5d agree %5d disagree %5d not read\n", name.c_str(), figures.agreed,
                figures.disagreed, figures.unread);
    sum.agreed += figures.agreed;
    sum.disagreed += figures.disagreed + figures.unread;
  }
  std::printf("%d passed, %d failed\n", sum.agreed, sum.disagreed);
  return sum.disagreed == 0 ? 0 : 1;
}
