#include "process/simulation/simulated_tasks.hpp"

#include <algorithm>

namespace yunzhi::process {
namespace {

json::value text_or_null(std::optional<std::string> const& text) {
  return text ? json::value(*text) : json::value(nullptr);
}

std::optional<std::string> text_in(json::object const& object, std::string_view name) {
  auto const* value = object.if_contains(name);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return std::string(std::string_view(value->get_string()));
}

std::int64_t number_in(json::object const& object, std::string_view name) {
  auto const* value = object.if_contains(name);
  return value != nullptr && value->is_int64() ? value->get_int64() : 0;
}

json::object saved_task(SimulatedTask const& task) {
  return {{"instance", task.instance},
          {"token", task.token},
          {"seat", task.seat},
          {"element", task.element},
          {"role", task.holding.role},
          {"person", text_or_null(task.holding.assignee)},
          {"owner", text_or_null(task.holding.owner)},
          {"touched", task.touched},
          {"place", task.place},
          {"due", task.due ? json::value(to_ms(*task.due)) : json::value(nullptr)}};
}

SimulatedTask restored_task(json::object const& saved) {
  SimulatedTask task;
  task.instance = number_in(saved, "instance");
  task.token = static_cast<TokenId>(number_in(saved, "token"));
  task.seat = static_cast<SeatId>(number_in(saved, "seat"));
  task.element = text_of(saved, "element");
  task.holding = {text_of(saved, "role"), text_in(saved, "person"), text_in(saved, "owner")};
  task.touched = saved.contains("touched") && saved.at("touched") == true;
  task.place = text_of(saved, "place");
  if (auto const* due = saved.if_contains("due"); due != nullptr && due->is_int64())
    task.due = from_ms(due->get_int64());
  return task;
}

}  // namespace

void SimulatedTasks::open(SimulatedTask task) {
  Key const key{task.instance, task.token, task.seat};
  open_.insert_or_assign(key, std::move(task));
}

void SimulatedTasks::close(std::int64_t instance, TokenId token, SeatId seat) {
  open_.erase({instance, token, seat});
}

void SimulatedTasks::close(std::int64_t instance, TokenId token) {
  open_.erase(open_.lower_bound({instance, token, sole_seat}),
              open_.lower_bound({instance, token + 1, sole_seat}));
}

void SimulatedTasks::finish(SimulatedTask const& task, std::string_view person, json::object delta) {
  finished_.push_back({task, std::string(person), std::move(delta)});
}

void SimulatedTasks::forget(FinishedTask const& finished) {
  finished_.erase(finished_.begin() + (&finished - finished_.data()));
}

SimulatedTask* SimulatedTasks::find(std::int64_t instance, TokenId token, SeatId seat) {
  auto const found = open_.find({instance, token, seat});
  return found == open_.end() ? nullptr : &found->second;
}

SimulatedTask const* SimulatedTasks::first_of(std::int64_t instance, TokenId token) const {
  auto const found = open_.lower_bound({instance, token, sole_seat});
  bool const own = found != open_.end() && found->second.instance == instance && found->second.token == token;
  return own ? &found->second : nullptr;
}

FinishedTask const* SimulatedTasks::finished(std::string_view element, std::string_view person) const {
  auto const found = std::find_if(finished_.rbegin(), finished_.rend(), [&](FinishedTask const& one) {
    return one.task.element == element && one.person == person;
  });
  return found == finished_.rend() ? nullptr : &*found;
}

std::map<TokenId, std::string> SimulatedTasks::holders(std::int64_t instance) const {
  std::map<TokenId, std::string> holders;
  for (auto const& [key, task] : open_)
    if (task.instance == instance && task.holding.assignee) holders[task.token] = *task.holding.assignee;
  return holders;
}

void SimulatedTasks::rename(std::int64_t instance, std::function<std::string(std::string const&)> const& name,
                            std::map<TokenId, TokenId> const& renumbered) {
  auto before = std::move(open_);
  open_.clear();
  for (auto& [key, task] : before) {
    if (task.instance == instance) {
      task.element = name(task.element);
      if (auto const found = renumbered.find(task.token); found != renumbered.end())
        task.token = found->second;
    }
    open(std::move(task));
  }
}

json::object SimulatedTasks::save() const {
  json::array open;
  for (auto const& [key, task] : open_) open.push_back(saved_task(task));
  json::array finished;
  for (auto const& one : finished_) {
    auto saved = saved_task(one.task);
    saved["by"] = one.person;
    saved["delta"] = one.delta;
    finished.push_back(std::move(saved));
  }
  return {{"open", std::move(open)}, {"finished", std::move(finished)}};
}

bool SimulatedTasks::restore(json::value const& saved) {
  open_.clear();
  finished_.clear();
  auto const* object = saved.if_object();
  if (object == nullptr) return false;
  for (auto const& [name, known] : *object) {
    if (!known.is_array()) return false;
    for (auto const& item : known.get_array()) {
      auto const* one = item.if_object();
      if (one == nullptr) return false;
      if (name == "open") {
        this->open(restored_task(*one));
        continue;
      }
      auto const* delta = one->if_contains("delta");
      if (delta == nullptr || !delta->is_object()) return false;
      finished_.push_back({restored_task(*one), text_of(*one, "by"), delta->get_object()});
    }
  }
  return true;
}

json::object shown(SimulatedTask const& task) {
  return {{"element", task.element},
          {"person", text_or_null(task.holding.assignee)},
          {"role", task.holding.role},
          {"owner", text_or_null(task.holding.owner)},
          {"place", task.place.empty() ? json::value(nullptr) : json::value(task.place)},
          {"due", task.due ? json::value(format_instant(*task.due)) : json::value(nullptr)}};
}

}  // namespace yunzhi::process
