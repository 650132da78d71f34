#include "process/engine/performance.hpp"

namespace yunzhi::process {

// A verb of one step leaves the instance as it was when that step is refused; one of several needs a copy.
Result<Performed> perform(Definition const& definition, Instance& instance, Verb verb) {
  bool const one_step =
      instance.kept.empty() && (verb.kind == Verb::Kind::event || verb.kind == Verb::Kind::complete);
  if (!one_step) return Performance(definition, Instance(instance), std::move(verb)).go();
  Performance performance(definition, std::move(instance), std::move(verb));
  auto done = performance.go();
  if (!done) instance = performance.give_back();
  return done;
}

bool suspended(Instance const& instance) {
  return instance.kept.contains("suspended");
}

Result<Performed> Performance::go() {
  auto const done = choose();
  if (!done) return done.error();
  return std::move(done_);
}

Result<> Performance::choose() {
  bool const by_hand = verb_.kind == Verb::Kind::event &&
                       (verb_.event.kind == Event::Kind::cancel || verb_.event.kind == Event::Kind::enter ||
                        verb_.event.kind == Event::Kind::drop || verb_.event.kind == Event::Kind::migrate);
  if (suspended(instance()) && !by_hand && verb_.kind != Verb::Kind::resume)
    return refuse(Why::conflict, "", "the process is suspended");
  switch (verb_.kind) {
    case Verb::Kind::event:
      return advance_by(verb_.event);
    case Verb::Kind::complete:
      return complete();
    case Verb::Kind::add_sign:
      return add_sign();
    case Verb::Kind::remove_sign:
      return remove_sign();
    case Verb::Kind::send_back:
      return send_back();
    case Verb::Kind::withdraw:
      return withdraw();
    case Verb::Kind::suspend:
    case Verb::Kind::resume:
      break;
  }
  bool const on = verb_.kind == Verb::Kind::suspend;
  if (instance().ended()) return refuse(Why::conflict, "", "the process has ended");
  if (!on && !suspended(instance())) return refuse(Why::conflict, "", "the process is not suspended");
  set_suspended(on);
  return {};
}

void Performance::set_suspended(bool on) {
  if (on) instance().kept["suspended"] = true;
  if (!on) instance().kept.erase("suspended");
  note(on ? "suspended" : "resumed", nullptr);
}

Event Performance::event(Event::Kind kind, TokenId token) const {
  auto made = verb_.event;
  made.kind = kind;
  made.token = token;
  return made;
}

Node const& Performance::node_of(TokenId token) const {
  return definition_.nodes[instance().find(token)->node];
}

Result<TokenId> Performance::open_task() const {
  auto const* token = instance().find(verb_.event.token);
  bool open = token != nullptr && token->state == Token::State::waiting;
  open = open && definition_.nodes[token->node].person();
  if (!open) return refuse(Why::conflict, "", "the task is no longer open");
  return token->id;
}

Result<> Performance::advance_by(Event event) {
  auto step = advance(definition_, instance(), std::move(event));
  if (!step) return step.error();
  instance() = std::move(step->instance);
  std::move(step->history.begin(), step->history.end(), std::back_inserter(done_.step.history));
  absorb(std::move(step->effects));
  forget_the_gone();
  return {};
}

// Tasks that are signed become seats; everything else goes on to the caller.
void Performance::absorb(std::vector<Effect> effects) {
  for (auto& effect : effects) {
    if (auto* create = std::get_if<CreateTask>(&effect)) {
      begin_task(std::move(*create));
    } else if (auto const* cancel = std::get_if<CancelTask>(&effect)) {
      cancel_task(*cancel);
    } else {
      done_.step.effects.push_back(std::move(effect));
    }
  }
}

void Performance::forget_the_gone() {
  for (auto const* section : {"sign", "back"}) {
    auto* all = instance().kept.if_contains(section);
    if (all == nullptr) continue;
    std::vector<TokenId> gone;
    for (auto const& member : all->as_object()) {
      auto const id = static_cast<TokenId>(std::stoul(std::string(member.key())));
      if (instance().find(id) == nullptr) gone.push_back(id);
    }
    for (auto const id : gone) forget(section, id);
  }
}

void Performance::keep(std::string_view section, TokenId token, json::value value) {
  auto& all = instance().kept[section];
  if (!all.is_object()) all.emplace_object();
  all.get_object()[std::to_string(token)] = std::move(value);
}

void Performance::forget(std::string_view section, TokenId token) {
  auto* all = instance().kept.if_contains(section);
  if (all == nullptr) return;
  all->as_object().erase(std::to_string(token));
  if (all->as_object().empty()) instance().kept.erase(section);
}

json::value const* Performance::kept(std::string_view section, TokenId token) const {
  auto const* all = instance().kept.if_contains(section);
  return all == nullptr ? nullptr : all->as_object().if_contains(std::to_string(token));
}

void Performance::note(std::string kind, Node const* node, std::string text) {
  done_.notes.push_back({std::move(kind), node, std::move(text)});
}

}  // namespace yunzhi::process
