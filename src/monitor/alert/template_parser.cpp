// Reads templates: actions between {{ }}, their pipelines, and the blocks that if, with and range make.
#include <algorithm>
#include <set>

#include "monitor/alert/template_tree.hpp"
#include "monitor/query/format.hpp"
#include "monitor/query/token.hpp"

namespace yunzhi::monitor {
namespace {

constexpr std::size_t nesting_limit = 20;

std::string_view trimmed_right(std::string_view text) {
  auto const last = text.find_last_not_of(" \t\r\n");
  return last == text.npos ? std::string_view() : text.substr(0, last + 1);
}

// Text between actions, and actions without their braces.
struct Piece {
  bool action = false;
  std::string_view text;
};

// The end of an action: }} outside of texts between quotes.
std::size_t end_of_action(std::string_view text, std::size_t at) {
  for (; at + 1 < text.size(); ++at) {
    char const c = text[at];
    if (c == '"' || c == '`') {
      for (++at; at < text.size() && text[at] != c; ++at) {
        if (text[at] == '\\' && c == '"') ++at;
      }
    } else if (c == '}' && text[at + 1] == '}') {
      return at;
    }
  }
  return text.npos;
}

Result<std::vector<Piece>> pieces_of(std::string_view text) {
  std::vector<Piece> pieces;
  bool trim_next = false;
  while (!text.empty()) {
    auto const open = text.find("{{");
    auto literal = text.substr(0, open);
    if (trim_next) literal.remove_prefix(std::min(literal.find_first_not_of(" \t\r\n"), literal.size()));
    trim_next = false;
    if (open == text.npos) {
      pieces.push_back({false, literal});
      break;
    }
    auto const close = end_of_action(text, open + 2);
    if (close == text.npos) return refuse(Why::invalid, "", "a template has {{ without }}");
    auto action = text.substr(open + 2, close - open - 2);
    if (action.starts_with("- ")) {
      action.remove_prefix(1);
      literal = trimmed_right(literal);
    }
    if (action.ends_with(" -")) {
      action.remove_suffix(1);
      trim_next = true;
    }
    if (!literal.empty()) pieces.push_back({false, literal});
    pieces.push_back({true, action});
    text.remove_prefix(close + 2);
  }
  return pieces;
}

class ActionReader {
 public:
  ActionReader(std::string_view text, std::set<std::string>& variables)
      : rest_(text), variables_(variables) {}

  [[nodiscard]] bool at_end() {
    skip_blanks();
    return rest_.empty();
  }

  bool take_word(std::string_view word) {
    skip_blanks();
    bool const found = rest_.starts_with(word) &&
                       (rest_.size() == word.size() ||
                        std::string_view(" \t\r\n(\"").find(rest_[word.size()]) != std::string_view::npos);
    if (found) rest_.remove_prefix(word.size());
    return found;
  }

  // $i, $x := ...
  std::vector<std::string> declaration() {
    auto const before = rest_;
    std::vector<std::string> names;
    for (skip_blanks(); rest_.starts_with('$'); skip_blanks()) {
      names.push_back(identifier());
      skip_blanks();
      if (!take(",")) break;
    }
    if (!names.empty() && (take(":=") || take("="))) {
      variables_.insert(names.begin(), names.end());
      return names;
    }
    rest_ = before;
    return {};
  }

  Result<TemplatePipeline> pipeline() {
    if (++nesting_ > nesting_limit)
      return refuse(Why::invalid, "", "a template is nested deeper than {}", nesting_limit);
    TemplatePipeline result;
    do {
      auto next = command();
      if (!next) return next.error();
      if (auto done = check(*next, !result.empty()); !done) return done.error();
      result.push_back(std::move(*next));
      skip_blanks();
    } while (take("|"));
    --nesting_;
    return result;
  }

  Result<TemplatePipeline> whole_pipeline() {
    auto result = pipeline();
    if (result && !at_end()) return refuse(Why::invalid, "", "a template has text it cannot read: {}", rest_);
    return result;
  }

