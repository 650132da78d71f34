#include "process/decision/boxed_reader.hpp"

#include "process/decision/boxed_forms.hpp"
#include "process/expression/parser.hpp"

namespace yunzhi::process {

pugi::xml_node BoxedReader::child(pugi::xml_node node, std::string_view local) const {
  for (auto const one : node.children())
    if (one.type() == pugi::node_element && document_->name(one).local == local) return one;
  return {};
}

std::string BoxedReader::text_of(pugi::xml_node node, std::string_view local) const {
  return child(node, local).text().as_string();
}

TypePointer BoxedReader::type_of(pugi::xml_node node) const {
  std::string_view const name = node.attribute("typeRef").value();
  if (name.empty()) return nullptr;
  if (auto own = names_.type(name)) return own;
  auto const colon = name.find(':');
  return named_type(name.substr(colon == name.npos ? 0 : colon + 1));
}

Result<Expression> BoxedReader::compiled(pugi::xml_node node, std::string const& text, bool tests) const {
  Reading const reading{names_, false};
  auto made = tests ? Expression::compile_tests(text, reading) : Expression::compile(text, reading);
  if (made) return made;
  if (tolerant_) return Expression::compile("null", reading);
  auto const refusal = made.error();
  auto const& fault = refusal.faults.front();
  return refuse(Why::invalid, document_->at(node), "the expression '{}' is wrong at {}: {}",
                text.substr(0, 200), fault.field, fault.english());
}

Result<BoxedPointer> BoxedReader::child_of(pugi::xml_node parent) {
  for (auto const node : parent.children()) {
    if (node.type() != pugi::node_element) continue;
    auto made = read(node);
    if (!made || *made != nullptr) return made;
  }
  return BoxedPointer();
}

Result<BoxedPointer> BoxedReader::read(pugi::xml_node node) {
  auto made = untyped(node);
  auto const type = type_of(node);
  if (!made || *made == nullptr || type == nullptr) return made;
  return std::make_shared<BoxedTyped const>(*made, type);
}

Result<BoxedPointer> BoxedReader::untyped(pugi::xml_node node) {
  auto const form = document_->name(node).local;
  if (form == "literalExpression") return literal(node);
  if (form == "decisionTable") return table(node);
  if (form == "context") return context(node);
  if (form == "list") return list(node);
  if (form == "relation") return relation(node);
  if (form == "invocation") return invocation(node);
  if (form == "functionDefinition" || form == "encapsulatedLogic") return function(node);
  if (form == "conditional") return conditional(node);
  if (form == "filter" || form == "for" || form == "some" || form == "every") return iteration(node, form);
  return BoxedPointer();
}

Result<BoxedPointer> BoxedReader::literal(pugi::xml_node node) {
  if (child(node, "importedValues"))
    return refuse(Why::invalid, document_->at(node), "imported values are not supported");
  auto expression = compiled(node, text_of(node, "text"), false);
  if (!expression) return expression.error();
  return std::make_shared<BoxedLiteral const>(std::move(*expression));
}

Result<BoxedPointer> BoxedReader::context(pugi::xml_node node) {
  auto made = std::make_shared<BoxedContext>();
  for (auto const one : node.children()) {
    if (document_->name(one).local != "contextEntry") continue;
    auto const variable = child(one, "variable");
    auto value = child_of(one);
    if (!value) return value;
    std::string const name = variable.attribute("name").value();
    names_.add(name);
    made->entries.push_back({name, type_of(variable), *value});
  }
  return made;
}

Result<BoxedPointer> BoxedReader::list(pugi::xml_node node) {
  auto made = std::make_shared<BoxedList>();
  for (auto const one : node.children()) {
    if (one.type() != pugi::node_element) continue;
    auto item = read(one);
    if (!item) return item;
    if (*item != nullptr) made->items.push_back(*item);
  }
  return made;
}

Result<BoxedPointer> BoxedReader::relation(pugi::xml_node node) {
  auto made = std::make_shared<BoxedRelation>();
  for (auto const one : node.children()) {
    if (document_->name(one).local == "column") {
      made->columns.emplace_back(one.attribute("name").value());
      names_.add(made->columns.back());
    }
    if (document_->name(one).local != "row") continue;
    auto& row = made->rows.emplace_back();
    for (auto const cell : one.children()) {
      if (cell.type() != pugi::node_element) continue;
      auto value = read(cell);
      if (!value) return value;
      row.push_back(*value);
    }
  }
  return made;
}

Result<BoxedPointer> BoxedReader::invocation(pugi::xml_node node) {
  auto made = std::make_shared<BoxedInvocation>();
  auto callee = child_of(node);
  if (!callee) return callee;
  if (*callee == nullptr)
    return refuse(Why::invalid, document_->at(node), "an invocation names what it invokes");
  made->function = *callee;
  for (auto const one : node.children()) {
    if (document_->name(one).local != "binding") continue;
    auto value = child_of(one);
    if (!value) return value;
    made->bindings.emplace_back(child(one, "parameter").attribute("name").value(), *value);
  }
  return made;
}

Result<std::vector<Parameter>> BoxedReader::parameters(pugi::xml_node function) {
  std::vector<Parameter> all;
  for (auto const one : function.children()) {
    if (document_->name(one).local != "formalParameter") continue;
    auto const type = type_of(one);
    all.push_back({one.attribute("name").value(), type == nullptr ? Type() : *type});
    names_.add(all.back().name);
  }
  return all;
}

Result<BoxedPointer> BoxedReader::function(pugi::xml_node node) {
  auto made = std::make_shared<BoxedFunction>();
  auto all = parameters(node);
  if (!all) return all.error();
  made->parameters = std::move(*all);
  std::string_view const kind = node.attribute("kind").value();
  if (!kind.empty() && kind != "FEEL") return made;
  auto body = child_of(node);
  if (!body) return body;
  made->body = *body;
  return made;
}

Result<BoxedPointer> BoxedReader::conditional(pugi::xml_node node) {
  auto made = std::make_shared<BoxedConditional>();
  for (auto const& [name, place] :
       {std::pair{"if", &made->condition}, {"then", &made->yes}, {"else", &made->no}}) {
    auto part = child_of(child(node, name));
    if (!part) return part;
    *place = *part;
  }
  if (made->condition == nullptr)
    return refuse(Why::invalid, document_->at(node), "a conditional has an 'if' with an expression");
  return made;
}

Result<BoxedPointer> BoxedReader::iteration(pugi::xml_node node, std::string_view form) {
  auto made = std::make_shared<BoxedIteration>();
  bool const filters = form == "filter";
  using Form = BoxedIteration::Form;
  made->form =
      filters ? Form::filter : (form == "for" ? Form::collect : (form == "some" ? Form::some : Form::every));
  made->variable = filters ? "item" : node.attribute("iteratorVariable").value();
  names_.add(made->variable);
  auto source = child_of(child(node, "in"));
  if (!source) return source;
  auto body = child_of(child(node, filters ? "match" : (form == "for" ? "return" : "satisfies")));
  if (!body) return body;
  if (*source == nullptr || *body == nullptr)
    return refuse(Why::invalid, document_->at(node), "'{}' needs a list and an expression for its items",
                  form);
  made->list = *source;
  made->body = *body;
  return made;
}

}  // namespace yunzhi::process
