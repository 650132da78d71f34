#include "process/simulation/simulation.hpp"

#include <algorithm>

#include "base/limits.hpp"
#include "process/simulation/command.hpp"
namespace yunzhi::process {
namespace {

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
  tasks_shown_ = false;
  auto const* object = command.if_object();
  if (object == nullptr) {
    trouble_ = "a command is a JSON object";
    return answer();
  }
  auto const* word = word_of(*object);
  std::string names;
  for (auto const& known : words()) names += (names.empty() ? "" : ", ") + std::string(known.name);
  auto done = word == nullptr ? Result<>(refuse(Why::invalid, "", "the command is none of {}", names))
                              : (this->*word->command)(*object);
  tasks_shown_ = word != nullptr && word->people;
  if (done) drain();
  if (!done) trouble_ = done.error().english();
  return answer();
}

std::vector<Simulation::Word> const& Simulation::words() {
  static std::vector<Word> const all{{"start", &Simulation::start, false},
                                     {"complete", &Simulation::complete, false},
                                     {"fail", &Simulation::fail, false},
                                     {"retry", &Simulation::retry, false},
                                     {"message", &Simulation::message, false},
                                     {"signal", &Simulation::signal, false},
                                     {"advance", &Simulation::advance_clock, false},
                                     {"set", &Simulation::set, false},
                                     {"script", &Simulation::script, false},
                                     {"save_restore", &Simulation::save_and_restore, false},
                                     {"claim", &Simulation::claim, true},
                                     {"release", &Simulation::release, true},
                                     {"delegate", &Simulation::delegate, true},
                                     {"hand_over", &Simulation::hand_over, true},
                                     {"add_sign", &Simulation::add_sign, true},
                                     {"remove_sign", &Simulation::remove_sign, true},
                                     {"send_back", &Simulation::send_back, true},
                                     {"withdraw", &Simulation::withdraw, true},
                                     {"suspend", &Simulation::suspend, true},
                                     {"resume", &Simulation::resume, true},
                                     {"cancel", &Simulation::cancel, true},
                                     {"restart", &Simulation::restart, true},
                                     {"enter", &Simulation::enter, true},
                                     {"drop", &Simulation::drop_token, true},
                                     {"move", &Simulation::move, true},
                                     {"migrate", &Simulation::migrate, true},
                                     {"holders", &Simulation::name_holders, true},
                                     {"tasks", &Simulation::show_tasks, true}};
  return all;
}

Simulation::Word const* Simulation::word_of(json::object const& command) {
  for (auto const& word : words())
    if (command.contains(word.name)) return &word;
  return nullptr;
}

Result<> Simulation::message(json::object const& command) {
  auto const* key = command.if_contains("key");
  if (key == nullptr) key = command.if_contains("correlationKey");
  deliver({text_of(command, "message"), key == nullptr ? json::value() : *key, variables_in(command)});
  return {};
}

Result<> Simulation::signal(json::object const& command) {
  broadcast(text_of(command, "signal"), variables_in(command));
  return {};
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
  auto event = event_of(Event::Kind::start, no_token, variables_in(command));
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
          run_number(running.instance, token) != std::max<std::int64_t>(wanted->get_int64(), 1))
        continue;
      return Place{id, token.id};
    }
  }
  return refuse(Why::conflict, "", "no task '{}' is open", element);
}

// A run of a repeated activity before the activity itself.
Result<Simulation::Place> Simulation::find_any(json::object const& command, std::string_view element) const {
  for (auto const state : {Token::State::waiting, Token::State::failed, Token::State::joining,
                           Token::State::undoing, Token::State::inside})
    if (auto place = find_open(command, element, state)) return place;
  return refuse(Why::conflict, "", "nobody is at '{}'", element);
}

Result<> Simulation::fail(json::object const& command) {
  auto const place = find_open(command, text_of(command, "fail"), Token::State::waiting);
  if (!place) return place.error();
  auto event = event_of(Event::Kind::fail, place->token, variables_in(command));
  event.name = text_of(command, "error");
  if (auto failed = step(place->instance, std::move(event)); !failed) return failed;
  auto const* token = instances_.at(place->instance).instance.find(place->token);
  if (token != nullptr && token->state == Token::State::failed) tasks_.close(place->instance, place->token);
  return {};
}

Result<> Simulation::retry(json::object const& command) {
  auto const place = find_open(command, text_of(command, "retry"), Token::State::failed);
  if (!place) return place.error();
  return step(place->instance, event_of(Event::Kind::retry, place->token, variables_in(command)));
}

Result<> Simulation::advance_clock(json::object const& command) {
  auto const text = text_of(command, "advance");
  auto const duration = parse_duration(text);
  if (!duration || duration->count() < 0)
    return refuse(Why::invalid, "/advance", "'{}' is no length of time as in PT1H", text);
  fire_until(now_ + *duration);
  return {};
}

// Timers of a suspended process keep their times and are passed over.
void Simulation::fire_until(Instant until) {
  while (true) {
    drain();
    auto next = timers_.end();
    for (auto timer = timers_.begin(); timer != timers_.end(); ++timer) {
      if (timer->due > until || is_suspended(timer->instance)) continue;
      if (next == timers_.end() || std::pair(timer->due, timer->order) < std::pair(next->due, next->order))
        next = timer;
    }
    if (next == timers_.end()) break;
    auto timer = std::move(*next);
    timers_.erase(next);
    now_ = std::max(now_, timer.due);
    fire(std::move(timer));
  }
  now_ = until;
}

Result<> Simulation::set(json::object const& command) {
  auto const* given = command.if_contains("set");
  if (given == nullptr || !given->is_object()) return refuse(Why::invalid, "/set", "an object is expected");
  auto const found = instances_.find(main_);
  auto& variables = found == instances_.end() ? outside_ : found->second.fields;
  auto const before = variables;
  if (found != instances_.end() && !found->second.over) {
    auto changed = step(main_, event_of(Event::Kind::change, no_token, given->get_object()));
    if (!changed) return changed;
  } else {
    for (auto const& member : given->get_object()) variables[member.key()] = member.value();
  }
  start_conditional(before, variables);
  return {};
}

Result<> Simulation::script(json::object const& command) {
  auto const* given = command.if_contains("script");
  if (given == nullptr || !given->is_object())
    return refuse(Why::invalid, "/script", "an object is expected");
  for (auto const& [element, result] : given->get_object()) scripted_[element] = result;
  return {};
}

Result<> Simulation::save_and_restore(json::object const&) {
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
  if (tasks_shown_) {
    json::array tasks;
    for (auto const& [key, task] : tasks_.all()) tasks.push_back(shown(task));
    answer["tasks"] = std::move(tasks);
  }
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
