#include <doctest/doctest.h>

#include "record/testing.hpp"
#include "regulation/pack/reader.hpp"

using namespace yunzhi;
using namespace yunzhi::regulation;

namespace {

PackFiles standard() {
  return read_pack_folder(std::string(YUNZHI_SOURCE) + "/packs/standard").value();
}

// What is wrong with the standard pack once `file` has this text.
std::string wrong_with(std::string const& file, std::string const& text) {
  auto files = standard();
  files[file] = text;
  auto const pack = load_pack(files);
  return record::wrong(pack);
}

// The same with one piece of the file replaced.
std::string wrong_after(std::string const& file, std::string const& piece, std::string const& other) {
  auto text = standard().at(file);
  auto const at = text.find(piece);
  REQUIRE(at != std::string::npos);
  return wrong_with(file, text.replace(at, piece.size(), other));
}

bool names(std::string const& text, std::string const& part) {
  CAPTURE(text);
  CAPTURE(part);
  bool const found = text.find(part) != std::string::npos;
  CHECK(found);
  return found;
}

}  // namespace

TEST_CASE("the standard pack has nothing wrong with it") {
  auto const pack = load_pack(standard());
  REQUIRE_MESSAGE(pack.has_value(), record::wrong(pack));
  CHECK(pack->settings.numbering.contains("incident"));
  CHECK(pack->settings.priorities.matrix.at("critical").at("high") == "p1");
  CHECK(pack->settings.clocks.at("incident").size() == 2);
  CHECK(pack->forms.contains("incident.assess"));
  CHECK(pack->roles.size() >= 8);
}

TEST_CASE("a mistake is named with its file and its line") {
  names(wrong_after("roles.yaml", "incident.read:all", "incident.read:many"), "roles.yaml:");
  names(wrong_after("numbering.yaml", "{sequence:5}", "{sequence:x}"), "numbering.yaml:");
  names(wrong_after("priorities.yaml", "high: p1", "high: p9"), "there is no priority 'p9' among the names");
  names(wrong_after("sla.yaml", "calendar: office", "calendar: lunar"), "there is no calendar 'lunar'");
  names(wrong_after("sla.yaml", "reported: run", "reported: walk"), "must be one of run, pause, stop");
  names(wrong_after("clauses/3.yaml", "kind: clause", "kind: poem"), "clauses/3.yaml:");
  names(wrong_after("controls/3.4.1.yaml", "evidence_incident", "incident"),
        "'incident' is not an evidence view");
  names(wrong_after("controls/3.4.1.yaml", "clause: \"3.4.1\"", "clause: \"99.1\""),
        "names clause 99.1, which is not there");
  names(wrong_with("calendars/extra.yaml", "id: [\n"), "calendars/extra.yaml:");
}

TEST_CASE("an escalation tells roles that are there, later and later") {
  auto const pack = load_pack(standard());
  REQUIRE(pack.has_value());
  REQUIRE(!pack->escalations.empty());
  CHECK(pack->escalations.front().steps.back().role == "operations_supervisor");
  constexpr auto* begin = "- id: urgent\n  severities: [critical]\n  steps:\n";
  auto const steps = [&](std::string const& text) { return wrong_with("escalation.yaml", begin + text); };
  CHECK(steps("    - {after: PT5M, role: system_operator}\n").empty());
  names(steps("    - {after: PT5M, role: nobody}\n"), "escalation urgent tells 'nobody', which is no role");
  names(steps("    - {after: PT5M, role: auditor}\n    - {after: PT5M, role: auditor}\n"),
        "escalation.yaml:5 must be after the step before");
  names(steps("    - {after: PT5M, role: auditor, tell: some}\n"), "must be one of on_duty, everybody");
  names(wrong_with("escalation.yaml", "- id: urgent\n  severities: [critical]\n"),
        "escalation.yaml:1 an escalation needs 'severities' and 'steps'");
}

