// Activities: the part of Run that enters them, begins their work and leaves them.
#include <algorithm>

#include "process/engine/run.hpp"

namespace yunzhi::process {

// A repeated activity gets a token that stands for all its runs, and one inside that for each run.
void Run::enter(Arrival const& arrival) {
  auto const& here = node(arrival.node);
  auto const* around = arrival.scope == no_token ? nullptr : find(arrival.scope);
  bool const run = around != nullptr && around->node == arrival.node && contains_runs(*around);
  bool const all = here.loop.kind != Loop::Kind::none && !run;
  auto const token = wait(arrival, Token::State::waiting);
  if (overflow_) return;
  if (run) begin_instance(token);
  if (!all) set_locals(token, here.inputs);
  begin_work(token);
  if (!run && find(token) != nullptr) arm_all(token, here.boundary, true);
}

void Run::begin_work(TokenId id) {
  auto& token = *find(id);
  auto const& here = node(token.node);
  if (here.loop.kind != Loop::Kind::none && !repeats(token)) return enter_loop(id);
  tokens().set_state(token, Token::State::waiting);
  token.flow = nowhere;
  switch (here.element) {
    case Element::script_task:
      if (here.script) return compute(id);
      break;
    case Element::receive_task:
      return arm_all(id, awaited_inside(id), true);
    case Element::sub_process:
      return enter_scope(id);
    case Element::call_activity:
      return call_process(id);
    case Element::send_task:
      if (!here.waits) return complete_activity(id);
      break;
    default:
      break;
  }
  if (here.person()) return wait_for_person(id);
  if (here.action == "notify" || here.action == "escalate") {
    step_.effects.emplace_back(Tell{&here});
    return complete_activity(id);
  }
  step_.effects.emplace_back(Call{id, &here});
}

void Run::wait_for_person(TokenId id) {
  auto const number = find(id)->node;
  auto const& task = node(number);
  CreateTask create{id, &task, {}, {}, task.role.empty() ? step_.instance.role : task.role};
  constexpr std::string_view field_rule = "field:";
  constexpr std::string_view person_rule = "person:";
  std::string_view const rule = task.form.assignee;
  auto const& variables = view(id);
  if (rule.starts_with(field_rule)) create.assignee = text_of(variables, rule.substr(field_rule.size()));
  if (rule.starts_with(person_rule)) create.assignee = rule.substr(person_rule.size());
  if (task.form.signing)
    for (auto const& signer : task.form.signing->signers)
      if (auto const* people = variables.if_contains(signer.name);
          people != nullptr && signer.kind == Signer::Kind::field)
        create.signers[signer.name] = *people;
  std::optional<Fault> fault;
  if (create.assignee.empty() && create.role.empty() && !rule.empty())
    fault =
        Fault{"", "nobody can do '{}': the field of its rule '{}' is empty", {task.id, task.form.assignee}};
  if (task.form.due) {
    auto due = timer_moment(*task.form.due, variables, event_.moment);
    if (due) create.due = *due;
    if (!due) fault = due.error().faults.front();
  }
  hide();
  step_.effects.emplace_back(std::move(create));
  if (fault) report(id, number, std::move(*fault));
}

void Run::call_process(TokenId id) {
  auto const at = find(id)->node;
  auto const& here = node(at);
  auto const& called = *here.called;
  CallProcess call{id, &here, called.process, {}, here.role.empty() ? step_.instance.role : here.role};
  if (called.computed) {
    auto const name = value_of(*called.computed, id);
    if (name.is_string()) call.process = std::string(std::string_view(name.get_string()));
  }
  auto const& variables = view(id);
  if (called.all_in) call.variables = variables;
  // What is mapped for the activity itself is meant for whom it calls.
  if (!called.all_in && find(id)->extra.get() != nullptr) call.variables = find(id)->extra.get()->locals;
  for (auto const& mapping : called.in)
    call.variables[mapping.target] = mapping.source.evaluate(variables, event_.moment).to_json();
  hide();
  step_.effects.emplace_back(std::move(call));
}

void Run::enter_scope(TokenId id) {
  auto const at = find(id)->node;
  auto const& here = node(at);
  tokens().set_state(*find(id), Token::State::inside);
  set_locals(id, here.initial);
  touch(id);
  arm_all(id, awaited_inside(id), true);
  auto const* token = find(id);
  if (token == nullptr || (token->extra.get() != nullptr && token->extra.get()->interrupted)) return;
  if (here.ad_hoc) return enter_ad_hoc(id);
  auto const entries = definition_.entries(at);
  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry)
    arrivals_.push_back({*entry, nowhere, id});
}

