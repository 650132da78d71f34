#include "record/testing.hpp"

#include <stdexcept>

#include "access/role_file.hpp"
#include "base/id.hpp"
#include "record/record.hpp"
#include "record/rows.hpp"

namespace yunzhi::record {
namespace {

enum class ErrandState { noted, working, checking, done };
BOOST_DESCRIBE_ENUM(ErrandState, noted, working, checking, done)
enum class ErrandPriority { p1, p2, p3 };
BOOST_DESCRIBE_ENUM(ErrandPriority, p1, p2, p3)

struct Errand : Record {
  describe::Line title;
  std::optional<describe::Prose> note;
  std::optional<describe::Code> script;
  ErrandState state = ErrandState::noted;
  ErrandPriority priority = ErrandPriority::p3;
  std::optional<describe::Ref<"person">> owner;
  std::optional<describe::Ref<"person">> worker;
  std::optional<describe::Ref<"unit">> unit;
  describe::Refs<"person"> helpers;
  std::optional<Instant> due;
  std::optional<describe::Date> day;
  std::optional<Milliseconds> effort;
  std::optional<bool> approved;
  std::optional<std::int64_t> size;
  std::optional<double> cost;
  describe::Map labels;
  std::optional<describe::Prose> result;
};
BOOST_DESCRIBE_STRUCT(Errand, (Record),
                      (title, note, script, state, priority, owner, worker, unit, helpers, due, day, effort,
                       approved, size, cost, labels, result))

struct Person : Record {
  describe::Line name;
  std::optional<describe::Ref<"unit">> unit;
};
BOOST_DESCRIBE_STRUCT(Person, (Record), (name, unit))

struct Unit : Record {
  describe::Line name;
  std::optional<describe::Ref<"unit">> parent;
};
BOOST_DESCRIBE_STRUCT(Unit, (Record), (name, parent))

template <class T>
Module named(std::string const& kind, std::string const& plural) {
  Module module;
  module.kind = kind;
  module.plural = plural;
  module.fields = describe::fields<T>();
  module.defaults = describe::to_json(T{});
  module.title = "name";
  module.needed = {"name"};
  module.listed = {"id", "number", "name"};
  module.sorted = {"created_at", "number", "name"};
  module.searched = {"name"};
  return module;
}

Result<> came_back(Change& change) {
  if (change.after.at("state") == "working" && change.before.at("state") != "working")
    change.after["approved"] = nullptr;
  return {};
}

access::Roles test_roles() {
  auto roles = access::load_roles(std::string(YUNZHI_SOURCE) + "/packs/standard/roles.yaml").value();
  for (auto& role : roles) {
    auto const grants = role.grants;
    for (auto const& grant : grants)
      if (grant.starts_with("incident.")) role.grants.push_back("errand" + grant.substr(8));
  }
  roles.push_back({"visitor", {}, {"errand.read:own", "errand.report:own", "task.work:own"}, {}});
  return access::Roles::make(std::move(roles)).value();
}

}  // namespace

Module test_person() {
  auto module = named<Person>("person", "people");
  module.given = module.editable = {"name", "unit"};
  module.unit = "unit";
  return module;
}

Module test_unit() {
  auto module = named<Unit>("unit", "units");
  module.given = module.editable = {"name", "parent"};
  return module;
}

Module errand() {
  auto module = named<Errand>("errand", "errands");
  module.title = "title";
  module.needed = {"title"};
  module.given = {"title", "note",   "script",   "owner", "unit", "helpers", "due",
                  "day",   "effort", "priority", "size",  "cost", "labels"};
  module.editable = {"title", "note", "owner", "helpers", "due", "priority"};
  module.listed = {"id", "number", "title", "state"};
  module.sorted = {"created_at", "priority", "title", "number"};
  module.searched = {"title", "note", "script"};
  module.people = {"owner", "worker"};
  module.unit = "unit";
  module.closed = {"done"};
  module.process = "errand";
  module.report_verb = "report";
  module.update_verb = "update";
  module.before_change = came_back;
  return module;
}

store::Migration errand_migration() {
  std::string const sql =
      "create table errand (id text primary key, number text not null unique, created_at bigint not null, "
      "created_by text not null, updated_at bigint not null, version bigint not null, title text not null, "
      "note text, script text, state text not null, priority text not null, owner text, worker text, unit "
      "text, helpers text not null, due bigint, day text, effort bigint, approved bigint, size bigint, "
      "cost double precision, labels text not null, result text);\n";
  return {"errand", 1, "errand", sql, sql};
}

std::string errand_process() {
  return R"(<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:yunzhi="https://yunzhi.dev/bpmn" id="errands" targetNamespace="https://yunzhi.dev/test">
  <bpmn:process id="errand" name="Errand" isExecutable="true" yunzhi:record="errand">
    <bpmn:startEvent id="noted" />
    <bpmn:userTask id="work" name="Work" yunzhi:role="system_operator" yunzhi:state="working"
                   yunzhi:fields="result,worker,size" yunzhi:required="result" />
    <bpmn:boundaryEvent id="late" attachedToRef="work" cancelActivity="false">
      <bpmn:timerEventDefinition><bpmn:timeDuration>PT2H</bpmn:timeDuration></bpmn:timerEventDefinition>
    </bpmn:boundaryEvent>
    <bpmn:serviceTask id="escalate" name="Escalate" yunzhi:action="escalate" />
    <bpmn:endEvent id="escalated" />
    <bpmn:userTask id="check" name="Check" yunzhi:role="operations_supervisor" yunzhi:state="checking"
                   yunzhi:assignee="field:owner" yunzhi:fields="approved" yunzhi:required="approved"
                   yunzhi:due="PT4H" yunzhi:remind="PT1H" />
    <bpmn:exclusiveGateway id="decision" />
    <bpmn:endEvent id="done" yunzhi:state="done" />
    <bpmn:sequenceFlow id="f1" sourceRef="noted" targetRef="work" />
    <bpmn:sequenceFlow id="f2" sourceRef="late" targetRef="escalate" />
    <bpmn:sequenceFlow id="f3" sourceRef="escalate" targetRef="escalated" />
    <bpmn:sequenceFlow id="f4" sourceRef="work" targetRef="check" />
    <bpmn:sequenceFlow id="f5" sourceRef="check" targetRef="decision" />
    <bpmn:sequenceFlow id="f6" sourceRef="decision" targetRef="done">
      <bpmn:conditionExpression>approved = true</bpmn:conditionExpression>
    </bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="f7" sourceRef="decision" targetRef="work">
      <bpmn:conditionExpression>approved = false</bpmn:conditionExpression>
    </bpmn:sequenceFlow>
  </bpmn:process>
</bpmn:definitions>
)";
}

