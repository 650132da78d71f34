// What the process engine alone costs: instances per second of CPU, the slowest step of a large
// multi-instance, reading and checking a file. One thread, no storage; times are CPU times of the process.
#include <algorithm>
#include <ctime>
#include <string>

#include <fmt/core.h>
#include <malloc.h>

#include "process/engine/advance.hpp"
#include "process/model/bpmn_text.hpp"
#include "process/model/model.hpp"

using namespace yunzhi;
using namespace yunzhi::process;

namespace {

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

Definition definition_of(std::string const& xml) {
  auto model = read_model(xml, Strictness::run);
  if (!model) {
    fmt::print(stderr, "{}\n", model.error().english());
    std::exit(1);
  }
  return std::move(model->processes.front());
}

Event event_of(Event::Kind kind, TokenId token, json::object fields) {
  Event event;
  event.kind = kind;
  event.token = token;
  event.fields = std::move(fields);
  return event;
}

TokenId first_task(Step const& step) {
  for (auto const& effect : step.effects)
    if (auto const* create = std::get_if<CreateTask>(&effect)) return create->token;
  return no_token;
}

Definition two_tasks() {
  return definition_of(bpmn(
      "<startEvent id='s'/>" + task("first") + "<exclusiveGateway id='g' default='g_c'/>" + task("a") +
      task("b") + task("c") + "<endEvent id='e'/>" +
      flows({"s>first", "first>g", "g>a: amount > 1000", "g>b: amount > 100", "g>c", "a>e", "b>e", "c>e"})));
}

// What the allocator has given out, as glibc counts it.
void keep_waiting() {
  auto const definition = two_tasks();
  constexpr std::size_t count = 100'000;
  std::vector<Instance> waiting;
  waiting.reserve(count);
  auto const before = mallinfo2().uordblks;
  for (std::size_t i = 0; i < count; ++i) {
    json::object const fields{{"amount", i % 2000}};
    waiting.push_back(
        advance(definition, Instance{}, event_of(Event::Kind::start, no_token, fields))->instance);
  }
  auto const bytes = (mallinfo2().uordblks - before) / count + sizeof(Instance);
  fmt::print("a waiting instance: {} bytes of memory\n", bytes);
}

void run_instances() {
  auto const definition = two_tasks();
  constexpr int count = 200'000;
  std::size_t ended = 0;
  auto const begin = cpu_seconds();
  for (int i = 0; i < count; ++i) {
    json::object const fields{{"amount", i % 2000}};
    auto step = advance(definition, Instance{}, event_of(Event::Kind::start, no_token, fields));
    for (int task = 0; task < 2 && step; ++task) {
      auto const token = first_task(*step);
      step = advance(definition, std::move(step->instance), event_of(Event::Kind::complete, token, fields));
    }
    ended += step && step->instance.ended() ? 1 : 0;
  }
  auto const seconds = cpu_seconds() - begin;
  fmt::print("start, task, gateway of three, task, end: {:.0f} instances/s of CPU ({} ended)\n",
             count / seconds, ended);
}

void run_multi_instance() {
  constexpr std::int64_t count = 10'000;
  auto const definition = definition_of(
      bpmn("<startEvent id='s'/><userTask id='a' yunzhi:role='r'><multiInstanceLoopCharacteristics "
           "yunzhi:collection='items' yunzhi:item='item' yunzhi:output='results' yunzhi:outputItem='item'>"
           "<completionCondition>numberOfCompletedInstances >= 10000</completionCondition>"
           "</multiInstanceLoopCharacteristics></userTask><endEvent id='e'/>" +
           flows({"s>a", "a>e"})));
  json::array items;
  for (std::int64_t i = 0; i < count; ++i) items.emplace_back(i);
  auto begin = cpu_seconds();
  auto started =
      advance(definition, Instance{}, event_of(Event::Kind::start, no_token, {{"items", std::move(items)}}));
  auto const first = cpu_seconds() - begin;
  std::vector<TokenId> tasks;
  for (auto const& effect : started->effects)
    if (auto const* create = std::get_if<CreateTask>(&effect)) tasks.push_back(create->token);
  auto instance = std::move(started->instance);
  double slowest = 0;
  double total = 0;
  for (auto const token : tasks) {
    begin = cpu_seconds();
    auto step = advance(definition, instance, event_of(Event::Kind::complete, token, {}));
    auto const took = cpu_seconds() - begin;
    if (!step) std::exit(1);
    instance = std::move(step->instance);
    slowest = std::max(slowest, took);
    total += took;
  }
  fmt::print(
      "multi-instance of {}: start {:.2f} ms, slowest completion {:.3f} ms, all {:.0f} ms (ended: {})\n",
      count, first * 1e3, slowest * 1e3, total * 1e3, instance.ended());
}

void read_file() {
  std::string inside = "<startEvent id='s'/>";
  std::string last = "s";
  for (int i = 0; i < 166; ++i) {
    auto const id = std::to_string(i);
    inside += task("t" + id) + "<exclusiveGateway id='g" + id + "' default='g" + id + "_x" + id + "'/>";
    inside += "<userTask id='x" + id + "' yunzhi:role='r'/>";
    inside += flow(last + ">t" + id) + flow("t" + id + ">g" + id) + flow("g" + id + ">x" + id);
    if (i > 0) inside += flow("g" + id + ">t" + std::to_string(i - 1) + ": n > " + id);
    last = "x" + id;
  }
  auto const xml = bpmn(inside + "<endEvent id='e'/>" + flow(last + ">e"));
  constexpr int count = 50;
  std::size_t nodes = 0;
  auto const begin = cpu_seconds();
  for (int i = 0; i < count; ++i) nodes = definition_of(xml).nodes.size();
  fmt::print("read and check a file of {} elements: {:.2f} ms\n", nodes,
             (cpu_seconds() - begin) / count * 1e3);
}

}  // namespace

int main() {
  run_instances();
  keep_waiting();
  run_multi_instance();
  read_file();
  return 0;
}
