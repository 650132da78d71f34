#include "modules/system/system.hpp"

#include <doctest/doctest.h>

#include "modules/system/probe_line.hpp"
#include "record/testing.hpp"

using namespace yunzhi;
using namespace yunzhi::record;

namespace {

Plan plan() {
  Plan plan;
  plan.settings.numbering = {{"system", "SYS-{sequence:4}"}};
  auto add = [&plan](char const* id, AddressForm form) {
    auto& added = plan.settings.targets.emplace_back();
    added.id = id;
    added.exporter = id;
    added.address = form;
  };
  add("snmp", AddressForm::either);
  add("ipmi", AddressForm::host);
  plan.modules = {test_unit(), test_person(), modules::system(plan.settings)};
  plan.migrations =
      store::migrations_of({"store", "access", "notify", "process/durable", "record", "modules/system"});
  return plan;
}

}  // namespace

TEST_CASE("a system's address is a host and a port") {
  Workshop house(plan());
  house.each([&] {
    auto const chief = house.person("Chief", "operations_supervisor");
    auto const with = [&](std::string const& address) {
      return wrong(house.open(chief, "system", {{"name", "HIS"}, {"address", address}}));
    };
    for (auto const* fine : {"10.0.0.5:9100", "his.example:80", "[::1]:9100"}) CHECK(with(fine).empty());
    for (auto const* bad : {"10.0.0.5", ":9100", "host:0", "host:65536", "host:9100/x", "a b:1", "u@h:1"})
      CHECK(with(bad) == "/address must be host:port of an exporter, as in 10.0.0.5:9100");
  });
}

TEST_CASE("a system may stand on others, but not on itself") {
  Workshop house(plan());
  house.each([&] {
    auto const chief = house.person("Chief", "operations_supervisor");
    auto const database = text_of(house.open(chief, "system", {{"name", "Database"}}).value(), "id");
    auto const his = text_of(
        house.open(chief, "system", {{"name", "HIS"}, {"depends_on", json::array{database}}}).value(), "id");
    CHECK(house.patch(chief, "system", his, {{"depends_on", json::array{his}}}).error().why == Why::conflict);
    CHECK(house.patch(chief, "system", his, {{"depends_on", json::array()}}).has_value());
    CHECK(wrong(house.patch(chief, "system", his, {{"depends_on", nullptr}})) ==
          "/depends_on must not be empty");
  });
}

TEST_CASE("what an address looks like depends on the template it is asked by") {
  Workshop house(plan());
  house.each([&] {
    auto const chief = house.person("Chief", "operations_supervisor");
    auto const with = [&](std::string const& how, std::string const& address) {
      return wrong(
          house.open(chief, "system", {{"name", "Switch"}, {"target_template", how}, {"address", address}}));
    };
    CHECK(with("snmp", "10.0.0.1").empty());
    CHECK(with("snmp", "10.0.0.1:161").empty());
    CHECK(with("ipmi", "bmc-7.example.org").empty());
    CHECK(with("ipmi", "10.0.0.1:623") ==
          "/address must be a host or an IP address without a port, as in 10.0.0.5");
    CHECK(with("snmp", "10.0.0.1/x") == "/address must be a host with or without a port, as in 10.0.0.5");
    CHECK(with("modbus", "10.0.0.1:502") == "/target_template must be one of node, snmp, ipmi");
  });
}

TEST_CASE("a system is asked as a host unless somebody chooses another template") {
  Workshop house(plan());
  house.each([&] {
    auto const chief = house.person("Chief", "operations_supervisor");
    auto const made = house.open(chief, "system", {{"name", "HIS"}, {"address", "10.0.0.5:9100"}}).value();
    CHECK(text_of(made, "target_template") == "node");
    auto const id = text_of(made, "id");
    CHECK(wrong(house.patch(chief, "system", id, {{"target_template", "ipmi"}})) ==
          "/address must be a host or an IP address without a port, as in 10.0.0.5");
    CHECK(
        house.patch(chief, "system", id, {{"target_template", "ipmi"}, {"address", "10.0.0.5"}}).has_value());
  });
}

TEST_CASE("a probe is a line as in a browser's address") {
  using modules::read_probe;
  auto const page = read_probe("https://his.example.org/login?a=1").value();
  CHECK(page.scheme == "https");
  CHECK(page.place.host == "his.example.org");
  CHECK(page.place.port == "443");
  CHECK(page.path == "/login?a=1");
  CHECK(read_probe("http://his.example.org?a").value().path == "/?a");
  CHECK(read_probe("http://[::1]:8080").value().place.host == "[::1]");
  CHECK(read_probe("tcp://10.0.0.5:1521").value().place.port == "1521");
  CHECK(read_probe("dns://his.example.org").value().place.port.empty());
  auto const is = [](std::string_view line) { return wrong(read_probe(line)); };
  CHECK(is("ftp://x").starts_with("/probe must begin with one of http://"));
  CHECK(is("his.example.org").starts_with("/probe must begin with one of http://"));
  CHECK(is("tcp://10.0.0.5") == "/probe a probe by tcp needs a port, as in tcp://10.0.0.5:1521");
  CHECK(is("tls://a:443/x") == "/probe a probe by tls has no path");
  CHECK(is("icmp://10.0.0.5:7") == "/probe a probe by icmp has no port");
  for (auto const* bad : {"http://", "http://user:secret@host/", "https://host:0/", "https://a b/",
                          "tcp://:1", "http://host:80:80/", "http://[x]/", "http://[]/"})
    CHECK(is(bad).starts_with("/probe must name a host, with or without a port, and no account after "));
  for (auto const* bad : {"http://host/a b", "http://host/a\r\nX: y", "http://host/#part"})
    CHECK(is(bad) == "/probe the path must be written as in a browser's address, without blanks");
}