Settings errand_settings() {
  Settings settings;
  settings.numbering = {
      {"errand", "ERR-{year}-{sequence:3}"}, {"person", "P-{sequence:4}"}, {"unit", "U-{sequence:3}"}};
  calendar::CalendarData data;
  data.id = "always";
  data.zone = "UTC";
  for (auto& day : data.week) day = {{0, 24 * 60}};
  auto const always = std::make_shared<calendar::WorkingCalendar const>(
      calendar::WorkingCalendar::make(std::move(data)).value());
  ClockPolicy promise;
  promise.id = "promise";
  promise.targets = {{"p1", {std::chrono::hours{1}, "always", always}},
                     {"p2", {std::chrono::hours{2}, "always", always}},
                     {"p3", {std::chrono::hours{2}, "always", always}}};
  promise.states = {
      {"noted", Mode::run}, {"working", Mode::run}, {"checking", Mode::pause}, {"done", Mode::stop}};
  settings.clocks["errand"] = {promise};
  return settings;
}

http::Request asking(std::vector<std::pair<std::string, std::string>> query) {
  http::Request request;
  request.query = std::move(query);
  return request;
}

Plan errand_plan() {
  Plan plan;
  plan.modules = {test_unit(), test_person(), errand()};
  plan.settings = errand_settings();
  plan.migrations = store::migrations_of({"store", "access", "notify", "process/durable", "record"});
  plan.migrations.push_back(errand_migration());
  plan.processes = {{"errand.bpmn", errand_process()}};
  return plan;
}

Workshop::Workshop(Plan plan) : plan_(std::move(plan)), roles_(test_roles()) {}

void Workshop::each(std::function<void()> const& story) {
  auto const began = now;
  store::for_each_database(
      plan_.migrations,
      [&](store::Store& store) {
        now = began;
        store_ = &store;
        sent.clear();
        people_ = 0;
        build();
        story();
      },
      [this] { return now; });
}

void Workshop::build() {
  modules_ = std::make_unique<Modules>(plan_.modules);
  kernel_ = std::make_unique<Kernel>(*modules_, plan_.settings);
  processes_ = std::make_unique<process::Processes>(
      [](Instant from, Milliseconds working, std::string_view) { return from + working; });
  lifecycle_ = std::make_unique<Lifecycle>(
      *kernel_, *processes_,
      [this](store::Edit&, std::vector<std::string> const& people, Message const& message) {
        sent.push_back({people, message});
      },
      LifecycleSettings{{}, plan_.forms});
  for (auto const& drawing : plan_.processes) {
    auto const deployed = command([&](store::Edit& edit) {
      return processes_->definitions().deploy(edit, drawing.first, drawing.second);
    });
    if (deployed.has_error()) throw std::runtime_error(wrong(deployed));
  }
}

