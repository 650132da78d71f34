// The decision requirements graph as DMN's XML writes it.
#include <algorithm>

#include "base/limits.hpp"
#include "process/decision/boxed_reader.hpp"
#include "process/decision/decision_graph.hpp"
#include "process/decision/item_definitions.hpp"

namespace yunzhi::process {
namespace {

using ElementKind = DecisionGraph::Kind;

class Reader {
 public:
  Reader(XmlDocument const& document, bool tolerant)
      : document_(document), tolerant_(tolerant), boxed_(document, names_, tolerant) {}

  Result<DecisionGraph> read() {
    auto const root = document_.root();
    if (document_.name(root).local != "definitions" ||
        document_.name(root).space.find("www.omg.org/spec/DMN/") == std::string_view::npos)
      return refuse(Why::invalid, document_.at(root),
                    "this is no DMN file: 'definitions' of DMN are expected");
    if (boxed_.child(root, "import"))
      return refuse(Why::invalid, document_.at(boxed_.child(root, "import")),
                    "imports of other models are not supported");
    if (auto const types = read_item_definitions(document_, names_, tolerant_); !types) return types.error();
    collect(root);
    if (graph_.elements.size() > limits::decision_elements)
      return refuse(Why::too_large, "", "a decision model has at most {} elements",
                    limits::decision_elements);
    boxed_ = BoxedReader(document_, names_, tolerant_);
    for (std::size_t i = 0; i < nodes_.size(); ++i)
      if (auto const done = complete(nodes_[i], graph_.elements[i]); !done) return done.error();
    marks_.assign(graph_.elements.size(), Mark::fresh);
    for (std::uint32_t i = 0; i < graph_.elements.size(); ++i)
      if (auto const free = acyclic(i); !free) return free.error();
    return std::move(graph_);
  }

 private:
  void collect(pugi::xml_node root) {
    constexpr std::pair<std::string_view, ElementKind> kinds[] = {
        {"inputData", ElementKind::input},
        {"decision", ElementKind::decision},
        {"businessKnowledgeModel", ElementKind::knowledge},
        {"decisionService", ElementKind::service}};
    for (auto const node : root.children())
      for (auto const& [name, kind] : kinds) {
        if (document_.name(node).local != name) continue;
        auto& element = graph_.elements.emplace_back();
        element.kind = kind;
        element.id = node.attribute("id").value();
        auto const variable = boxed_.child(node, "variable").attribute("name");
        element.name = variable ? variable.value() : node.attribute("name").value();
        names_.add(element.name);
        nodes_.push_back(node);
      }
  }

  Result<> complete(pugi::xml_node node, DecisionGraph::Element& element) {
    element.type = boxed_.type_of(boxed_.child(node, "variable"));
    for (auto const one : node.children())
      if (auto const linked = link(one, element); !linked) return linked.error();
    auto boxed = boxed_;
    auto const logic =
        element.kind == ElementKind::knowledge ? boxed_.child(node, "encapsulatedLogic") : node;
    if (element.kind == ElementKind::service) {
      hold_to_function_type(element);
      return service_parameters(element);
    }
    if (element.kind == ElementKind::knowledge) {
      auto all = boxed.parameters(logic);
      if (!all) return all.error();
      element.parameters = std::move(*all);
      hold_to_function_type(element);
      std::string_view const kind = logic.attribute("kind").value();
      if (!kind.empty() && kind != "FEEL") return {};
    }
    auto made = boxed.child_of(logic);
    if (!made) return made.error();
    element.logic = *made;
    return {};
  }

  // What is called may be typed as its results are, or (DMN 1.3) as the function it is.
  static void hold_to_function_type(DecisionGraph::Element& element) {
    auto const type = element.type;
    if (type == nullptr || type->form != Type::Form::simple || type->kind != Kind::function) return;
    element.type = type->element;
    for (auto& parameter : element.parameters)
      for (auto const& [name, told] : type->members)
        if (parameter.name == name && parameter.type.any()) parameter.type = *told;
  }

  Result<> link(pugi::xml_node one, DecisionGraph::Element& element) {
    auto const kind = document_.name(one).local;
    auto* list = kind == "outputDecision"
                     ? &element.outputs
                     : (kind == "inputDecision" || kind == "inputData" ? &element.given : nullptr);
    if (list != nullptr && element.kind == ElementKind::service) return add(one, *list);
    if (kind != "informationRequirement" && kind != "knowledgeRequirement") return {};
    for (auto const target : one.children())
      if (target.attribute("href"))
        if (auto const added = add(target, element.required); !added) return added.error();
    return {};
  }

  Result<> add(pugi::xml_node reference, std::vector<std::uint32_t>& list) {
    std::string_view const href = reference.attribute("href").value();
    auto const id = href.substr(href.find('#') == href.npos ? 0 : href.find('#') + 1);
    for (std::uint32_t i = 0; i < graph_.elements.size(); ++i)
      if (graph_.elements[i].id == id) {
        list.push_back(i);
        return {};
      }
    return refuse(Why::invalid, document_.at(reference), "there is no element '{}' in this model", href);
  }

  Result<> service_parameters(DecisionGraph::Element& element) {
    for (auto const number : element.given) {
      auto const& given = graph_.elements[number];
      auto const type = boxed_.type_of(boxed_.child(nodes_[number], "variable"));
      element.parameters.push_back({given.name, type == nullptr ? Type() : *type});
    }
    return {};
  }

  enum class Mark : std::uint8_t { fresh, open, done };

  // Knowledge may require itself, as a recursive function does; a decision may not.
  Result<> acyclic(std::uint32_t number) {
    if (marks_[number] != Mark::fresh) {
      if (marks_[number] == Mark::done || graph_.elements[number].kind != ElementKind::decision) return {};
      return refuse(Why::invalid, document_.at(nodes_[number]), "the decision '{}' requires itself",
                    graph_.elements[number].name);
    }
    marks_[number] = Mark::open;
    auto const& element = graph_.elements[number];
    for (auto const* list : {&element.required, &element.outputs})
      for (auto const next : *list)
        if (auto free = acyclic(next); !free) return free;
    marks_[number] = Mark::done;
    return {};
  }

  XmlDocument const& document_;
  bool tolerant_;
  Names names_;
  BoxedReader boxed_;
  DecisionGraph graph_;
  std::vector<pugi::xml_node> nodes_;
  std::vector<Mark> marks_;
};

}  // namespace

Result<DecisionGraph> read_decision_graph(XmlDocument const& document, bool tolerant) {
  return Reader(document, tolerant).read();
}

}  // namespace yunzhi::process
