// What the tests of the verbs share: a house with one process deployed, and two small processes.
#pragma once

#include <doctest/doctest.h>

#include "process/durable/task_rows.hpp"
#include "process/durable/testing.hpp"
#include "process/engine/story.hpp"

namespace yunzhi::process {

using Ids = std::vector<std::string>;

inline std::string chain(std::string_view last = "c") {
  auto const third = std::string(last);
  return bpmn(
      "<startEvent id='s'/><userTask id='a' yunzhi:role='r' yunzhi:state='first'/><userTask id='b' "
      "yunzhi:role='r'/><boundaryEvent id='late' attachedToRef='b' cancelActivity='false'>"
      "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent>"
      "<serviceTask id='tell' yunzhi:action='escalate'/><userTask id='" +
      third + "' yunzhi:role='r' yunzhi:assignee='field:chief'/><endEvent id='e'/>" +
      flows({"s>a", "a>b", "b>" + third, third + ">e", "late>tell"}));
}

inline std::string service() {
  return bpmn("<startEvent id='s'/><serviceTask id='call' yunzhi:action='webhook'/>" + task("a") +
              "<endEvent id='e'/>" + flows({"s>call", "call>a", "a>e"}));
}

// With one process deployed, of which an instance is in hand. A command takes a second.
class VerbHouse : public TestHouse {
 public:
  void each(std::string const& xml, std::function<void()> const& story) {
    TestHouse::each([&] {
      version = deploy(xml);
      story();
    });
  }

  template <class Do>
  auto command(Do&& act) {
    now += std::chrono::seconds{1};
    return TestHouse::command(std::forward<Do>(act));
  }

  std::string deploy(std::string const& xml) {
    return command([&](auto& edit) { return processes->definitions().deploy(edit, "p.bpmn", xml); })
        .value()
        .id;
  }
  Outcome start(json::object const& fields = {}) {
    auto outcome = command([&](auto& edit) {
      return processes->start(edit, "p", "incident", "r-" + std::to_string(++records), fields, "anna");
    });
    instance = outcome.value().instance;
    return outcome.value();
  }
  Task open(std::string const& element) {
    auto const row = look([&](auto& reader) {
      return reader.template one<std::string>(
          "select id from process_task where instance = :instance and element = :element and state = 'open' "
          "order by id limit 1",
          instance, element);
    });
    REQUIRE_MESSAGE(row.has_value(), element);
    return look([&](auto& reader) { return *find_task(reader, *row); });
  }
  Ids elements() {
    Ids all;
    for (auto const& [element, who] : look([&](auto& reader) {
           return reader.template rows<std::string, std::optional<std::string>>(
               "select element, assignee from process_task where instance = :instance and state = 'open' "
               "order "
               "by element, seat",
               instance);
         }))
      all.push_back(element + (who ? ":" + *who : ""));
    return all;
  }
  Result<Outcome> complete(std::string const& element, std::string const& who,
                           json::object const& fields = {}, Vote vote = Vote::none) {
    auto const id = open(element).id;
    return command([&](auto& edit) { return processes->complete(edit, id, who, fields, vote); });
  }
  // What stands in the row is what the events tell.
  void check_rebuilt() {
    auto const stored = look([&](auto& reader) {
      return reader.template one<std::string>("select state from process_instance where id = :id", instance);
    });
    auto const rebuilt = look([&](auto& reader) { return processes->rebuild(reader, instance); });
    REQUIRE_MESSAGE(rebuilt.has_value(), rebuilt.error().english());
    CHECK(json::parse(rebuilt.value().state) == json::parse(stored.value()));
  }
  std::int64_t count(std::string_view sql) {
    return look([&](auto& reader) { return reader.template one<std::int64_t>(sql).value(); });
  }

  std::string version;
  std::string instance;
  int records = 0;
};

}  // namespace yunzhi::process
