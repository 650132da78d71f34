#include "process/durable/chain.hpp"

#include <algorithm>
#include <iterator>

#include "base/id.hpp"
#include "base/limits.hpp"
#include "process/durable/variables.hpp"

namespace yunzhi::process {
namespace {

template <class T>
void append(std::vector<T>& to, std::vector<T>&& more) {
  std::move(more.begin(), more.end(), std::back_inserter(to));
}

// A task that came and went on the way was never anybody's.
void forget_passing(Outcome& outcome) {
  std::erase_if(outcome.created, [&](Task const& task) {
    return std::any_of(outcome.cancelled.begin(), outcome.cancelled.end(),
                       [&](Task const& gone) { return gone.id == task.id; });
  });
}

}  // namespace

Result<Outcome> Processes::Chain::run(Running running, Verb verb) {
  auto first = step(running, std::move(verb));
  if (!first) return first.error();
  total_ = std::move(first->outcome);
  plan(running, std::move(*first));
  for (std::size_t count = 0; !waiting_.empty(); ++count) {
    if (count == limits::process_chain)
      return refuse(Why::conflict, "", "the processes call each other without end");
    auto const next = std::move(waiting_.front());
    waiting_.pop_front();
    if (auto const done = next(); !done) return done.error();
  }
  forget_passing(total_);
  return std::move(total_);
}

Result<StepWriter::Written> Processes::Chain::step(Running& running, Verb verb) {
  verb.event.fields = seen_by(record_, running.row.variables);
  verb.event.moment = {edit_.now(), processes_.utc_offset_};
  verb.holders_of = [&](std::string_view role) {
    return processes_.holders_ ? processes_.holders_(edit_, role) : std::vector<std::string>{};
  };
  auto const actor = verb.event.actor;
  auto done = perform(*running.definition, std::move(running.instance), std::move(verb));
  if (!done) return done.error();
  auto written = StepWriter(edit_, *running.definition, running.row, processes_.working_time_, record_)
                     .write(*done, actor);
  for (auto const& field : written.outcome.fields) record_[field.key()] = field.value();
  return written;
}

void Processes::Chain::take(Outcome&& outcome) {
  append(total_.created, std::move(outcome.created));
  append(total_.cancelled, std::move(outcome.cancelled));
  append(total_.calls, std::move(outcome.calls));
  append(total_.tells, std::move(outcome.tells));
  append(total_.sent, std::move(outcome.sent));
  append(total_.signals, std::move(outcome.signals));
  append(total_.awaited, std::move(outcome.awaited));
  append(total_.troubles, std::move(outcome.troubles));
  for (auto const& field : outcome.fields) total_.fields[field.key()] = field.value();
  if (!outcome.record_state.empty()) total_.record_state = std::move(outcome.record_state);
  total_.ended = total_.ended || outcome.ended;
  total_.cancelled_process = total_.cancelled_process || outcome.cancelled_process;
}

void Processes::Chain::plan(Running const& running, StepWriter::Written&& written) {
  auto const& row = running.row;
  auto& todo = written.consequences;
  for (auto const token : todo.given_up)
    waiting_.emplace_back([this, id = row.id, token] { return give_up(id, token); });
  for (auto& escalation : todo.escalations) {
    auto event = to(row.caller_token, Event::Kind::escalated);
    event.name = std::move(escalation.code);
    event.changes = std::move(escalation.variables);
    if (!row.caller.empty())
      waiting_.emplace_back([this, id = row.caller, told = std::move(event)] { return tell(id, told); });
  }
  for (auto& calling : todo.processes)
    waiting_.emplace_back([this, id = row.id, what = std::move(calling)] { return call(id, what); });
  for (auto& deciding : todo.decisions)
    waiting_.emplace_back([this, id = row.id, what = std::move(deciding), own = written.variables] {
      return decide(id, what, own);
    });
  if (!todo.ended || row.caller.empty()) return;
  auto const kind = todo.failed       ? Event::Kind::fail
                    : todo.everything ? Event::Kind::terminate
                                      : Event::Kind::called;
  auto event = to(row.caller_token, kind);
  event.name = std::move(todo.error);
  event.changes = seen_by(record_, written.variables);
  waiting_.emplace_back([this, id = row.caller, told = std::move(event)] { return tell(id, told); });
}

// The record stands in record_, which every step is given.
Event Processes::Chain::to(TokenId token, Event::Kind kind) const {
  return event_of(kind, token, {}, actor_);
}

// Whoever no longer waits is passed over: it went another way in the meantime.
Result<> Processes::Chain::tell(std::string const& instance, Event event) {
  auto running = processes_.load(edit_, instance);
  if (!running && running.error().why == Why::conflict) return {};
  if (!running) return running.error();
  if (suspended(running->instance) && event.kind != Event::Kind::cancel)
    return refuse(Why::conflict, "", "the process is suspended");
  auto written = step(*running, {Verb::Kind::event, std::move(event)});
  if (!written && written.error().why == Why::conflict) return {};
  if (!written) return written.error();
  take(std::move(written->outcome));
  plan(*running, std::move(*written));
  return {};
}

std::optional<std::string> Processes::Chain::version_of(std::string const& caller, Calling const& calling) {
  auto& definitions = processes_.definitions_;
  auto const& rule = *calling.rule;
  if (rule.binding == Called::Binding::tag)
    return definitions.find(edit_, calling.process, {std::nullopt, rule.wanted});
  if (rule.binding == Called::Binding::version)
    return edit_.one<std::string>(
        "select id from process_definition where key = :key and cast(version as text) = :version",
        calling.process, rule.wanted);
  if (rule.binding == Called::Binding::deployment)
    if (auto beside = edit_.one<std::string>(
            "select d.id from process_definition d join process_definition c on c.digest = d.digest join "
            "process_instance i on i.definition = c.id where i.id = :caller and d.key = :key order by "
            "d.version desc limit 1",
            caller, calling.process))
      return beside;
  return definitions.active(edit_, calling.process);
}

Result<> Processes::Chain::call(std::string const& caller, Calling const& calling) {
  auto const version = version_of(caller, calling);
  if (!version)
    return fail(caller, calling.token, "no_process",
                refuse(Why::missing, "", "no process '{}' is deployed", calling.process));
  Running running;
  running.definition = processes_.definitions_.get(edit_, *version);
  if (running.definition->record != total_.record_kind)
    return fail(caller, calling.token, "wrong_record",
                refuse(Why::invalid, "", "the process '{}' moves {}, not {}", calling.process,
                       running.definition->record, total_.record_kind));
  running.row = {new_id(edit_.now()),
                 *version,
                 total_.record_kind,
                 total_.record,
                 "",
                 "new",
                 0,
                 caller,
                 calling.token,
                 own_of(calling.variables, record_)};
  auto event = to(no_token, Event::Kind::start);
  event.role = calling.role;
  event.called = true;
  auto written = step(running, {Verb::Kind::event, std::move(event)});
  if (!written) return fail(caller, calling.token, "not_started", written.error());
  take(std::move(written->outcome));
  plan(running, std::move(*written));
  return {};
}

Result<> Processes::Chain::decide(std::string const& instance, Deciding const& deciding,
                                  json::object const& own) {
  auto answer = processes_.decisions_.decide(edit_, deciding.decision, seen_by(record_, own),
                                             {edit_.now(), processes_.utc_offset_});
  if (!answer) return fail(instance, deciding.token, "no_decision", answer.error());
  auto event = to(deciding.token, Event::Kind::called);
  if (!deciding.result.empty())
    event.changes[deciding.result] = std::move(*answer);
  else if (answer->is_object())
    event.changes = std::move(answer->get_object());
  else
    event.changes[deciding.decision] = std::move(*answer);
  return tell(instance, std::move(event));
}

// Uncaught, it waits for a person, who is told the reason rather than the code.
Result<> Processes::Chain::fail(std::string const& instance, TokenId token, std::string code,
                                Refusal const& reason) {
  auto event = to(token, Event::Kind::fail);
  event.name = std::move(code);
  auto const before = total_.troubles.size();
  if (auto told = tell(instance, std::move(event)); !told) return told;
  for (auto i = before; i < total_.troubles.size(); ++i)
    if (total_.troubles[i].token == token) total_.troubles[i].fault = reason.faults.front();
  return {};
}

Result<> Processes::Chain::give_up(std::string const& caller, TokenId token) {
  for (auto const& [child] : edit_.rows<std::string>(
           "select id from process_instance where caller = :caller and caller_token = :token and ended_at is "
           "null",
           caller, std::int64_t{token})) {
    // Nobody waits for its end any more.
    edit_.run("update process_instance set caller_token = -1 where id = :id", child);
    if (auto told = tell(child, to(no_token, Event::Kind::cancel)); !told) return told;
  }
  return {};
}

}  // namespace yunzhi::process
