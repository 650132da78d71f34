#include "process/simulation/simulation.hpp"

#include <algorithm>

#include "base/limits.hpp"

namespace yunzhi::process {
namespace {

json::object variables_of(json::object const& command) {
  auto const* given = command.if_contains("variables");
  return given != nullptr && given->is_object() ? given->get_object() : json::object{};
}

Event event_of(Event::Kind kind, TokenId token, json::object changes) {
  Event event;
  event.kind = kind;
  event.token = token;
  event.actor = "simulation";
  event.changes = std::move(changes);
  return event;
}

}  // namespace

Simulation::Simulation(Instant now, SimulatedWorkingTime working_time)
    : now_(now), working_time_(std::move(working_time)) {}

Result<> Simulation::add(std::string_view xml) {
  auto model = read_model(xml, Strictness::run);
  if (!model) return model.error();
  for (auto& definition : model->processes) {
    auto version = std::make_unique<Version>();
    version->number = 1 + std::count_if(versions_.begin(), versions_.end(), [&](auto const& other) {
                        return other->definition.key == definition.key;
                      });
    version->file = files_;
    version->definition = std::move(definition);
    versions_.push_back(std::move(version));
    arm_starts(versions_.size() - 1);
  }
  ++files_;
  return {};
}

json::object Simulation::tell(json::value const& command) {
  events_.clear();
  trouble_.clear();
  pending_.clear();
  auto const* object = command.if_object();
  auto done =
      object == nullptr ? Result<>(refuse(Why::invalid, "", "a command is a JSON object")) : obey(*object);
  if (done) drain();
  if (!done) trouble_ = done.error().english();
  return answer();
}

Result<> Simulation::obey(json::object const& command) {
  if (command.contains("start")) return start(command);
  if (command.contains("complete")) return complete(command);
  if (command.contains("fail")) return fail(command);
  if (command.contains("retry")) return retry(command);
  if (command.contains("message")) {
    auto const* key = command.if_contains("key");
    if (key == nullptr) key = command.if_contains("correlationKey");
    deliver({text_of(command, "message"), key == nullptr ? json::value() : *key, variables_of(command)});
    return {};
  }
  if (command.contains("signal")) {
    broadcast(text_of(command, "signal"), variables_of(command));
    return {};
  }
  if (command.contains("advance")) return advance_clock(command);
  if (command.contains("set")) return set(command);
  if (command.contains("script")) return script(command);
  if (command.contains("save_restore")) return save_and_restore();
  return refuse(
      Why::invalid, "",
      "the command is none of start, complete, fail, retry, message, signal, advance, set, script and "
      "save_restore");
}

Result<> Simulation::start(json::object const& command) {
  auto key = text_of(command, "start");
  if (key.empty() && versions_.size() == 1) key = versions_.front()->definition.key;
  auto version = latest(key);
  auto const* number = command.if_contains("version");
  auto const tag = text_of(command, "tag");
  for (std::size_t i = 0; i < versions_.size(); ++i) {
    auto const& one = *versions_[i];
    if (one.definition.key != key) continue;
    if (number != nullptr && number->is_int64() && one.number == number->get_int64()) version = i;
    if (!tag.empty() && one.definition.tag == tag) version = i;
  }
  if (version == versions_.size()) return refuse(Why::missing, "/start", "no process '{}' is given", key);
  // Who starts it by hand does what its start timers would have done.
  std::erase_if(timers_, [&](Awaited const& timer) {
    return timer.instance == 0 && versions_[timer.version]->definition.key == key;
  });
  auto event = event_of(Event::Kind::start, no_token, variables_of(command));
  event.element = text_of(command, "element");
  // By hand a process starts as well that only events start.
  auto const& definition = versions_[version]->definition;
  auto const starts = definition.triggered_starts();
  if (event.element.empty() && definition.entries(nowhere).empty() && !starts.empty())
    event.element = definition.nodes[starts.front()].id;
  auto begun = begin(version, std::move(event), 0, no_token);
  if (!begun) return begun.error();
  main_ = *begun;
  return {};
}

std::int64_t Simulation::number_of_run(Instance const& instance, Token const& token) {
  for (auto const* at = &token; at != nullptr;
       at = at->scope == no_token ? nullptr : instance.find(at->scope))
    if (auto const* extra = at->extra.get())
      if (auto const* counter = extra->locals.if_contains("loopCounter");
          counter != nullptr && counter->is_int64())
        return counter->get_int64();
  return 0;
}

Result<Simulation::Place> Simulation::find_open(json::object const& command, std::string_view element,
                                                Token::State state) const {
  auto const* wanted = command.if_contains("instance");
  for (auto const& [id, running] : instances_) {
    auto const& definition = definition_of(running);
    auto const number = definition.find_node(element);
    if (number == nowhere || running.over) continue;
    for (auto const& token : running.instance.tokens) {
      if (token.node != number || token.state != state) continue;
      if (wanted != nullptr && wanted->is_int64() &&
          number_of_run(running.instance, token) != std::max<std::int64_t>(wanted->get_int64(), 1))
        continue;
      return Place{id, token.id};
    }
  }
  return refuse(Why::conflict, "", "no task '{}' is open", element);
}

Result<> Simulation::complete(json::object const& command) {
  auto const place = find_open(command, text_of(command, "complete"), Token::State::waiting);
  if (!place) return place.error();
  return step(place->instance, event_of(Event::Kind::complete, place->token, variables_of(command)));
}

Result<> Simulation::fail(json::object const& command) {
  auto const place = find_open(command, text_of(command, "fail"), Token::State::waiting);
  if (!place) return place.error();
  auto event = event_of(Event::Kind::fail, place->token, variables_of(command));
  event.name = text_of(command, "error");
  return step(place->instance, std::move(event));
}

Result<> Simulation::retry(json::object const& command) {
  auto const place = find_open(command, text_of(command, "retry"), Token::State::failed);
  if (!place) return place.error();
  return step(place->instance, event_of(Event::Kind::retry, place->token, variables_of(command)));
}

Result<> Simulation::advance_clock(json::object const& command) {
  auto const text = text_of(command, "advance");
  auto const duration = parse_duration(text);
  if (!duration || duration->count() < 0)
    return refuse(Why::invalid, "/advance", "'{}' is no length of time as in PT1H", text);
  auto const until = now_ + *duration;
  while (true) {
    drain();
    auto const next =
        std::min_element(timers_.begin(), timers_.end(), [](Awaited const& a, Awaited const& b) {
          return std::pair(a.due, a.order) < std::pair(b.due, b.order);
        });
    if (next == timers_.end() || next->due > until) break;
    auto timer = std::move(*next);
    timers_.erase(next);
    now_ = std::max(now_, timer.due);
    fire(std::move(timer));
  }
  now_ = until;
  return {};
}

Result<> Simulation::set(json::object const& command) {
  auto const* given = command.if_contains("set");
  if (given == nullptr || !given->is_object()) return refuse(Why::invalid, "/set", "an object is expected");
  auto const found = instances_.find(main_);
  if (found != instances_.end() && !found->second.over)
    return step(main_, event_of(Event::Kind::change, no_token, given->get_object()));
  start_conditional(given->get_object());
  return {};
}

Result<> Simulation::script(json::object const& command) {
  auto const* given = command.if_contains("script");
  if (given == nullptr || !given->is_object())
    return refuse(Why::invalid, "/script", "an object is expected");
  for (auto const& [element, result] : given->get_object()) scripted_[element] = result;
  return {};
}

Result<> Simulation::save_and_restore() {
  auto const text = json::serialize(save());
  instances_.clear();
  timers_.clear();
  subscriptions_.clear();
  buffered_.clear();
  json::parse_options options;
  options.max_depth = 2 * limits::json_depth;
  return restore(json::parse(text, {}, options));
}

json::object Simulation::answer() const {
  json::array open;
  bool ended = !instances_.empty();
  for (auto const& [id, running] : instances_) {
    ended = ended && running.over;
    auto const& definition = definition_of(running);
    for (auto const& token : running.instance.tokens)
      if (token.state == Token::State::waiting && definition.nodes[token.node].task())
        open.emplace_back(definition.nodes[token.node].id);
  }
  auto const main = instances_.find(main_);
  json::object answer{{"open", std::move(open)}, {"ended", ended}};
  answer["variables"] = main == instances_.end() ? json::object{} : main->second.fields;
  answer["events"] = events_;
  answer["error"] = trouble_.empty() ? json::value() : json::value(trouble_);
  return answer;
}

json::object Simulation::standing() const {
  json::array places;
  for (auto const& [id, running] : instances_)
    for (auto const& token : running.instance.tokens)
      places.push_back(json::object{{"element", definition_of(running).nodes[token.node].id},
                                    {"state", token.state == Token::State::failed ? "failed" : "waiting"}});
  json::array timers;
  for (auto const& timer : timers_)
    timers.push_back(json::object{{"element", versions_[timer.version]->definition.nodes[timer.node].id},
                                  {"due", format_instant(timer.due)}});
  return {{"now", format_instant(now_)}, {"places", std::move(places)}, {"timers", std::move(timers)}};
}

}  // namespace yunzhi::process