TEST_CASE("what is promised of systems is a percentage on a calendar of the pack") {
  auto const pack = load_pack(standard());
  REQUIRE(pack.has_value());
  CHECK(pack->availability.objectives.at("core").percent == 99.9);
  CHECK(pack->availability.objectives.at("general").calendar->data().id == "office");
  CHECK(pack->availability.outage_severities == std::vector<std::string>{"critical"});
  names(wrong_after("availability.yaml", "percent: 99.9,", "percent: 101,"),
        "must be a percentage above 0 and at most 100");
  names(wrong_after("availability.yaml", "percent: 99.9,", "percent: most,"),
        "must be a percentage above 0 and at most 100");
  names(wrong_after("availability.yaml", "calendar: office", "calendar: lunar"),
        "there is no calendar 'lunar'");
  names(wrong_after("availability.yaml", "objectives:", "targets:"), "'objectives' is missing");
}

TEST_CASE("a template of targets is told wrong with its line") {
  auto const pack = load_pack(standard());
  REQUIRE(pack.has_value());
  CHECK(pack->settings.targets.front().id == "node");
  constexpr auto* words = "{zh-CN: 一, zh-TW: 一, en: One}";
  auto const text = [&](std::string const& more) {
    return "id: pump\ntitle: " + std::string(words) + "\nhint: " + words + "\nboard: host\n" + more;
  };
  auto const with = [&](std::string const& more) { return wrong_with("targets/pump.yaml", text(more)); };
  CHECK(with("").empty());
  CHECK(with("exporter: pump\naddress: host\nparameters: {module: a}\ninterval: PT1M\ntimeout: PT30S\n")
            .empty());
  names(with("schema: https\n"), "targets/pump.yaml:5 'schema' is not a key here");
  names(with("scheme: ftp\n"), "targets/pump.yaml:5 must be one of http, https");
  names(with("path: metrics\n"), "targets/pump.yaml:5 must begin with /");
  names(with("parameters: [a]\n"), "targets/pump.yaml:5 'parameters' must be texts by name");
  names(with("address: host\n"),
        "targets/pump.yaml:5 a system that is asked itself needs an address with a port");
  names(with("exporter: pump\naddress: url\n"),
        "targets/pump.yaml:6 must be one of host_and_port, host, either");
  names(with("exporter: Pump!\n"), "targets/pump.yaml:5 'Pump!' must be of small letters, digits and _");
  names(with("interval: PT10S\ntimeout: PT1M\n"),
        "targets/pump.yaml:6 'timeout' must not be longer than 'interval'");
  names(with("interval: soon\n"), "targets/pump.yaml:5 'interval' must be a duration");
  names(wrong_with("targets/pump.yaml",
                   "id: pump\ntitle: " + std::string(words) + "\nhint: " + words + "\nboard: sea\n"),
        "targets/pump.yaml:4 there is no board 'sea' in this pack");
  auto files = standard();
  files["targets/x.yaml"] = files["targets/y.yaml"] = text("");
  names(record::wrong(load_pack(files)), "targets/y.yaml:1 template pump is there twice");
}

TEST_CASE("a file of another shape is a mistake, not the end of the program") {
  for (auto const* file :
       {"roles.yaml", "numbering.yaml", "priorities.yaml", "sla.yaml", "duties.yaml", "shifts.yaml",
        "escalation.yaml", "clauses/1.yaml", "controls/2.2.yaml", "boards/host.yaml", "targets/node.yaml"})
    for (auto const* text : {"", "just text", "- just text", "- [1, 2]", "a: b", "a: [b]", "{", "- a: {b: c}",
                             "- id: x\n  clocks: y\n  kind: z", "- kind: incident\n  clocks: [{id: x}]"}) {
      CAPTURE(file);
      CAPTURE(text);
      CHECK_NOTHROW(wrong_with(file, text));
    }
}

TEST_CASE("a form that the check would not keep to is refused with the file's name") {
  names(wrong_with("forms/incident.assess.json", R"({"properties": {"a": {"pattern": "^(a+)+$"}}})"),
        "forms/incident.assess.json");
  names(wrong_with("forms/incident.assess.json", "[]"), "forms/incident.assess.json");
}

TEST_CASE("a pack without one of its needed files is refused") {
  auto files = standard();
  files.erase("sla.yaml");
  auto const pack = load_pack(files);
  names(record::wrong(pack), "sla.yaml the file is missing");
  CHECK(read_pack_folder("/nowhere").error().why == Why::missing);
}
