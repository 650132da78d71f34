#include "process/check.hpp"

#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

using namespace yunzhi::process;

TEST_CASE("every process of the standard pack can run") {
  std::ifstream file(YUNZHI_SOURCE "/packs/standard/processes/incident.bpmn");
  std::stringstream xml;
  xml << file.rdbuf();
  auto const problems = check_process("incident.bpmn", xml.str());
  for (auto const& problem : problems) MESSAGE(problem);
  CHECK(problems.empty());
}

TEST_CASE("a problem is printed with file, line and column") {
  CHECK(check_process("a.bpmn", "<a>") ==
        std::vector<std::string>{"a.bpmn:1:1: the file is not well-formed XML: Start-end tags mismatch"});
}