 private:
  void skip_blanks() { rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t\r\n"), rest_.size())); }
  bool take(std::string_view text) {
    bool const found = rest_.starts_with(text);
    if (found) rest_.remove_prefix(text.size());
    return found;
  }
  std::string identifier() {
    auto const length = std::min(rest_.find_first_of(" \t\r\n|()\",.:="), rest_.size());
    std::string word(rest_.substr(0, length));
    rest_.remove_prefix(length);
    return word;
  }
  std::vector<std::string> fields() {
    std::vector<std::string> names;
    while (take(".")) names.push_back(identifier());
    return names;
  }

  static Result<> check(TemplateCommand const& command, bool piped) {
    auto const& first = command.front();
    // A function that stands as an argument is called with none.
    for (std::size_t i = 1; i < command.size(); ++i)
      if (command[i].kind == TemplateTerm::Kind::function)
        if (auto fits = check_count(command[i], 0); !fits) return fits;
    // As in Go: what is never a function is refused behind |, what may hold anything when it is filled.
    bool const fixed = first.kind == TemplateTerm::Kind::constant ||
                       (first.kind == TemplateTerm::Kind::dot && first.fields.empty());
    if (piped && fixed) return refuse(Why::invalid, "", "a function stands after | in a template");
    if (first.kind != TemplateTerm::Kind::function) return {};
    return check_count(first, command.size() - 1 + (piped ? 1 : 0));
  }

  static Result<> check_count(TemplateTerm const& term, std::size_t count) {
    auto const* function = find_template_function(term.name);
    if (count >= function->least && count <= function->most) return {};
    return refuse(Why::invalid, "", "the template function {} takes {} arguments, not {}", term.name,
                  function->least, count);
  }

  Result<TemplateCommand> command() {
    TemplateCommand result;
    for (skip_blanks(); !rest_.empty() && rest_.front() != '|' && rest_.front() != ')'; skip_blanks()) {
      auto next = term();
      if (!next) return next.error();
      result.push_back(std::move(*next));
    }
    if (result.empty()) return refuse(Why::invalid, "", "a template has an action without a value");
    return result;
  }

  Result<TemplateTerm> term() {
    TemplateTerm result;
    if (take("(")) {
      auto inner = pipeline();
      if (!inner) return inner.error();
      skip_blanks();
      if (!take(")")) return refuse(Why::invalid, "", "a template has an open parenthesis");
      result.kind = TemplateTerm::Kind::pipeline;
      result.pipeline = std::move(*inner);
      result.fields = fields();
      return result;
    }
    if (rest_.front() == '"' || rest_.front() == '`') return text_constant();
    if (rest_.front() == '.' && (rest_.size() == 1 || rest_[1] < '0' || rest_[1] > '9')) {
      result.kind = TemplateTerm::Kind::dot;
      result.fields =
          rest_.size() > 1 && std::string_view(" \t\r\n|)").find(rest_[1]) == std::string_view::npos
              ? fields()
              : (take("."), std::vector<std::string>());
      return result;
    }
    if (rest_.front() == '$') return variable();
    return word();
  }

  Result<TemplateTerm> variable() {
    TemplateTerm result;
    result.kind = TemplateTerm::Kind::variable;
    result.name = identifier();
    result.fields = fields();
    if (!variables_.contains(result.name))
      return refuse(Why::invalid, "", "a template knows no variable \"{}\"", result.name);
    return result;
  }

  Result<TemplateTerm> word() {
    TemplateTerm result;
    auto const length = std::min(rest_.find_first_of(" \t\r\n|()"), rest_.size());
    auto const text = rest_.substr(0, length);
    double number = 0;
    if (text == "true" || text == "false") {
      result.constant = Datum(text == "true");
    } else if (parse_number(text, number)) {
      result.constant = Datum(number);
    } else {
      result.kind = TemplateTerm::Kind::function;
      result.name = text;
      if (find_template_function(text) == nullptr)
        return refuse(
            Why::invalid, "",
            "a template knows no \"{}\"; it knows $labels.name, $value, and functions such as humanize",
            text);
    }
    rest_.remove_prefix(std::max<std::size_t>(length, 1));
    return result;
  }

  Result<TemplateTerm> text_constant() {
    char const quote = rest_.front();
    std::size_t end = 1;
    while (end < rest_.size() && rest_[end] != quote) end += rest_[end] == '\\' && quote == '"' ? 2 : 1;
    if (end >= rest_.size()) return refuse(Why::invalid, "", "a text in a template has no closing quote");
    auto tokens = tokens_of(rest_.substr(0, end + 1));
    if (!tokens) return refuse(Why::invalid, "", "a text in a template has an unknown escape");
    rest_.remove_prefix(end + 1);
    TemplateTerm result;
    result.constant = Datum(tokens->front().value);
    return result;
  }

  std::string_view rest_;
  std::set<std::string>& variables_;
  std::size_t nesting_ = 0;
};

class TemplateParser {
 public:
  explicit TemplateParser(std::vector<Piece> pieces) : pieces_(std::move(pieces)) {}

