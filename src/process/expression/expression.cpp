#include "process/expression/expression.hpp"

#include <algorithm>

#include "process/expression/evaluator.hpp"
#include "process/expression/parser.hpp"

namespace yunzhi::process {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  auto const first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

}  // namespace

Result<Expression> Expression::compile(std::string_view text) {
  text = trimmed(text);
  if (text.starts_with('=')) text = trimmed(text.substr(1));
  auto program = parse_expression(text);
  if (!program) return program.error();
  return Expression(std::make_shared<Program const>(std::move(*program)));
}

Value Expression::evaluate(json::object const& variables, Moment const& moment) const {
  return Evaluator(*program_, variables, moment, false).run();
}

Result<bool> Expression::decide(json::object const& variables, Moment const& moment) const {
  Evaluator evaluator(*program_, variables, moment, true);
  auto const answer = evaluator.run();
  if (auto const* flag = answer.get<bool>()) return *flag;
  auto const& empty = evaluator.empty_variable();
  if (!empty.empty())
    return refuse(Why::invalid, "/" + empty, "the condition '{}' has no answer because '{}' is empty",
                  program_->text, empty);
  if (answer.null())
    return refuse(Why::invalid, "", "the condition '{}' has no answer because it compares unlike things",
                  program_->text);
  return refuse(Why::invalid, "", "the condition '{}' gives {} and not true or false", program_->text,
                answer.kind());
}

std::string const& Expression::text() const {
  return program_->text;
}

std::vector<std::string> Expression::variables() const {
  std::vector<std::string> roots;
  for (auto const& path : program_->paths)
    if (std::find(roots.begin(), roots.end(), path.front()) == roots.end()) roots.push_back(path.front());
  return roots;
}

}  // namespace yunzhi::process