// What begins in it: the activities an expression names, else all that no flow leads to.
void Run::enter_ad_hoc(TokenId id) {
  auto const& here = node(find(id)->node);
  auto entries = definition_.entries(find(id)->node);
  if (here.ad_hoc->active) {
    auto const wanted = value_of(*here.ad_hoc->active, id);
    auto const named = [&](Index number) {
      return wanted.is_array() &&
             std::any_of(wanted.get_array().begin(), wanted.get_array().end(), [&](json::value const& one) {
               return one.is_string() && one.get_string() == node(number).id;
             });
    };
    std::erase_if(entries, [&](Index number) { return !named(number); });
  }
  LoopState state;
  state.total = static_cast<std::int64_t>(entries.size());
  for (auto const number : entries) state.items.emplace_back(node(number).id);
  find(id)->extra.make().loop = std::move(state);
  after_ad_hoc(id);
}

// Begins what comes next when nothing in it is under way: all at once or, when it is sequential, the next
// one. A completion condition that does not hold when all is done begins another round.
void Run::after_ad_hoc(TokenId id) {
  auto& token = *find(id);
  auto& state = *token.extra.make().loop;
  auto const& rule = *node(token.node).ad_hoc;
  if (state.completed != 0) return;
  if (state.started >= state.total && rule.completion && state.total > 0) state.started = 0;
  auto const until = rule.sequential ? std::min(state.started + 1, state.total) : state.total;
  for (auto i = until; i > state.started; --i) {
    auto const& name = state.items[static_cast<std::size_t>(i - 1)].get_string();
    arrivals_.push_back({definition_.find_node(std::string_view(name)), nowhere, id});
  }
  state.started = until;
}

void Run::check_ad_hoc(TokenId id) {
  auto const* token = id == no_token ? nullptr : find(id);
  if (token == nullptr || !node(token->node).ad_hoc || contains_runs(*token)) return;
  auto const& rule = *node(token->node).ad_hoc;
  if (!rule.completion) return;
  auto const answer = value_of(*rule.completion, id);
  if (!answer.is_bool() || !answer.get_bool()) return;
  find(id)->extra.make().loop->completed = 1;
  touch(id);
  if (!rule.cancel_remaining) return;
  cancel_scope(id);
  std::erase_if(arrivals_, [&](Arrival const& other) { return other.scope == id; });
}

void Run::compute(TokenId id) {
  auto const at = find(id)->node;
  auto const& task = node(at);
  auto value = value_of(*task.script, id);
  if (!task.result.empty()) {
    if (task.outputs.empty())
      assign(id, task.result, std::move(value), at);
    else
      find(id)->extra.make().locals[task.result] = std::move(value);
  }
  complete_activity(id);
}

void Run::send(Index at, TokenId id) {
  auto const& event = node(at);
  if (event.reference.empty()) return;
  if (!event.conversation.empty()) {
    auto const carried = view(id);
    hide();
    keep_conversation(event, carried);
  }
  step_.effects.emplace_back(Send{&event, event.reference, correlation_key(event, id), {}});
}

bool Run::can_be_undone(Token const& token) const {
  auto const& here = node(token.node);
  bool const keeps = here.element == Element::sub_process && token.extra.get() != nullptr &&
                     !token.extra.get()->done.empty();
  return here.compensation != nowhere || here.compensation_start != nowhere || keeps;
}

Done Run::done_record(Token const& token) const {
  Done done{token.node, {}, {}};
  if (auto const* extra = token.extra.get()) {
    done.locals = extra->locals;
    done.inside = extra->done;
  }
  return done;
}

void Run::complete_activity(TokenId id) {
  auto const& token = *find(id);
  auto const at = token.node;
  auto const scope = token.scope;
  auto const& here = node(at);
  bool const run = repeats(token);
  auto const owner = token.extra.get() == nullptr ? no_token : token.extra.get()->owner;
  if (here.element == Element::send_task) send(at, id);
  bool const restored = token.extra.get() != nullptr && token.extra.get()->restored;
  if (!here.outputs.empty() && !contains_runs(token) && !restored) set_outputs(token);
  if (run) return instance_done(id);
  if (owner != no_token) {
    remove(id);
    return undo_next(owner);
  }
  if (contains_runs(*find(id))) {
    auto runs = std::move(find(id)->extra.make().done);
    if (!runs.empty()) {
      auto& done = tokens().scope(scope)->extra.make().done;
      std::move(runs.begin(), runs.end(), std::back_inserter(done));
    }
  } else if (can_be_undone(*find(id))) {
    auto record = done_record(*find(id));
    tokens().scope(scope)->extra.make().done.push_back(std::move(record));
  }
  remove(id);
  if (here.event_sub) return;
  leave(at, scope);
  check_ad_hoc(scope);
}

}  // namespace yunzhi::process
