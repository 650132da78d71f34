// Tells tests/process/*.story to the kept engine on each database: what every command has in common.
#include <pugixml.hpp>

#include "process/durable/reminders.hpp"
#include "process/durable/story_house.hpp"
#include "store/testing.hpp"

using namespace yunzhi;

namespace yunzhi::process {
namespace {

constexpr std::int64_t beginning = 1'793'577'600'000;  // 2026-11-02T00:00:00Z, a Monday

void put_unless_there(pugi::xml_node xml, char const* name, char const* value) {
  if (!xml.attribute(name)) xml.append_attribute(name) = value;
}

bool names_work(pugi::xml_node xml) {
  if (xml.attribute("yunzhi:action") || xml.attribute("yunzhi:decision")) return true;
  return !xml.child("extensionElements").child("zeebe:taskDefinition").empty();
}

// `roles`: whether steps of people need one; lanes and callers give their own.
void complete_words(pugi::xml_node around, bool roles) {
  for (auto xml : around.children()) {
    std::string_view const name = xml.name();
    if (name == "process") {
      put_unless_there(xml, "yunzhi:record", "incident");
      roles = !xml.child("laneSet") && !xml.attribute("yunzhi:called");
    }
    bool const assigned = xml.attribute("yunzhi:assignee");
    if (roles && !assigned && (name == "userTask" || name == "manualTask" || name == "task"))
      put_unless_there(xml, "yunzhi:role", "operator");
    bool const service = name == "serviceTask" || name == "sendTask" || name == "businessRuleTask";
    if (service && !names_work(xml)) xml.append_attribute("yunzhi:action") = "work";
    complete_words(xml, roles);
  }
}

}  // namespace

std::string deployable(std::string const& xml) {
  pugi::xml_document document;
  REQUIRE(document.load_string(xml.c_str(), pugi::parse_full));
  complete_words(document.document_element(), true);
  std::ostringstream text;
  document.save(text, "", pugi::format_raw);
  return text.str();
}

StoryHouse::StoryHouse(store::Store& store, Instant& now)
    : store_(store), now_(now), processes_([](Instant from, Milliseconds working, std::string_view calendar) {
        return from + working * (calendar == "slow" ? 3 : 2);
      }) {
  now_ = from_ms(beginning);
  processes_.find_holders([this](store::Reader&, std::string_view role) {
    std::vector<std::string> people;
    if (auto const* named = holders_.if_contains(role))
      for (auto const& one : named->as_array()) people.emplace_back(std::string_view(one.as_string()));
    return people;
  });
  // One database for all stories: each begins with empty tables.
  auto const emptied = store_.write([](store::Edit& edit) -> Result<> {
    for (auto const* wipe :
         {"delete from process_copy", "delete from process_deputy", "delete from process_job",
          "delete from process_subscription", "delete from process_message", "delete from process_decision",
          "delete from process_event", "delete from process_timer", "delete from process_timed_start",
          "delete from process_task", "delete from process_instance", "delete from process_definition"})
      edit.run(wipe);
    edit.record({"tester", "process.test", "", {}, ""});
    return {};
  });
  REQUIRE(emptied.has_value());
}

std::string StoryHouse::add(std::string const& xml) {
  auto const file = "story-" + std::to_string(++files_) + ".bpmn";
  auto const deployed = store_.write([&](store::Edit& edit) {
    edit.record({"tester", "process.test", "", {}, ""});
    auto row = processes_.definitions().deploy(edit, file, deployable(xml));
    for (auto const& start : due_starts(edit, now_, 100)) processes_.take_start(edit, start).value();
    return row;
  });
  return deployed ? "" : deployed.error().english();
}

void StoryHouse::decide_by(std::string const& xml) {
  store_
      .write([&](store::Edit& edit) {
        edit.record({"tester", "process.test", "", {}, ""});
        return processes_.decisions().deploy(edit, "story.dmn", xml);
      })
      .value();
}

json::object StoryHouse::tell(json::object const& command) {
  trouble_.clear();
  reminded_.clear();
  // Two acts are never at the same moment.
  now_ += Milliseconds{1};
  auto const done = obey(command);
  if (!done) trouble_ = done.error().english();
  settle(now_);
  return answer();
}

// One transaction, and what it means to records in memory; both or neither.
Result<> StoryHouse::command(Act const& act) {
  auto const records = records_;
  auto const done = store_.write([&](store::Edit& edit) {
    edit.record({"tester", "process.test", "", {}, ""});
    return apply(edit, act(edit));
  });
  if (!done) records_ = records;
  return done;
}

// As a lifecycle follows an outcome (record/lifecycle_messages.cpp), with records of any fields.
Result<> StoryHouse::apply(store::Edit& edit, Result<Outcome> const& outcome, int depth) {
  if (!outcome) return outcome.error();
  for (auto const& field : outcome->fields) records_[outcome->record][field.key()] = field.value();
  for (auto const& trouble : outcome->troubles) {
    bool const open = !open_tasks_at(edit, outcome->record, outcome->instance, trouble.token).empty();
    if (trouble_.empty() && !open) trouble_ = trouble.fault.english();
  }
  for (auto const& message : outcome->sent)
    if (auto const sent = deliver(edit, message, depth + 1); !sent) return sent;
  for (auto const& signal : outcome->signals)
    if (auto const thrown = broadcast(edit, signal.name, signal.instance, depth + 1); !thrown) return thrown;
  for (auto const& awaiting : outcome->awaited)
    if (auto const kept = take_message(edit, awaiting))
      if (auto const sent = deliver(edit, *kept, depth + 1); !sent) return sent;
  return {};
}

Result<> StoryHouse::deliver(store::Edit& edit, Sent const& sent, int depth) {
  auto message = sent;
  if (message.key.is_null()) message.key = processes_.key_carried(edit, message);
  if (auto const receiver = receiver_of(edit, message.name, message.key)) {
    auto const record =
        edit.one<std::string>("select record from process_instance where id = :id", receiver->instance);
    return apply(edit, processes_.deliver(edit, *receiver, message, records_[*record], "system:message"),
                 depth);
  }
  auto const beginnings = processes_.begun_by(edit, Trigger::message, message.name, "incident");
  if (!beginnings.empty()) return begin(edit, beginnings.front(), new_record(), message.variables, depth);
  keep_message(edit, message);
  return {};
}

Result<> StoryHouse::broadcast(store::Edit& edit, std::string const& name, std::string const& from,
                               int depth) {
  for (auto const& instance : waiting_for_signal(edit, name, "", 1000)) {
    if (instance == from) continue;
    auto const record = edit.one<std::string>("select record from process_instance where id = :id", instance);
    auto const told =
        apply(edit, processes_.signal(edit, instance, name, records_[*record], "system:signal"), depth);
    if (!told && told.error().why != Why::conflict) return told;
  }
  for (auto const& beginning : processes_.begun_by(edit, Trigger::signal, name, "incident"))
    if (auto const begun = begin(edit, beginning, new_record(), {}, depth); !begun) return begun;
  return {};
}

Result<> StoryHouse::begin(store::Edit& edit, Processes::Beginning const& beginning,
                           std::string const& record, json::object const& variables, int depth) {
  auto const begun =
      processes_.begin(edit, beginning, "incident", record, records_[record], variables, "system:message");
  if (!begun) return begun.error();
  bool const over = main_.empty() || edit.one<std::string>(
                                         "select id from process_instance where id = :id and ended_at is "
                                         "not null",
                                         main_);
  if (over) main_ = begun->instance;
  return apply(edit, begun, depth);
}

// What goes on by itself until the moment: services whose result is scripted, timers, reminders.
void StoryHouse::settle(Instant until) {
  while (run_job() || fire_one(until) || remind_one(until)) {}
}

bool StoryHouse::run_job() {
  auto const due = store_.read([&](store::Reader& reader) { return due_jobs(reader, now_, 100); });
  for (auto const& job : due) {
    auto const* result = scripted_.if_contains(job.element);
    if (result == nullptr) continue;
    auto const& answer = result->as_object();
    auto const* brought = answer.if_contains("variables");
    auto const told = command([&](store::Edit& edit) {
      end_job(edit, job.id);
      if (answer.contains("error"))
        return processes_.failed(edit, job.instance, job.token, text_of(answer, "error"),
                                 records_[job.record], "system:job");
      return processes_.called(edit, job.instance, job.token, records_[job.record], "system:job",
                               brought == nullptr ? json::object() : brought->as_object());
    });
    if (!told) trouble_ = told.error().english();
    return true;
  }
  return false;
}

bool StoryHouse::fire_one(Instant until) {
  auto const next = store_.read([&](store::Reader& reader) { return processes_.next_timer(reader); });
  auto const start = store_.read([](store::Reader& reader) { return next_start(reader); });
  if (start && *start <= until && (!next || *start < *next)) return begin_timed(*start);
  if (!next || *next > until) return false;
  now_ = std::max(now_, *next);
  auto due = store_.read([&](store::Reader& reader) { return processes_.due_timers(reader, now_, 1000); });
  auto const first = std::min_element(due.begin(), due.end(), [](DueTimer const& a, DueTimer const& b) {
    return std::pair(a.due_at, a.id) < std::pair(b.due_at, b.id);
  });
  auto const fired =
      command([&](store::Edit& edit) { return processes_.fire(edit, first->id, records_[first->record]); });
  if (!fired) trouble_ = fired.error().english();
  return true;
}

bool StoryHouse::begin_timed(Instant due) {
  now_ = std::max(now_, due);
  auto const starts = store_.read([&](store::Reader& reader) { return due_starts(reader, now_, 1); });
  auto const record = new_record();
  auto const begun = command([&](store::Edit& edit) -> Result<Outcome> {
    processes_.take_start(edit, starts.at(0)).value();
    auto outcome = processes_.begin(edit, {starts.at(0).definition, starts.at(0).element}, "incident", record,
                                    records_[record], {}, "system:timer");
    if (outcome) main_ = outcome->instance;
    return outcome;
  });
  if (!begun) trouble_ = begun.error().english();
  return true;
}

bool StoryHouse::remind_one(Instant until) {
  auto const next = store_.read([&](store::Reader& reader) {
    return reader.one<Instant>(
        "select remind_at from process_task where state = 'open' and remind_at is not null order by "
        "remind_at limit 1");
  });
  if (!next || *next > until) return false;
  now_ = std::max(now_, *next);
  auto const due = store_.read([&](store::Reader& reader) { return tasks_to_remind(reader, now_, 1); });
  auto const seen = store_.write([&](store::Edit& edit) -> Result<> {
    edit.record({"tester", "process.test", "", {}, ""});
    if (auto const reminder = remind(edit, due.at(0)))
      reminded_.push_back((reminder->overdue ? "overdue " : "reminded ") + due.at(0).element);
    return {};
  });
  REQUIRE(seen.has_value());
  return true;
}

}  // namespace yunzhi::process