  Result<std::vector<TemplateNode>> run() {
    auto nodes = block(0);
    if (nodes && at_ < pieces_.size())
      return refuse(Why::invalid, "", "a template has {} without its beginning",
                    std::string(pieces_[at_].text));
    return nodes;
  }

 private:
  // Up to an `end` or `else` that is not its own.
  Result<std::vector<TemplateNode>> block(std::size_t depth) {
    if (depth > nesting_limit)
      return refuse(Why::invalid, "", "a template is nested deeper than {}", nesting_limit);
    std::vector<TemplateNode> nodes;
    for (; at_ < pieces_.size(); ++at_) {
      auto const& piece = pieces_[at_];
      if (!piece.action) {
        nodes.push_back({TemplateNode::Kind::text, std::string(piece.text), {}, {}, {}, {}});
        continue;
      }
      ActionReader reader(piece.text, variables_);
      if (reader.take_word("end") || reader.take_word("else")) return nodes;
      if (is_comment(piece.text)) continue;
      auto node = action(reader, depth);
      if (!node) return node.error();
      nodes.push_back(std::move(*node));
    }
    return nodes;
  }

  static bool is_comment(std::string_view text) {
    auto const begin = text.find_first_not_of(" \t\r\n");
    return begin != text.npos && text.substr(begin).starts_with("/*");
  }

  Result<TemplateNode> action(ActionReader& reader, std::size_t depth) {
    TemplateNode node;
    node.kind = reader.take_word("if")      ? TemplateNode::Kind::branch
                : reader.take_word("with")  ? TemplateNode::Kind::with
                : reader.take_word("range") ? TemplateNode::Kind::range
                                            : TemplateNode::Kind::action;
    node.variables = reader.declaration();
    auto pipeline = reader.whole_pipeline();
    if (!pipeline) return pipeline.error();
    node.pipeline = std::move(*pipeline);
    if (node.kind == TemplateNode::Kind::action) return node;
    ++at_;
    auto body = block(depth + 1);
    if (!body) return body.error();
    node.body = std::move(*body);
    return alternative(std::move(node), depth);
  }

  Result<TemplateNode> alternative(TemplateNode node, std::size_t depth) {
    if (at_ >= pieces_.size())
      return refuse(Why::invalid, "", "a template has if, with or range without end");
    ActionReader reader(pieces_[at_].text, variables_);
    if (reader.take_word("end")) return node;
    reader.take_word("else");
    if (!reader.at_end()) {
      auto nested = action(reader, depth + 1);  // else if: its end is the end of both
      if (!nested) return nested;
      node.otherwise.push_back(std::move(*nested));
      return node;
    }
    ++at_;
    auto otherwise = block(depth + 1);
    if (!otherwise) return otherwise.error();
    node.otherwise = std::move(*otherwise);
    bool const ended = at_ < pieces_.size() && ActionReader(pieces_[at_].text, variables_).take_word("end");
    if (!ended) return refuse(Why::invalid, "", "a template has if, with or range without end");
    return node;
  }

  std::vector<Piece> pieces_;
  std::size_t at_ = 0;
  std::set<std::string> variables_{"$", "$labels", "$value", "$externalLabels", "$externalURL"};
};

}  // namespace

Result<std::vector<TemplateNode>> parse_template(std::string_view text) {
  auto pieces = pieces_of(text);
  if (!pieces) return pieces.error();
  return TemplateParser(std::move(*pieces)).run();
}

}  // namespace yunzhi::monitor
