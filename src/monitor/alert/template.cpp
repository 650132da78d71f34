#include "monitor/alert/template.hpp"

#include <cmath>

#include "monitor/alert/template_tree.hpp"
#include "monitor/query/format.hpp"

namespace yunzhi::monitor {

double number_of(Datum const& datum) {
  if (auto const* number = std::get_if<double>(&datum.value)) return *number;
  if (auto const* truth = std::get_if<bool>(&datum.value)) return *truth ? 1 : 0;
  double value = 0;
  return parse_number(text_of(datum), value) ? value : std::nan("");
}

std::string text_of(Datum const& datum) {
  if (auto const* text = std::get_if<std::string>(&datum.value)) return *text;
  if (auto const* number = std::get_if<double>(&datum.value)) return go_number(*number);
  if (auto const* truth = std::get_if<bool>(&datum.value)) return *truth ? "true" : "false";
  std::string text;
  if (auto const* list = datum.list()) {
    for (auto const& each : *list) text += (text.empty() ? "" : " ") + text_of(each);
    return "[" + text + "]";
  }
  if (auto const* map = datum.map()) {
    for (auto const& [name, each] : *map) text += (text.empty() ? "" : " ") + name + ":" + text_of(each);
    return "map[" + text + "]";
  }
  return text;
}

bool truth_of(Datum const& datum) {
  if (auto const* truth = std::get_if<bool>(&datum.value)) return *truth;
  if (auto const* number = std::get_if<double>(&datum.value)) return *number != 0;
  if (auto const* text = std::get_if<std::string>(&datum.value)) return !text->empty();
  if (auto const* list = datum.list()) return !list->empty();
  auto const* map = datum.map();
  return map != nullptr && !map->empty();
}

namespace {

constexpr std::size_t steps_limit = 100'000;
constexpr std::size_t text_bytes = 64 << 10;

DatumMap texts_of(Labels const& labels) {
  DatumMap result;
  for (auto const& [name, value] : labels) result.emplace(name, Datum(value));
  return result;
}

class Filling {
 public:
  explicit Filling(TemplateScope const& scope) : scope_(scope) {
    Datum const labels(texts_of(scope.labels));
    Datum const external(texts_of(scope.external_labels));
    root_ = DatumMap{{"Labels", labels},
                     {"ExternalLabels", external},
                     {"ExternalURL", Datum(scope.external_url)},
                     {"Value", Datum(scope.value)}};
    variables_ = {{"$", root_},
                  {"$labels", labels},
                  {"$value", Datum(scope.value)},
                  {"$externalLabels", external},
                  {"$externalURL", Datum(scope.external_url)}};
  }

  Result<std::string> run(std::vector<TemplateNode> const& nodes) {
    if (auto done = block(nodes, root_); !done) return done.error();
    return std::move(out_);
  }

 private:
  Result<> block(std::vector<TemplateNode> const& nodes, Datum const& dot) {
    for (auto const& node : nodes) {
      if (++steps_ > steps_limit || out_.size() > text_bytes)
        return refuse(Why::too_large, "", "the template gives too much text");
      if (auto done = fill(node, dot); !done) return done;
    }
    return {};
  }

  Result<> fill(TemplateNode const& node, Datum const& dot) {
    if (node.kind == TemplateNode::Kind::text) {
      out_ += node.text;
      return {};
    }
    auto value = evaluate(node.pipeline, dot);
    if (!value) return value.error();
    if (node.kind == TemplateNode::Kind::range) return repeat(node, *value, dot);
    if (!node.variables.empty()) variables_[node.variables[0]] = *value;
    if (node.kind == TemplateNode::Kind::action) {
      if (node.variables.empty()) out_ += text_of(*value);
      return {};
    }
    if (!truth_of(*value)) return block(node.otherwise, dot);
    return block(node.body, node.kind == TemplateNode::Kind::with ? *value : dot);
  }

  Result<> repeat(TemplateNode const& node, Datum const& value, Datum const& dot) {
    auto const once = [&](Datum const& key, Datum const& each) {
      auto const count = node.variables.size();
      if (count > 0) variables_[node.variables[count - 1]] = each;
      if (count > 1) variables_[node.variables[0]] = key;
      return block(node.body, each);
    };
    if (!truth_of(value)) return block(node.otherwise, dot);
    if (auto const* list = value.list()) {
      for (std::size_t i = 0; i < list->size(); ++i) {
        if (auto done = once(Datum(static_cast<double>(i)), (*list)[i]); !done) return done;
      }
    } else if (auto const* map = value.map()) {
      for (auto const& [name, each] : *map) {
        if (auto done = once(Datum(name), each); !done) return done;
      }
    }
    return {};
  }

  Result<Datum> evaluate(TemplatePipeline const& pipeline, Datum const& dot) {
    Datum result;
    bool piped = false;
    for (auto const& command : pipeline) {
      std::vector<Datum> arguments;
      for (std::size_t i = 1; i < command.size(); ++i) {
        auto argument = evaluate(command[i], dot);
        if (!argument) return argument;
        arguments.push_back(std::move(*argument));
      }
      if (piped) arguments.push_back(std::move(result));
      bool const function = command[0].kind == TemplateTerm::Kind::function;
      if (!function && !arguments.empty())
        return refuse(Why::invalid, "", "only a function takes arguments in a template");
      auto next = function ? call(command[0], arguments) : evaluate(command[0], dot);
      if (!next) return next;
      result = std::move(*next);
      piped = true;
    }
    return result;
  }

  Result<Datum> call(TemplateTerm const& term, std::vector<Datum> const& arguments) {
    if (++steps_ > steps_limit) return refuse(Why::too_large, "", "the template gives too much text");
    return find_template_function(term.name)->run(arguments, scope_);
  }

  Result<Datum> evaluate(TemplateTerm const& term, Datum const& dot) {
    Datum result;
    switch (term.kind) {
      case TemplateTerm::Kind::constant:
        return term.constant;
      case TemplateTerm::Kind::function:
        return call(term, {});
      case TemplateTerm::Kind::dot:
        result = dot;
        break;
      case TemplateTerm::Kind::variable:
        result = variables_[term.name];
        break;
      case TemplateTerm::Kind::pipeline: {
        auto inner = evaluate(term.pipeline, dot);
        if (!inner) return inner;
        result = std::move(*inner);
        break;
      }
    }
    for (auto const& field : term.fields) {
      auto const* map = result.map();
      auto const found = map == nullptr ? DatumMap::const_iterator() : map->find(field);
      Datum next = map == nullptr || found == map->end() ? Datum() : found->second;
      result = std::move(next);
    }
    return result;
  }

  TemplateScope const& scope_;
  Datum root_;
  std::map<std::string, Datum> variables_;
  std::string out_;
  std::size_t steps_ = 0;
};

}  // namespace

Result<Template> Template::make(std::string_view text) {
  auto nodes = parse_template(text);
  if (!nodes) return nodes.error();
  Template result;
  result.text_ = text;
  result.nodes_ = std::make_shared<std::vector<TemplateNode> const>(std::move(*nodes));
  return result;
}

std::string Template::fill(TemplateScope const& scope) const {
  auto filled = Filling(scope).run(*nodes_);
  if (!filled) return "<error expanding template: " + filled.error().english() + ">";
  return std::move(*filled);
}

}  // namespace yunzhi::monitor
