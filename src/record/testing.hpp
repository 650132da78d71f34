// For tests of this and higher rooms: a small house on a store, with people, a kernel and processes, and a
// clock the test moves. The family `errand` has a field of every kind and a process with a way back.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "http/message.hpp"
#include "record/lifecycle.hpp"
#include "store/testing.hpp"

namespace yunzhi::record {

/// People and units as they are referred to; their tables belong to `access`.
Module test_person();
Module test_unit();
/// Needs `title`; given title, note, owner, helpers, due and whatever else is no state; `worker` does it.
Module errand();
store::Migration errand_migration();
/// noted -> `work` by a system_operator -> `check` by the owner, who sends it back or ends it.
std::string errand_process();
/// Number patterns, and one clock `promise` of two hours (p1: one) that stops when the errand is done.
Settings errand_settings();

/// A request for the list functions.
http::Request asking(std::vector<std::pair<std::string, std::string>> query);

struct Plan {
  std::vector<Module> modules;
  Settings settings;
  std::vector<store::Migration> migrations;
  std::map<std::string, std::string> processes;  ///< BPMN by file name
  std::map<std::string, json::object> forms;
};
/// The errands with all their rooms.
Plan errand_plan();

class Workshop {
 public:
  struct Sent {
    std::vector<std::string> people;
    Message message;
  };

  explicit Workshop(Plan plan = errand_plan());

  /// Runs the story on each database, from an empty house each time.
  void each(std::function<void()> const& story);

  /// Writes a unit, or a person with roles of the standard pack, whose grants on incidents hold for errands
  /// as well; `visitor` reads and reports only what is its own.
  std::string unit(std::string const& name, std::string const& parent = "");
  access::Actor person(std::string const& name, std::string const& role, std::string const& unit = "");

  [[nodiscard]] Module const& module(std::string_view kind) const { return *modules_->find(kind); }
  [[nodiscard]] Modules const& modules() const { return *modules_; }
  [[nodiscard]] store::Store& store() const { return *store_; }
  [[nodiscard]] Kernel& kernel() const { return *kernel_; }
  [[nodiscard]] Lifecycle& lifecycle() const { return *lifecycle_; }
  [[nodiscard]] process::Processes& processes() const { return *processes_; }

  /// One command with a ledger entry on `subject`.
  template <class Do>
  auto command(Do&& act, std::string const& subject = "") {
    return store_->write([&](store::Edit& edit) {
      auto result = act(edit);
      edit.record({"tester", "test", subject, json::object{}, ""});
      return result;
    });
  }
  template <class Do>
  auto look(Do&& act) const {
    return store_->read(act);
  }

  /// The errand (or other record) opened with its process, in a command of its own.
  Result<json::object> open(access::Actor const& actor, std::string const& kind, json::object const& given,
                            process::Which const& which = {});
  Result<json::object> patch(access::Actor const& actor, std::string const& kind, std::string const& id,
                             json::object const& changes, std::string const& if_match = "*");
  /// An edit with what it means to processes that look at the record; the record afterwards.
  Result<json::object> edit(access::Actor const& actor, std::string const& kind, std::string const& id,
                            json::object const& changes);
  Result<json::object> get(access::Actor const& actor, std::string const& kind, std::string const& id) const;
  /// Finishes the open step of the record at this element; the record afterwards.
  Result<json::object> finish(access::Actor const& actor, std::string const& record,
                              std::string const& element, json::object const& fields);
  /// The id of the open step of the record at this element; empty when there is none.
  [[nodiscard]] std::string step(std::string const& record, std::string const& element) const;
  /// The open elements of a record.
  [[nodiscard]] std::vector<std::string> steps(std::string const& record) const;

  Instant now = parse_instant("2026-11-23T02:00:00Z").value();
  std::vector<Sent> sent;

 private:
  void build();

  Plan plan_;
  access::Roles roles_;
  store::Store* store_ = nullptr;
  std::unique_ptr<Modules> modules_;
  std::unique_ptr<Kernel> kernel_;
  std::unique_ptr<process::Processes> processes_;
  std::unique_ptr<Lifecycle> lifecycle_;
  int people_ = 0;
};

/// Errands with their people: the chief owns them, the worker does them, and neither may do the other's step.
class ErrandWorkshop : public Workshop {
 public:
  using Workshop::Workshop;

  void each_with_people(std::function<void()> const& story);
  /// With one errand open, "Bulbs", whose id is `id`.
  void each_with_errand(std::function<void()> const& story);
  /// Opens another; its id.
  std::string errand(std::string const& title);

  access::Actor chief, worker;
  std::string id;
};

/// What is wrong, as "/field sentence; /field sentence"; empty when nothing is.
template <class T>
std::string wrong(Result<T> const& result) {
  std::string text;
  if (result.has_value()) return text;
  auto const refusal = result.error();
  for (auto const& fault : refusal.faults)
    text += (text.empty() ? "" : "; ") + fault.field + " " + fault.english();
  return text;
}

}  // namespace yunzhi::record
