// A simulation as JSON and back.
#include "process/simulation/simulation.hpp"

namespace yunzhi::process {
namespace {

Refusal broken() {
  return refuse(Why::invalid, "", "the saved simulation does not fit its definitions");
}

std::int64_t number_in(json::object const& object, std::string_view name) {
  auto const* value = object.if_contains(name);
  return value != nullptr && value->is_int64() ? value->get_int64() : 0;
}

json::array const& list_in(json::object const& object, std::string_view name) {
  static json::array const nothing;
  auto const* value = object.if_contains(name);
  return value != nullptr && value->is_array() ? value->get_array() : nothing;
}

json::object object_in(json::object const& object, std::string_view name) {
  auto const* value = object.if_contains(name);
  return value != nullptr && value->is_object() ? value->get_object() : json::object{};
}

}  // namespace

json::object Simulation::save() const {
  json::object saved{{"now", to_ms(now_)},    {"next", next_},       {"main", main_},
                     {"scripted", scripted_}, {"holders", holders_}, {"outside", outside_},
                     {"tasks", tasks_.save()}};
  json::array instances;
  for (auto const& [id, running] : instances_) {
    json::object one{{"id", id},
                     {"version", running.version},
                     {"state", process::save(definition_of(running), running.instance)},
                     {"fields", running.fields},
                     {"done", json::array(running.done.begin(), running.done.end())},
                     {"caller", running.caller},
                     {"token", running.caller_token},
                     {"over", running.over},
                     {"failed", running.failed},
                     {"everything", running.everything},
                     {"error", running.error}};
    instances.push_back(std::move(one));
  }
  saved["instances"] = std::move(instances);
  for (auto const& [name, list] :
       {std::pair("timers", &timers_), std::pair("subscriptions", &subscriptions_)}) {
    json::array all;
    for (auto const& one : *list) {
      json::object awaited{{"order", one.order},
                           {"instance", one.instance},
                           {"version", one.version},
                           {"token", one.token},
                           {"node", versions_[one.version]->definition.nodes[one.node].id},
                           {"name", one.name},
                           {"key", one.key},
                           {"due", to_ms(one.due)},
                           {"left", one.left}};
      all.push_back(std::move(awaited));
    }
    saved[name] = std::move(all);
  }
  json::array messages;
  for (auto const& one : buffered_) {
    json::object message{{"name", one.name}, {"key", one.key}, {"variables", one.variables}};
    messages.push_back(std::move(message));
  }
  saved["buffered"] = std::move(messages);
  return saved;
}

Result<> Simulation::restore(json::value const& value) {
  auto const* saved = value.if_object();
  if (saved == nullptr) return broken();
  now_ = from_ms(number_in(*saved, "now"));
  next_ = number_in(*saved, "next");
  main_ = number_in(*saved, "main");
  scripted_ = object_in(*saved, "scripted");
  holders_ = object_in(*saved, "holders");
  outside_ = object_in(*saved, "outside");
  if (!tasks_.restore(object_in(*saved, "tasks"))) return broken();
  for (auto const& item : list_in(*saved, "instances")) {
    if (!item.is_object()) return broken();
    auto const& one = item.get_object();
    Running running;
    running.id = number_in(one, "id");
    running.version = static_cast<std::size_t>(number_in(one, "version"));
    if (running.version >= versions_.size()) return broken();
    auto instance = process::restore(definition_of(running), text_of(one, "state"));
    if (!instance) return instance.error();
    running.instance = std::move(*instance);
    running.fields = object_in(one, "fields");
    for (auto const& element : list_in(one, "done"))
      if (element.is_string()) running.done.emplace(std::string_view(element.get_string()));
    running.caller = number_in(one, "caller");
    running.caller_token = static_cast<TokenId>(number_in(one, "token"));
    running.over = one.contains("over") && one.at("over") == true;
    running.failed = one.contains("failed") && one.at("failed") == true;
    running.everything = one.contains("everything") && one.at("everything") == true;
    running.error = text_of(one, "error");
    auto const id = running.id;
    instances_.emplace(id, std::move(running));
  }
  for (auto const& [name, list] :
       {std::pair("timers", &timers_), std::pair("subscriptions", &subscriptions_)})
    for (auto const& item : list_in(*saved, name)) {
      if (!item.is_object()) return broken();
      auto const& one = item.get_object();
      Awaited awaited;
      awaited.order = number_in(one, "order");
      awaited.instance = number_in(one, "instance");
      awaited.version = static_cast<std::size_t>(number_in(one, "version"));
      if (awaited.version >= versions_.size()) return broken();
      awaited.token = static_cast<TokenId>(number_in(one, "token"));
      awaited.node = versions_[awaited.version]->definition.find_node(text_of(one, "node"));
      if (awaited.node == nowhere) return broken();
      awaited.name = text_of(one, "name");
      if (auto const* key = one.if_contains("key")) awaited.key = *key;
      awaited.due = from_ms(number_in(one, "due"));
      awaited.left = number_in(one, "left");
      list->push_back(std::move(awaited));
    }
  for (auto const& item : list_in(*saved, "buffered")) {
    if (!item.is_object()) return broken();
    auto const& one = item.get_object();
    auto const* key = one.if_contains("key");
    buffered_.push_back(
        {text_of(one, "name"), key == nullptr ? json::value() : *key, object_in(one, "variables")});
  }
  return {};
}

}  // namespace yunzhi::process