std::string Workshop::unit(std::string const& name, std::string const& parent) {
  auto id = new_id(now);
  std::optional<std::string> above;
  if (!parent.empty()) above = parent;
  (void)command([&](store::Edit& edit) -> Result<> {
    edit.run(
        "insert into unit (id, number, created_at, created_by, updated_at, version, name, parent) values "
        "(:id, :number, :at, 'system:test', :updated, 1, :name, :parent)",
        id, "U-9" + std::to_string(++people_), now, now, name, above);
    return {};
  });
  return id;
}

access::Actor Workshop::person(std::string const& name, std::string const& role, std::string const& unit) {
  access::Actor actor;
  actor.person = new_id(now);
  actor.name = actor.account = name;
  actor.language = "en";
  actor.unit = unit;
  actor.roles = {role};
  actor.grants = roles_.grants(actor.roles);
  std::optional<std::string> home;
  if (!unit.empty()) home = unit;
  (void)command([&](store::Edit& edit) -> Result<> {
    edit.run(
        "insert into person (id, number, created_at, created_by, updated_at, version, name, unit, active) "
        "values (:id, :number, :at, 'system:test', :updated, 1, :name, :unit, 1)",
        actor.person, "P-9" + std::to_string(++people_), now, now, name, home);
    edit.run(
        "insert into person_role (person, role, granted_by, granted_at) values (:person, :role, "
        "'system:test', :at)",
        actor.person, role, now);
    if (!unit.empty()) actor.units = access::units_below(edit, unit);
    return {};
  });
  return actor;
}

Result<json::object> Workshop::open(access::Actor const& actor, std::string const& kind,
                                    json::object const& given, process::Which const& which) {
  return store_->write([&](store::Edit& edit) {
    auto record = lifecycle_->open(edit, actor, module(kind), given, which);
    auto const subject = record.has_value() ? subject_of(module(kind), text_of(*record, "id")) : "";
    edit.record({actor.person, kind + ".report", subject, given, ""});
    return record;
  });
}

Result<json::object> Workshop::patch(access::Actor const& actor, std::string const& kind,
                                     std::string const& id, json::object const& changes,
                                     std::string const& if_match) {
  return command(
      [&](store::Edit& edit) { return kernel_->patch(edit, actor, module(kind), id, changes, if_match); },
      kind + "/" + id);
}

Result<json::object> Workshop::edit(access::Actor const& actor, std::string const& kind,
                                    std::string const& id, json::object const& changes) {
  return command(
      [&](store::Edit& edit) -> Result<json::object> {
        auto const& family = module(kind);
        auto const before = fetch(edit, family.kind, family.fields, id);
        auto const patched = kernel_->patch(edit, actor, family, id, changes, "*");
        if (patched.has_error()) return patched.error();
        return lifecycle_->edited(edit, actor, family, before, *patched);
      },
      kind + "/" + id);
}

Result<json::object> Workshop::get(access::Actor const& actor, std::string const& kind,
                                   std::string const& id) const {
  return look([&](store::Reader& reader) { return kernel_->get(reader, actor, module(kind), id); });
}

Result<json::object> Workshop::finish(access::Actor const& actor, std::string const& record,
                                      std::string const& element, json::object const& fields) {
  auto const id = step(record, element);
  return command([&](store::Edit& edit) -> Result<json::object> {
    auto done = lifecycle_->complete(edit, actor, id, fields);
    if (done.has_error()) return done.error();
    return std::move(done->record);
  });
}

std::string Workshop::step(std::string const& record, std::string const& element) const {
  return look([&](store::Reader& reader) {
    for (auto const& task : process::tasks_of(reader, record, true))
      if (task.element == element) return task.id;
    return std::string();
  });
}

std::vector<std::string> Workshop::steps(std::string const& record) const {
  return look([&](store::Reader& reader) {
    std::vector<std::string> elements;
    for (auto const& task : process::tasks_of(reader, record, true)) elements.push_back(task.element);
    return elements;
  });
}

void ErrandWorkshop::each_with_people(std::function<void()> const& story) {
  each([&] {
    chief = person("Chief", "operations_supervisor");
    worker = person("Operator", "system_operator");
    story();
  });
}

void ErrandWorkshop::each_with_errand(std::function<void()> const& story) {
  each_with_people([&] {
    id = errand("Bulbs");
    story();
  });
}

std::string ErrandWorkshop::errand(std::string const& title) {
  auto const made = open(chief, "errand", {{"title", title}, {"owner", chief.person}});
  if (made.has_error()) throw std::runtime_error(wrong(made));
  return text_of(*made, "id");
}

}  // namespace yunzhi::record
