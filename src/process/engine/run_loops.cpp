// Activities that run several times: multi-instances and standard loops. One token stands for all runs and
// counts them; each run has its own inside.
#include <algorithm>

#include "base/limits.hpp"
#include "process/engine/run.hpp"

namespace yunzhi::process {

// One whose condition had no answer goes on where it was.
void Run::enter_loop(TokenId id) {
  auto const at = find(id)->node;
  auto const& loop = node(at).loop;
  if (auto const* extra = find(id)->extra.get(); extra != nullptr && extra->loop) {
    tokens().set_state(*find(id), Token::State::inside);
    return next_run(id);
  }
  auto state = count_instances(id);
  if (!state) {
    tokens().set_state(*find(id), Token::State::failed);
    return report(id, at, state.error().faults.front());
  }
  auto const total = state->total;
  tokens().set_state(*find(id), Token::State::inside);
  find(id)->extra.make().loop = std::move(*state);
  touch(find(id)->scope);
  if (loop.kind == Loop::Kind::standard) {
    if (loop.test_before) return next_run(id);
    return arrivals_.push_back({at, nowhere, id});
  }
  if (total == 0) return end_loop(id);
  auto const begun = loop.kind == Loop::Kind::parallel ? total : 1;
  tokens().expect(static_cast<std::size_t>(begun));
  arrivals_.insert(arrivals_.end(), static_cast<std::size_t>(begun), {at, nowhere, id});
}

Result<LoopState> Run::count_instances(TokenId id) {
  auto const& here = node(find(id)->node);
  LoopState state;
  if (here.loop.kind == Loop::Kind::standard) return state;
  if (here.loop.collection) {
    auto items = value_of(*here.loop.collection, id);
    if (!items.is_array())
      return refuse(Why::invalid, "", "the collection '{}' of '{}' is no list", here.loop.collection->text(),
                    here.id);
    state.items = std::move(items.get_array());
    state.total = static_cast<std::int64_t>(state.items.size());
  } else {
    auto const count = value_of(*here.loop.cardinality, id);
    if (!count.is_int64() || count.get_int64() < 0)
      return refuse(Why::invalid, "", "the loop cardinality '{}' of '{}' is no whole number",
                    here.loop.cardinality->text(), here.id);
    state.total = count.get_int64();
  }
  if (state.total > static_cast<std::int64_t>(limits::process_tokens))
    return refuse(Why::invalid, "", "'{}' would run {} times; {} is the most", here.id, state.total,
                  limits::process_tokens);
  if (!here.loop.output.empty() && here.loop.output_item)
    state.output.resize(static_cast<std::size_t>(state.total));
  return state;
}

// The variables of one run: its number, its item, and the result it is to give.
void Run::begin_instance(TokenId id) {
  auto const& loop = node(find(id)->node).loop;
  auto& state = *find(find(id)->scope)->extra.make().loop;
  auto& locals = find(id)->extra.make().locals;
  auto const index = state.started++;
  locals["loopCounter"] = index + 1;
  if (!loop.item.empty() && index < static_cast<std::int64_t>(state.items.size()))
    locals[loop.item] = state.items[static_cast<std::size_t>(index)];
  if (!loop.output_item) return;
  auto const& result = loop.output_item->text();
  auto const read = loop.output_item->variables();
  if (read.size() == 1 && read.front() == result && !locals.contains(result)) locals[result] = nullptr;
}

void Run::instance_done(TokenId id) {
  auto const at = find(id)->node;
  auto const container = find(id)->scope;
  auto const& loop = node(at).loop;
  json::value result;
  if (!loop.output.empty() && loop.output_item) result = value_of(*loop.output_item, id);
  auto const& locals = find(id)->extra.make().locals;
  auto const* counter = locals.if_contains("loopCounter");
  auto const number = counter != nullptr && counter->is_int64() ? counter->get_int64() : 0;
  // Each run can be undone for itself.
  if (can_be_undone(*find(id))) find(container)->extra.make().done.push_back(done_record(*find(id)));
  remove(id);
  auto& extra = find(container)->extra.make();
  auto& state = *extra.loop;
  ++state.completed;
  if (number > 0 && number <= static_cast<std::int64_t>(state.output.size()))
    state.output[static_cast<std::size_t>(number - 1)] = std::move(result);
  next_run(container);
}

// After a run, or before the first of a loop that tests before: begins the next run of what runs one after
// the other, or is over. A condition without an answer waits for somebody to mend it.
void Run::next_run(TokenId id) {
  auto const at = find(id)->node;
  bool const failed = find(id)->state == Token::State::failed;
  auto const more = loop_goes_on(id);
  tokens().set_state(*find(id), more ? Token::State::inside : Token::State::failed);
  if (!more && !failed) report(id, at, more.error().faults.front());
  if (!more) return;
  if (!*more) return end_loop(id);
  if (node(at).loop.kind != Loop::Kind::parallel) arrivals_.push_back({at, nowhere, id});
}

Result<bool> Run::loop_goes_on(TokenId id) {
  auto const& loop = node(find(id)->node).loop;
  auto& extra = find(id)->extra.make();
  auto const completed = extra.loop->completed;
  auto const total = extra.loop->total;
  if (loop.kind == Loop::Kind::standard) {
    if (loop.maximum > 0 && completed >= loop.maximum) return false;
    if (!loop.condition) return true;
    extra.locals["loopCounter"] = completed;
    return decide(*loop.condition, id);
  }
  if (loop.completion) {
    for (auto const& [name, value] : counters(*extra.loop, loop.kind == Loop::Kind::parallel))
      extra.locals[name] = value;
    auto const over = decide(*loop.completion, id);
    if (!over) return over.error();
    if (*over) return false;
  }
  return completed < total;
}

// By the names of BPMN, and by those Camunda 7 and Flowable use.
json::object Run::counters(LoopState const& loop, bool parallel) const {
  auto const active = parallel ? loop.total - loop.completed : std::int64_t{0};
  return {{"numberOfInstances", loop.total},
          {"numberOfActiveInstances", active},
          {"numberOfCompletedInstances", loop.completed},
          {"numberOfTerminatedInstances", 0},
          {"nrOfInstances", loop.total},
          {"nrOfActiveInstances", active},
          {"nrOfCompletedInstances", loop.completed}};
}

void Run::end_loop(TokenId id) {
  cancel_scope(id);
  auto const at = find(id)->node;
  auto const& loop = node(at).loop;
  auto& extra = find(id)->extra.make();
  if (!loop.output.empty() && loop.kind != Loop::Kind::standard) {
    auto output = std::move(extra.loop->output);
    assign(find(id)->scope, loop.output, std::move(output), at);
  }
  complete_activity(id);
}

}  // namespace yunzhi::process
