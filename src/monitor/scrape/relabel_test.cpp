#include "monitor/scrape/relabel.hpp"

#include <doctest/doctest.h>

using namespace yunzhi::monitor;

namespace {

RelabelStep step(RelabelAction action, std::vector<std::string> source, std::string const& regex,
                 std::string target = "", std::string replacement = "$1") {
  RelabelStep made;
  made.action = action;
  made.source_labels = std::move(source);
  made.target_label = std::move(target);
  made.replacement = std::move(replacement);
  made.modulus = 1'000;
  return *checked_step(std::move(made), regex);
}

Labels after(RelabelStep const& step, Labels labels) {
  CHECK(relabel({step}, labels));
  return labels;
}

}  // namespace

TEST_CASE("replace writes what the pattern's groups found, and leaves labels that do not match") {
  Labels const labels{{"a", "foo"}, {"b", "bar:9100"}};
  CHECK(after(step(RelabelAction::replace, {"a", "b"}, "(.*);(.*):.*", "c", "${2}-$1"), labels).get("c") ==
        "bar-foo");
  CHECK(after(step(RelabelAction::replace, {"a"}, "x", "c"), labels) == labels);
  CHECK(after(step(RelabelAction::replace, {"a"}, "foo", "a", ""), labels).get("a").empty());
  CHECK(after(step(RelabelAction::replace, {"b"}, "(?P<host>.*):.*", "h", "$host"), labels).get("h") ==
        "bar");
}

TEST_CASE("keep and drop decide by the whole value") {
  Labels labels{{"job", "node"}};
  CHECK(relabel({step(RelabelAction::keep, {"job"}, "node")}, labels));
  CHECK_FALSE(relabel({step(RelabelAction::keep, {"job"}, "nod")}, labels));
  CHECK_FALSE(relabel({step(RelabelAction::drop, {"job"}, "no.*")}, labels));
  Labels pair{{"a", "1"}, {"b", "1"}};
  CHECK(relabel({step(RelabelAction::keepequal, {"a"}, "(.*)", "b")}, pair));
  CHECK_FALSE(relabel({step(RelabelAction::dropequal, {"a"}, "(.*)", "b")}, pair));
}

TEST_CASE("names are mapped, kept and dropped by pattern, and values spread and change their case") {
  Labels const labels{{"__meta_zone", "North"}, {"a", "1"}};
  CHECK(after(step(RelabelAction::labelmap, {}, "__meta_(.*)"), labels).get("zone") == "North");
  CHECK(after(step(RelabelAction::labeldrop, {}, "__.*"), labels) == Labels{{"a", "1"}});
  CHECK(after(step(RelabelAction::labelkeep, {}, "a"), labels) == Labels{{"a", "1"}});
  CHECK(after(step(RelabelAction::lowercase, {"__meta_zone"}, "(.*)", "z"), labels).get("z") == "north");
  CHECK(after(step(RelabelAction::uppercase, {"__meta_zone"}, "(.*)", "z"), labels).get("z") == "NORTH");
  CHECK(after(step(RelabelAction::hashmod, {"c"}, "(.*)", "d"), Labels{{"c", "baz"}}).get("d") == "976");
}

TEST_CASE("a step whose parts do not go together is refused at the part") {
  CHECK(checked_step({}, "(.*)").error().faults[0].field == "target_label");
  RelabelStep hash;
  hash.action = RelabelAction::hashmod;
  hash.target_label = "x";
  CHECK(checked_step(hash, "(.*)").error().faults[0].field == "modulus");
  CHECK(checked_step({}, "(").error().faults[0].field == "regex");
}
