// Messages and signals: the part of Lifecycle that takes them from one process to others, within the command
// that sent them.
#include "base/limits.hpp"
#include "process/durable/correlation.hpp"
#include "record/lifecycle.hpp"
#include "record/rows.hpp"

namespace yunzhi::record {

// Whether anything moved beside what sent it.
Result<bool> Lifecycle::pass_on(store::Edit& edit, process::Outcome const& outcome, int depth) {
  About const about{outcome.record_kind, outcome.record};
  bool moved = false;
  for (auto const& message : outcome.sent) {
    auto const delivery = deliver(edit, message, about, depth + 1);
    if (delivery.has_error()) return delivery.error();
    moved = moved || *delivery != Delivery::kept;
  }
  for (auto const& signal : outcome.signals) {
    auto const reached = broadcast(edit, signal, about, depth + 1);
    if (reached.has_error()) return reached.error();
    moved = moved || *reached > 0;
  }
  for (auto const& awaiting : outcome.awaited) {
    auto const kept = process::take_message(edit, awaiting);
    if (!kept) continue;
    auto const delivery = deliver(edit, *kept, about, depth + 1);
    if (delivery.has_error()) return delivery.error();
    moved = true;
  }
  return moved;
}

Result<Lifecycle::Delivery> Lifecycle::deliver(store::Edit& edit, process::Sent const& sent,
                                               About const& about, int depth) {
  auto message = sent;
  if (message.key.is_null()) message.key = processes_.key_carried(edit, message);
  if (depth > limits::message_chain)
    return refuse(Why::conflict, "", "the processes send to each other without end");
  auto const actor = access::system_actor("message");
  if (auto const receiver = process::receiver_of(edit, message.name, message.key)) {
    auto const moved = with_instance(
        edit, actor, receiver->instance,
        [&](json::object const& record) {
          return processes_.deliver(edit, *receiver, message, record, actor.person);
        },
        depth);
    if (moved.has_error()) return moved.error();
    return Delivery::taken;
  }
  auto const beginnings = processes_.begun_by(edit, process::Trigger::message, message.name, about.kind);
  if (beginnings.empty()) {
    process::keep_message(edit, message);
    return Delivery::kept;
  }
  auto const begun = begin(edit, beginnings.front(), about, message.variables, "message", depth);
  if (begun.has_error()) return begun.error();
  return Delivery::began;
}

Result<std::size_t> Lifecycle::broadcast(store::Edit& edit, process::Thrown const& signal, About const& about,
                                         int depth) {
  if (depth > limits::message_chain)
    return refuse(Why::conflict, "", "the processes send to each other without end");
  auto const actor = access::system_actor("signal");
  auto const waiting = process::waiting_for_signal(edit, signal.name, "", limits::signal_receivers + 1);
  if (waiting.size() > limits::signal_receivers)
    return refuse(Why::conflict, "", "more than {} processes wait for the signal '{}'",
                  limits::signal_receivers, signal.name);
  std::size_t reached = 0;
  for (auto const& instance : waiting) {
    if (instance == signal.instance) continue;
    auto const moved = with_instance(
        edit, actor, instance,
        [&](json::object const& record) {
          return processes_.signal(edit, instance, signal.name, record, actor.person);
        },
        depth);
    // One that an earlier receiver moved on no longer waits.
    if (moved.has_error() && moved.error().why != Why::conflict) return moved.error();
    reached += moved.has_value() ? 1 : 0;
  }
  for (auto const& beginning : processes_.begun_by(edit, process::Trigger::signal, signal.name, about.kind)) {
    auto const begun = begin(edit, beginning, about, {}, "signal", depth);
    if (begun.has_error()) return begun.error();
    ++reached;
  }
  return reached;
}

Result<> Lifecycle::begin(store::Edit& edit, process::Processes::Beginning const& beginning,
                          About const& about, json::object variables, std::string_view by, int depth) {
  auto const* module = kernel_.modules().find(about.kind);
  if (module == nullptr) return access::not_found();
  auto const actor = access::system_actor(by);
  auto const before = fetch(edit, module->kind, module->fields, about.record);
  auto const started =
      processes_.begin(edit, beginning, about.kind, about.record, before, std::move(variables), actor.person);
  if (started.has_error()) return started.error();
  auto const after = follow(edit, actor, *module, before, before, *started, depth);
  if (after.has_error()) return after.error();
  return {};
}

}  // namespace yunzhi::record
