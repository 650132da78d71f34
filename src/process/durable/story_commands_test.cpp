// Tells stories to the kept engine: the commands. Where nobody is named, whoever has the task acts.
#include "process/durable/correlation.hpp"
#include "process/durable/story_house.hpp"
#include "process/simulation/command.hpp"

namespace yunzhi::process {
namespace {

std::string doer_of(json::object const& command, Task const& task) {
  auto const by = text_of(command, "by");
  return by.empty() ? task.assignee.value_or("somebody") : by;
}

bool told(json::object const& command, std::string_view name) {
  auto const* value = command.if_contains(name);
  return value != nullptr && *value == true;
}

Refusal not_open(std::string_view element) {
  return refuse(Why::conflict, "", "no task '{}' is open", element);
}

}  // namespace

Result<> StoryHouse::obey(json::object const& given) {
  for (auto const* name :
       {"claim", "release", "delegate", "hand_over", "add_sign", "remove_sign", "send_back", "urge", "copy"})
    if (given.contains(name)) return of_task(given);
  for (auto const* name : {"suspend", "resume", "cancel", "restart"})
    if (given.contains(name)) return of_instance(given);
  for (auto const* name : {"enter", "drop", "move"})
    if (given.contains(name)) return by_hand(given);
  if (given.contains("start")) return start(given);
  if (given.contains("complete")) return complete(given);
  if (given.contains("fail")) return fail(given);
  if (given.contains("retry")) return retry(given);
  if (given.contains("message")) return message(given);
  if (given.contains("advance")) return advance(given);
  if (given.contains("set")) return set(given);
  if (given.contains("withdraw")) return withdraw(given);
  if (given.contains("migrate")) return migrate(given);
  if (given.contains("deputy")) return deputy(given);
  if (given.contains("save_restore")) return {};
  for (auto const& [name, into] : {std::pair("script", &scripted_), std::pair("holders", &holders_)})
    if (given.contains(name)) {
      for (auto const& member : given.at(name).as_object()) (*into)[member.key()] = member.value();
      return {};
    }
  if (given.contains("signal"))
    return store_.write([&](store::Edit& edit) {
      edit.record({"tester", "process.test", "", {}, ""});
      return broadcast(edit, text_of(given, "signal"), "", 0);
    });
  return refuse(Why::invalid, "", "a story has no such command: {}", json::serialize(given));
}

Result<> StoryHouse::start(json::object const& given) {
  auto const key = text_of(given, "start");
  Which which;
  which.tag = text_of(given, "tag");
  if (auto const* version = given.if_contains("version")) which.version = version->as_int64();
  auto const record = new_record();
  records_[record] = variables_in(given);
  return command([&](store::Edit& edit) -> Result<Outcome> {
    auto const id = processes_.definitions().find(edit, key, which);
    if (!id) return refuse(Why::missing, "", "no process '{}' is deployed", key);
    Event event;
    event.fields = records_[record];
    event.actor = "somebody";
    // By hand a process starts as well that only events start.
    auto const definition = processes_.definitions().get(edit, *id);
    auto const triggered = definition->triggered_starts();
    if (definition->entries(nowhere).empty() && !triggered.empty())
      event.element = definition->nodes[triggered.front()].id;
    auto begun = processes_.start_version(edit, *id, "incident", record, std::move(event));
    if (begun) main_ = begun->instance;
    return begun;
  });
}

// The first in the order of instances and tokens; `instance` counts the runs of a multi-instance.
Result<StoryHouse::Place> StoryHouse::find_open(json::object const& given, std::string_view name,
                                                Token::State state) {
  auto const element = text_of(given, name);
  auto const* run = given.if_contains("instance");
  for (auto& row : rows()) {
    auto const definition = definition_of(row);
    auto const number = definition->find_node(element);
    if (number == nowhere || row.over) continue;
    for (auto const& token : row.instance.tokens) {
      if (token.node != number || token.state != state) continue;
      if (run != nullptr && run_number(row.instance, token) != run->as_int64()) continue;
      auto const id = token.id;
      return Place{std::move(row), id, &definition->nodes[number]};
    }
  }
  return not_open(element);
}

// A run of a repeated activity before the activity itself.
Result<StoryHouse::Place> StoryHouse::find_any(json::object const& given, std::string_view name) {
  for (auto const state : {Token::State::waiting, Token::State::failed, Token::State::joining,
                           Token::State::undoing, Token::State::inside})
    if (auto place = find_open(given, name, state)) return place;
  return refuse(Why::conflict, "", "nobody is at '{}'", text_of(given, name));
}

// That of `by` before one that nobody holds before any.
Result<Task> StoryHouse::find_own_task(json::object const& given, std::string_view name) {
  auto const element = text_of(given, name);
  auto const person = text_of(given, name == "remove_sign" ? "of" : "by");
  auto const* run = given.if_contains("instance");
  std::map<std::string, Instance> instances;
  if (run != nullptr)
    for (auto& row : rows()) instances[row.id] = std::move(row.instance);
  auto const rank = [&](Task const& task) { return !task.assignee ? 1 : *task.assignee == person ? 2 : 0; };
  std::optional<Task> best;
  for (auto& task : open_rows()) {
    if (task.element != element || (best && rank(task) <= rank(*best))) continue;
    if (run != nullptr) {
      auto const& instance = instances.at(task.instance);
      if (run_number(instance, *instance.find(task.token)) != run->as_int64()) continue;
    }
    best = std::move(task);
  }
  if (!best) return not_open(element);
  return std::move(*best);
}

Result<> StoryHouse::complete(json::object const& given) {
  if (!text_of(given, "by").empty() || given.contains("vote")) {
    auto const task = find_own_task(given, "complete");
    return task ? complete_task(given, *task) : Result<>(task.error());
  }
  auto const place = find_open(given, "complete", Token::State::waiting);
  if (!place) return place.error();
  if (place->node->person()) return sign_for_all(given, *place);
  return command([&](store::Edit& edit) {
    edit.run("delete from process_job where instance = :instance and token = :token", place->row.id,
             std::int64_t{place->token});
    return processes_.called(edit, place->row.id, place->token, record_of(place->row), "system:job",
                             variables_in(given));
  });
}

Result<> StoryHouse::complete_task(json::object const& given, Task const& task) {
  auto const vote = text_of(given, "vote");
  return command([&](store::Edit& edit) {
    return processes_.complete(edit, task.id, doer_of(given, task), records_[task.record],
                               vote == "approve"  ? Vote::approve
                               : vote == "reject" ? Vote::reject
                                                  : Vote::none,
                               variables_in(given));
  });
}

// Everybody who is asked signs alike, against when the variables say that the outcome is false.
Result<> StoryHouse::sign_for_all(json::object const& given, Place const& place) {
  auto const& rule = place.node->form.signing;
  auto const variables = variables_in(given);
  auto const* outcome = rule ? variables.if_contains(rule->result) : nullptr;
  bool first = true;
  while (true) {
    auto const open = store_.read([&](store::Reader& reader) {
      return open_tasks_at(reader, place.row.record, place.row.id, place.token);
    });
    std::optional<Signing> signing;
    for (auto const& row : rows())
      if (row.id == place.row.id) signing = signing_of(row.instance, place.token);
    if (open.empty() || (!first && !signing)) return {};
    first = false;
    auto one = given;
    if (signing && signing->votes())
      one["vote"] = outcome != nullptr && *outcome == false ? "reject" : "approve";
    if (auto const done = complete_task(one, open.front()); !done || !signing) return done;
  }
}

Result<> StoryHouse::fail(json::object const& given) {
  auto const place = find_open(given, "fail", Token::State::waiting);
  if (!place) return place.error();
  return command([&](store::Edit& edit) {
    edit.run("delete from process_job where instance = :instance and token = :token", place->row.id,
             std::int64_t{place->token});
    return processes_.failed(edit, place->row.id, place->token, text_of(given, "error"),
                             record_of(place->row), "system:job");
  });
}

Result<> StoryHouse::retry(json::object const& given) {
  auto const place = find_open(given, "retry", Token::State::failed);
  if (!place) return place.error();
  return command([&](store::Edit& edit) {
    return processes_.retry(edit, place->row.id, place->token, record_of(place->row), "somebody",
                            variables_in(given));
  });
}

Result<> StoryHouse::message(json::object const& given) {
  auto const* key = given.if_contains("key");
  Sent const message{"", text_of(given, "message"), key == nullptr ? json::value() : *key,
                     variables_in(given)};
  return store_.write([&](store::Edit& edit) {
    edit.record({"tester", "process.test", "", {}, ""});
    return deliver(edit, message, 0);
  });
}

Result<> StoryHouse::advance(json::object const& given) {
  auto const until = now_ + parse_duration(text_of(given, "advance")).value();
  settle(until);
  now_ = until;
  return {};
}

// Somebody edits the record of the process started last, or one that has no process yet.
Result<> StoryHouse::set(json::object const& given) {
  auto const& fields = given.at("set").as_object();
  std::optional<Row> main;
  for (auto& row : rows())
    if (row.id == main_) main = std::move(row);
  auto const name = main ? main->record : "r-1";
  auto const before = records_[name];
  return command([&](store::Edit& edit) -> Result<Outcome> {
    if (main && !main->over) {
      auto changed = apply(edit, processes_.changed(edit, main->id, before, "somebody", fields));
      if (!changed) return changed.error();
    }
    for (auto const& member : fields) records_[name][member.key()] = member.value();
    auto const now = records_[name];
    for (auto const& beginning : processes_.begun_by_change(edit, "incident", before, now, now_)) {
      auto begun = processes_.begin(edit, beginning, "incident", name, now, {}, "system:condition");
      if (!begun) return begun.error();
      main_ = begun->instance;
      if (auto const done = apply(edit, begun); !done) return done.error();
    }
    return Outcome{};
  });
}

Result<> StoryHouse::of_task(json::object const& given) {
  std::string const verb(given.begin()->key());
  auto const task = find_own_task(given, verb);
  if (!task) return task.error();
  auto const& id = task->id;
  auto const who = doer_of(given, *task);
  auto const to = text_of(given, "to");
  auto const& record = records_[task->record];
  auto const of_row = [&](auto const& act) {
    return store_.write([&](store::Edit& edit) -> Result<> {
      edit.record({"tester", "process.test", "", {}, ""});
      auto const done = act(edit);
      return done ? Result<>() : Result<>(done.error());
    });
  };
  if (verb == "claim") return of_row([&](auto& edit) { return processes_.claim(edit, id, who); });
  if (verb == "release") return of_row([&](auto& edit) { return processes_.release(edit, id, who); });
  if (verb == "delegate")
    return of_row([&](auto& edit) { return processes_.delegate(edit, id, who, to, ""); });
  if (verb == "hand_over")
    return of_row([&](auto& edit) { return processes_.hand_over(edit, id, who, to, ""); });
  if (verb == "urge") return of_row([&](auto& edit) { return processes_.urge(edit, id, who, ""); });
  if (verb == "copy")
    return of_row(
        [&](auto& edit) { return processes_.copy_to(edit, id, who, texts_in(given, "people"), ""); });
  return command([&](store::Edit& edit) {
    if (verb == "remove_sign") return processes_.remove_sign(edit, id, who, record);
    if (verb == "send_back")
      return processes_.send_back(edit, id, who, to, told(given, "straight_back"), record);
    auto const place = text_of(given, "place");
    return processes_.add_sign(edit, id, who,
                               place == "before"  ? Seat::Place::before
                               : place == "after" ? Seat::Place::after
                                                  : Seat::Place::beside,
                               texts_in(given, "people"), record);
  });
}

Result<> StoryHouse::withdraw(json::object const& given) {
  auto const who = text_of(given, "by");
  auto const task = store_.read([&](store::Reader& reader) {
    return reader.row<std::string, std::string>(
        "select id, record from process_task where element = :element and completed_by = :person and state = "
        "'done' order by completed_at desc, id desc limit 1",
        text_of(given, "withdraw"), who);
  });
  if (!task)
    return refuse(Why::conflict, "", "only a step that you have finished yourself can be taken back");
  return command([&](store::Edit& edit) {
    return processes_.withdraw(edit, std::get<0>(*task), who, records_[std::get<1>(*task)]);
  });
}

// The first of that process that runs; the one started last when none is named.
Result<StoryHouse::Row> StoryHouse::find_running(std::string const& key) {
  for (auto& row : rows()) {
    bool const meant = key.empty() ? row.id == main_ : definition_of(row)->key == key;
    if (meant && !row.over) return std::move(row);
  }
  return refuse(Why::conflict, "", "no process '{}' is running", key);
}

Result<> StoryHouse::of_instance(json::object const& given) {
  std::string const verb(given.begin()->key());
  auto const named = text_of(given, verb);
  if (verb == "restart") {
    for (auto const& row : rows())
      if (row.id == main_)
        return command([&](store::Edit& edit) {
          auto begun = processes_.restart(edit, row.id, named, record_of(row), "somebody");
          if (begun) main_ = begun->instance;
          return begun;
        });
    return refuse(Why::missing, "", "there is no such process");
  }
  auto const row = find_running(named);
  if (!row) return row.error();
  return command([&](store::Edit& edit) {
    if (verb == "suspend") return processes_.suspend(edit, row->id, "somebody");
    if (verb == "resume") return processes_.resume(edit, row->id, "somebody");
    return processes_.cancel(edit, row->id, record_of(*row), "somebody");
  });
}

Result<> StoryHouse::by_hand(json::object const& given) {
  std::string const verb(given.begin()->key());
  auto const element = text_of(given, verb);
  if (verb == "enter") {
    for (auto const& row : rows())
      if (!row.over && definition_of(row)->find_node(element) != nowhere)
        return command([&](store::Edit& edit) {
          return processes_.enter(edit, row.id, element, told(given, "behind"), record_of(row), "somebody");
        });
    return refuse(Why::invalid, "/element", "the process has no step '{}'", element);
  }
  auto const place = find_any(given, verb);
  if (!place) return place.error();
  return command([&](store::Edit& edit) {
    if (verb == "drop")
      return processes_.drop(edit, place->row.id, place->token, record_of(place->row), "somebody");
    return processes_.move(edit, place->row.id, place->token, text_of(given, "to"), record_of(place->row),
                           "somebody");
  });
}

Result<> StoryHouse::migrate(json::object const& given) {
  auto const row = find_running(text_of(given, "migrate"));
  if (!row) return row.error();
  MigrationPlan plan;
  if (auto const* pairs = given.if_contains("mapping"))
    for (auto const& pair : pairs->as_object())
      plan.mapping[std::string(pair.key())] = std::string_view(pair.value().as_string());
  Which which;
  if (auto const* version = given.if_contains("version")) which.version = version->as_int64();
  return command([&](store::Edit& edit) {
    auto const id = processes_.definitions().find(edit, definition_of(*row)->key, which);
    return processes_.migrate(edit, row->id, id.value(), plan, record_of(*row), "somebody");
  });
}

Result<> StoryHouse::deputy(json::object const& given) {
  auto const length = parse_duration(text_of(given, "for")).value();
  return store_.write([&](store::Edit& edit) -> Result<> {
    edit.record({"tester", "process.test", "", {}, ""});
    auto const added = add_deputy(
        edit, {"", text_of(given, "deputy"), text_of(given, "to"), edit.now(), edit.now() + length, "away"},
        "somebody");
    return added ? Result<>() : Result<>(added.error());
  });
}

}  // namespace yunzhi::process