using namespace yunzhi::process;

TEST_CASE("the stories of processes go as they are told when every step is kept") {
  auto const stories = all_stories();
  Instant now = from_ms(beginning);
  store::for_each_database(
      store::migrations_of({"store", "process/durable"}),
      [&](store::Store& store) {
        std::size_t count = 0;
        for (auto const& story : stories) {
          if (!story.only.empty() && story.only != "kept") continue;
          ++count;
          StoryHouse house(store, now);
          StoryTelling(story, house).go(" (kept)");
        }
        CHECK(count > 100);
      },
      [&] { return now; });
}

TEST_CASE("a story that one engine alone is told says why, and what deploying refuses it does refuse") {
  constexpr std::string_view refuses = "deploying refuses: ";
  auto const stories = all_stories();
  Instant now = from_ms(beginning);
  store::for_each_database(
      store::migrations_of({"store", "process/durable"}),
      [&](store::Store& store) {
        for (auto const& story : stories) {
          INFO(story.file << " " << story.title);
          CHECK((story.only.empty() || story.only == "simulation" || story.only == "kept"));
          CHECK(story.only.empty() == story.reason.empty());
          if (!story.reason.starts_with(refuses)) continue;
          StoryHouse house(store, now);
          auto const refused = house.add(story.models.at(0));
          CHECK_MESSAGE(refused.find(story.reason.substr(refuses.size())) != std::string::npos, refused);
        }
      },
      [&] { return now; });
}
