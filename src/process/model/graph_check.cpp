#include "process/model/graph_check.hpp"

#include <algorithm>
#include <set>

namespace yunzhi::process {
namespace {

class Check {
 public:
  Check(Definition const& definition, Problems& problems) : definition_(definition), problems_(problems) {}

  void run() {
    check_starts(nowhere, definition_.key, "1:1");
    for (Index i = 0; i < definition_.nodes.size(); ++i) {
      auto const& node = definition_.nodes[i];
      if (node.element == Element::sub_process) check_starts(i, node.id, node.at);
      check_ways(node);
      check_conditions(node);
      if (node.element == Element::event_gateway) check_event_gateway(node);
      if (node.element == Element::user_task || node.element == Element::manual_task) check_person(node);
      if (node.element == Element::boundary) check_boundary(node);
    }
    if (problems_.empty()) check_reached();
  }

 private:
  void check_starts(Index scope, std::string_view id, std::string_view at) {
    std::size_t plain = 0;
    std::size_t any = 0;
    std::set<std::string_view> messages;
    for (auto const& node : definition_.nodes) {
      if (node.element != Element::start || node.scope != scope) continue;
      ++any;
      if (node.trigger == Trigger::none) ++plain;
      if (node.trigger != Trigger::none && scope != nowhere)
        problems_.add(node.at, "'{}': the start of a sub-process waits for nothing; remove its trigger",
                      node.id);
      if (node.trigger == Trigger::message && !messages.insert(node.reference).second)
        problems_.add(node.at, "'{}': another start waits for the same message", node.id);
    }
    if (any == 0) problems_.add(at, "'{}' has no start event", id);
    if (plain > 1) problems_.add(at, "'{}' has {} start events without trigger; one is right", id, plain);
  }

  void check_ways(Node const& node) {
    bool const begins = node.element == Element::start || node.element == Element::boundary;
    if (begins && !node.incoming.empty())
      problems_.add(node.at, "'{}': no flow may lead to an event like this", node.id);
    if (!begins && node.incoming.empty())
      problems_.add(node.at, "'{}' is never reached: no flow leads to it", node.id);
    if (node.element == Element::end && !node.outgoing.empty())
      problems_.add(node.at, "'{}': no flow may leave an end event", node.id);
    bool const must_leave =
        begins || (node.element >= Element::exclusive && node.element <= Element::event_gateway);
    if (must_leave && node.outgoing.empty()) problems_.add(node.at, "'{}': no flow leaves it", node.id);
  }

  void check_conditions(Node const& node) {
    bool const chooses = node.element == Element::exclusive || node.element == Element::inclusive;
    bool const may_choose = chooses || node.activity();
    for (auto const number : node.outgoing) {
      auto const& flow = definition_.flows[number];
      bool const is_default = number == node.default_flow;
      if (flow.condition && !may_choose)
        problems_.add(flow.at,
                      "'{}' has a condition, but '{}' does not choose; use an exclusive or inclusive gateway",
                      flow.id, node.id);
      if (flow.condition && is_default)
        problems_.add(flow.at, "'{}' is the default flow and must have no condition", flow.id);
      if (chooses && node.outgoing.size() > 1 && !flow.condition && !is_default)
        problems_.add(flow.at,
                      "'{}' leaves the gateway '{}' and needs a condition, or to be its default flow",
                      flow.id, node.id);
    }
  }

  void check_event_gateway(Node const& node) {
    if (node.outgoing.size() < 2)
      problems_.add(node.at, "'{}' waits for one of several events, but has fewer than two", node.id);
    for (auto const number : node.outgoing) {
      auto const& target = definition_.nodes[definition_.flows[number].to];
      if (target.element != Element::catch_event || target.incoming.size() != 1)
        problems_.add(
            target.at,
            "'{}' follows the event-based gateway '{}' and must be a catching event reached from it alone",
            target.id, node.id);
    }
  }

  void check_person(Node const& node) {
    if (node.role.empty() && node.form.assignee.empty())
      problems_.add(node.at, "'{}': nobody could do it; put it in a lane with a role, or add yunzhi:assignee",
                    node.id);
    for (auto const& field : node.form.readonly)
      if (std::find(node.form.required.begin(), node.form.required.end(), field) != node.form.required.end())
        problems_.add(node.at, "'{}': the field '{}' is required and read-only at once", node.id, field);
  }

  void check_boundary(Node const& node) {
    auto const host = definition_.nodes[node.attached_to].element;
    if (host == Element::script_task)
      problems_.add(node.at, "'{}': a script task is over at once; nothing can happen on its border",
                    node.id);
    if (node.trigger == Trigger::error && host != Element::sub_process && host != Element::service_task)
      problems_.add(node.at, "'{}': only a service task or a sub-process can raise an error", node.id);
  }

  // Every element must lie on a way from a start or a boundary event.
  void check_reached() {
    NodeSet reached(definition_.nodes.size() / 64 + 1);
    std::vector<Index> todo;
    auto const visit = [&](Index node) {
      if (holds(reached, node)) return;
      put(reached, node);
      todo.push_back(node);
    };
    for (Index i = 0; i < definition_.nodes.size(); ++i)
      if (definition_.nodes[i].element == Element::start) visit(i);
    while (!todo.empty()) {
      auto const& node = definition_.nodes[todo.back()];
      todo.pop_back();
      for (auto const number : node.boundary) visit(number);
      for (auto const number : node.outgoing) visit(definition_.flows[number].to);
    }
    for (Index i = 0; i < definition_.nodes.size(); ++i)
      if (!holds(reached, i))
        problems_.add(definition_.nodes[i].at, "'{}' is never reached from a start", definition_.nodes[i].id);
  }

  Definition const& definition_;
  Problems& problems_;
};

// From where `flow` can be reached without passing `join`: backwards along the flows, and from a boundary
// event to the activity it sits on.
NodeSet sources(Definition const& definition, Index join, Index flow) {
  NodeSet reached(definition.nodes.size() / 64 + 1);
  std::vector<Index> todo;
  auto const visit = [&](Index node) {
    if (node == join || node == nowhere || holds(reached, node)) return;
    put(reached, node);
    todo.push_back(node);
  };
  visit(definition.flows[flow].from);
  while (!todo.empty()) {
    auto const& node = definition.nodes[todo.back()];
    todo.pop_back();
    visit(node.attached_to);
    for (auto const number : node.incoming) visit(definition.flows[number].from);
  }
  return reached;
}

}  // namespace

void check_graph(Definition const& definition, Problems& problems) {
  Check(definition, problems).run();
}

void find_reach(Definition& definition) {
  for (Index i = 0; i < definition.nodes.size(); ++i) {
    auto const& node = definition.nodes[i];
    if (node.element != Element::inclusive || node.incoming.size() < 2) continue;
    for (auto const flow : node.incoming) definition.reach[i].push_back(sources(definition, i, flow));
  }
}

}  // namespace yunzhi::process
