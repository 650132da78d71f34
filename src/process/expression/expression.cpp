#include "process/expression/expression.hpp"

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

Refusal beyond_limits(std::string const& text) {
  return refuse(Why::too_large, "", "the expression '{}' takes more work, memory or depth than is allowed",
                text.substr(0, 200));
}

Inputs inputs_of(Value const& context) {
  return {nullptr, context.entries(), nullptr};
}

}  // namespace

Result<Expression> Expression::compile(std::string_view text) {
  text = trimmed(text);
  if (text.starts_with('=')) text = trimmed(text.substr(1));
  Reading const reading{{}, true};
  return compile(text, reading);
}

Result<Expression> Expression::compile(std::string_view text, Reading const& reading) {
  auto program = parse_expression(text, reading);
  if (!program) return program.error();
  return Expression(std::make_shared<Program const>(std::move(*program)));
}

Result<Expression> Expression::compile_tests(std::string_view text, Reading const& reading) {
  auto program = parse_unary_tests(text, reading);
  if (!program) return program.error();
  return Expression(std::make_shared<Program const>(std::move(*program)));
}

Value Expression::evaluate(json::object const& variables, Moment const& moment) const {
  Evaluation evaluation(moment);
  return Evaluator(program_, Inputs{&variables, nullptr, nullptr}, evaluation, false).run();
}

Result<Value> Expression::compute(Value const& context, Moment const& moment) const {
  Evaluation evaluation(moment);
  auto result = evaluate(context, evaluation);
  if (evaluation.budget().spent) return beyond_limits(program_->text);
  return result;
}

Value Expression::evaluate(Value const& context, Evaluation& evaluation) const {
  return Evaluator(program_, inputs_of(context), evaluation, false).run();
}

Value Expression::test(Value const& tested, Value const& context, Evaluation& evaluation) const {
  return Evaluator(program_, inputs_of(context), evaluation, false).run(tested);
}

Result<bool> Expression::decide(json::object const& variables, Moment const& moment) const {
  Evaluation evaluation(moment);
  Evaluator evaluator(program_, Inputs{&variables, nullptr, nullptr}, evaluation, true);
  auto const answer = evaluator.run();
  if (evaluation.budget().spent) return beyond_limits(program_->text);
  if (auto const* flag = answer.get<bool>()) return *flag;
  auto const& empty = evaluator.empty_variable();
  if (!empty.empty())
    return refuse(Why::invalid, "/" + empty, "the condition '{}' has no answer because '{}' is empty",
                  program_->text, empty);
  if (answer.null())
    return refuse(Why::invalid, "", "the condition '{}' has no answer because it compares unlike things",
                  program_->text);
  return refuse(Why::invalid, "", "the condition '{}' gives {} and not true or false", program_->text,
                answer.kind_name());
}

std::string const& Expression::text() const {
  return program_->text;
}

std::vector<std::string> Expression::variables() const {
  return program_->globals;
}

}  // namespace yunzhi::process
