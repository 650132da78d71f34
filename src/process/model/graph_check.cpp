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
      if (node.element == Element::sub_process) check_scope(i, node);
      check_ways(node);
      check_conditions(node);
      check_loop(node);
      if (node.element == Element::event_gateway) check_event_gateway(node);
      if (node.person()) check_person(node);
      if (node.element == Element::boundary) check_boundary(node);
      if (node.trigger == Trigger::compensation) check_compensation(node);
    }
    if (problems_.empty()) check_reached();
  }

 private:
  void check_starts(Index scope, std::string_view id, std::string_view at) {
    std::size_t plain = 0;
    std::size_t any = 0;
    std::set<std::pair<Trigger, std::string_view>> awaited;
    for (auto const& node : definition_.nodes) {
      if (node.element != Element::start || node.scope != scope) continue;
      ++any;
      if (node.trigger == Trigger::none) ++plain;
      if (node.trigger != Trigger::none && scope != nowhere)
        problems_.add(node.at, "'{}': the start of a sub-process waits for nothing; remove its trigger",
                      node.id);
      bool const inside = node.trigger == Trigger::error || node.trigger == Trigger::escalation ||
                          node.trigger == Trigger::compensation;
      if (inside && scope == nowhere)
        problems_.add(node.at, "'{}': an event of this kind starts only an event sub-process", node.id);
      if ((node.trigger == Trigger::message || node.trigger == Trigger::signal) &&
          !awaited.insert({node.trigger, node.reference}).second)
        problems_.add(node.at, "'{}': another start waits for the same message", node.id);
    }
    bool const drawn = std::any_of(definition_.nodes.begin(), definition_.nodes.end(),
                                   [&](Node const& node) { return node.scope == scope; });
    bool const triggered = scope == nowhere && !definition_.triggered_starts().empty();
    if (any == 0 && !triggered && (problems_.strict() || (drawn && definition_.entries(scope).empty())))
      problems_.add(at, "'{}' has no start event", id);
    if (plain > 1) problems_.note(at, "'{}' has {} start events without trigger; one is right", id, plain);
  }

  void check_scope(Index number, Node const& node) {
    if (node.event_sub) return check_event_sub(number, node);
    if (!node.ad_hoc) return check_starts(number, node.id, node.at);
    for (auto const& inner : definition_.nodes)
      if (inner.scope == number && (inner.element == Element::start || inner.element == Element::end))
        problems_.add(inner.at, "'{}': an ad-hoc sub-process has no start and no end events; remove it",
                      inner.id);
    if (definition_.entries(number).empty()) problems_.add(node.at, "'{}' has nothing to do inside", node.id);
  }

  void check_event_sub(Index number, Node const& node) {
    std::size_t starts = 0;
    for (auto const& inner : definition_.nodes) {
      if (inner.scope != number || inner.element != Element::start) continue;
      ++starts;
      if (inner.trigger == Trigger::none)
        problems_.add(inner.at, "'{}': the start of an event sub-process needs a trigger", inner.id);
      if (inner.trigger == Trigger::compensation && node.scope == nowhere)
        problems_.add(inner.at, "'{}': what undoes a sub-process stands inside it, not in the process",
                      inner.id);
      if (inner.trigger == Trigger::error && !inner.interrupting)
        problems_.note(inner.at, "'{}': an error always interrupts; remove isInterrupting=\"false\"",
                       inner.id);
    }
    if (starts != 1)
      problems_.add(node.at, "'{}' has {} start events; an event sub-process has one", node.id, starts);
    if (!node.incoming.empty() || !node.outgoing.empty())
      problems_.add(node.at, "'{}': no flow leads to an event sub-process or leaves it", node.id);
  }

  void check_ways(Node const& node) {
    bool const begins = node.element == Element::start || node.element == Element::boundary;
    if (begins && !node.incoming.empty())
      problems_.add(node.at, "'{}': no flow may lead to an event like this", node.id);
    bool const free = begins || node.event_sub || node.handler || node.instantiate || !problems_.strict() ||
                      (node.element == Element::catch_event && node.trigger == Trigger::link) ||
                      (node.scope != nowhere && definition_.nodes[node.scope].ad_hoc);
    if (!free && node.incoming.empty())
      problems_.add(node.at, "'{}' is never reached: no flow leads to it", node.id);
    if (node.element == Element::end && !node.outgoing.empty())
      problems_.add(node.at, "'{}': no flow may leave an end event", node.id);
    if (node.handler && (!node.incoming.empty() || !node.outgoing.empty()))
      problems_.add(node.at, "'{}' compensates another activity; no flow leads to it or leaves it", node.id);
    bool const compensates = node.element == Element::boundary && node.trigger == Trigger::compensation;
    bool const must_leave = (begins && !compensates) ||
                            (node.element >= Element::exclusive && node.element <= Element::event_gateway);
    if (must_leave && node.outgoing.empty()) problems_.note(node.at, "'{}': no flow leaves it", node.id);
  }

  void check_conditions(Node const& node) {
    bool const chooses = node.element == Element::exclusive || node.element == Element::inclusive;
    bool const may_choose = chooses || node.activity();
    for (auto const number : node.outgoing) {
      auto const& flow = definition_.flows[number];
      bool const is_default = number == node.default_flow;
      if (flow.condition && !may_choose)
        problems_.note(
            flow.at, "'{}' has a condition, but '{}' does not choose; use an exclusive or inclusive gateway",
            flow.id, node.id);
      if (flow.condition && is_default)
        problems_.note(flow.at, "'{}' is the default flow and must have no condition", flow.id);
      if (chooses && node.outgoing.size() > 1 && !flow.condition && !is_default)
        problems_.note(flow.at,
                       "'{}' leaves the gateway '{}' and needs a condition, or to be its default flow",
                       flow.id, node.id);
    }
  }

  void check_loop(Node const& node) {
    if (node.loop.kind == Loop::Kind::none) return;
    if (node.event_sub) problems_.add(node.at, "'{}': an event sub-process cannot be repeated", node.id);
  }

  void check_event_gateway(Node const& node) {
    if (node.outgoing.size() < 2)
      problems_.note(node.at, "'{}' waits for one of several events, but has fewer than two", node.id);
    for (auto const number : node.outgoing) {
      auto const& target = definition_.nodes[definition_.flows[number].to];
      bool const catches = (target.element == Element::catch_event && target.trigger != Trigger::link) ||
                           target.element == Element::receive_task;
      bool const alone = std::all_of(target.incoming.begin(), target.incoming.end(), [&](Index flow) {
        return definition_.flows[flow].from == definition_.flows[number].from;
      });
      if (!catches || !alone)
        problems_.add(
            target.at,
            "'{}' follows the event-based gateway '{}' and must be a catching event reached from it alone",
            target.id, node.id);
    }
  }

  void check_person(Node const& node) {
    if (node.role.empty() && node.form.assignee.empty() && !definition_.called)
      problems_.note(
          node.at, "'{}': nobody could do it; put it in a lane with a role, or add yunzhi:assignee", node.id);
    for (auto const& field : node.form.readonly)
      if (std::find(node.form.required.begin(), node.form.required.end(), field) != node.form.required.end())
        problems_.note(node.at, "'{}': the field '{}' is required and read-only at once", node.id, field);
  }

  void check_boundary(Node const& node) {
    if (node.attached_to == nowhere) return;
    auto const& host = definition_.nodes[node.attached_to];
    if (host.element == Element::script_task && node.trigger != Trigger::compensation)
      problems_.note(node.at, "'{}': a script task is over at once; nothing can happen on its border",
                     node.id);
    bool const raises = host.element == Element::sub_process || host.element == Element::service_task ||
                        host.element == Element::call_activity || host.element == Element::send_task ||
                        host.element == Element::business_rule_task;
    if (node.trigger == Trigger::error && !raises)
      problems_.note(node.at, "'{}': only a service task or a sub-process can raise an error", node.id);
    if (node.trigger == Trigger::cancel && !host.transaction)
      problems_.add(node.at, "'{}': only a transaction can be cancelled", node.id);
    if (host.event_sub)
      problems_.add(node.at, "'{}': nothing may stand on the border of an event sub-process", node.id);
    if (node.trigger == Trigger::compensation && host.compensation == nowhere)
      problems_.add(node.at,
                    "'{}' has no handler; draw an association from it to the activity that undoes '{}'",
                    node.id, host.id);
  }

  void check_compensation(Node const& node) {
    if (node.element != Element::end && node.element != Element::throw_event) return;
    if (node.reference.empty()) return;
    auto const activity = definition_.find_node(node.reference);
    if (activity == nowhere || !definition_.nodes[activity].activity())
      return problems_.add(node.at, "'{}' compensates '{}', which is no activity of this process", node.id,
                           node.reference);
    auto const scope = definition_.nodes[activity].scope;
    bool const taken_over = node.scope != nowhere && definition_.nodes[node.scope].event_sub &&
                            definition_.nodes[node.scope].scope == scope;
    if (scope != node.scope && !taken_over)
      problems_.add(node.at, "'{}' compensates '{}', which is not in its own scope", node.id, node.reference);
  }

  // Every element must lie on a way from where something begins.
  void check_reached() {
    NodeSet reached(definition_.nodes.size() / 64 + 1);
    std::vector<Index> todo;
    auto const visit = [&](Index node) {
      if (node == nowhere || holds(reached, node)) return;
      put(reached, node);
      todo.push_back(node);
    };
    for (Index i = 0; i < definition_.nodes.size(); ++i) {
      auto const& node = definition_.nodes[i];
      bool const begins =
          node.element == Element::start || node.event_sub || node.handler || node.instantiate ||
          (!problems_.strict() && node.incoming.empty()) ||
          (node.scope != nowhere && definition_.nodes[node.scope].ad_hoc && node.incoming.empty());
      if (begins) visit(i);
    }
    while (!todo.empty()) {
      auto const& node = definition_.nodes[todo.back()];
      todo.pop_back();
      visit(node.link);
      for (auto const number : node.boundary) visit(number);
      for (auto const number : node.outgoing) visit(definition_.flows[number].to);
    }
    for (Index i = 0; i < definition_.nodes.size(); ++i)
      if (!holds(reached, i))
        problems_.note(definition_.nodes[i].at, "'{}' is never reached from a start",
                       definition_.nodes[i].id);
  }

  Definition const& definition_;
  Problems& problems_;
};

// From where `flow` can be reached without passing `join`: backwards along the flows, over links, and from a
// boundary event to the activity it sits on.
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
    auto const here = todo.back();
    auto const& node = definition.nodes[here];
    todo.pop_back();
    visit(node.attached_to);
    for (auto const number : node.incoming) visit(definition.flows[number].from);
    if (node.element != Element::catch_event || node.trigger != Trigger::link) continue;
    for (Index i = 0; i < definition.nodes.size(); ++i)
      if (definition.nodes[i].link == here) visit(i);
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
    auto& scopes = definition.joining_scopes;
    if (std::find(scopes.begin(), scopes.end(), node.scope) == scopes.end()) scopes.push_back(node.scope);
  }
}

}  // namespace yunzhi::process
