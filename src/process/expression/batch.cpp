#include "process/expression/batch.hpp"

#include "process/expression/exact_json.hpp"
#include "process/expression/expression.hpp"
#include "process/expression/parser.hpp"

namespace yunzhi::process {
namespace {

std::string error_line(Refusal const& refusal) {
  auto const& fault = refusal.faults.front();
  auto const position = fault.field.empty() ? Value() : make_text(fault.field);
  return "{\"error\":{\"text\":" + exact_json(make_text(fill(fault.text, fault.arguments))) +
         ",\"position\":" + exact_json(position) + "}}";
}

Result<Value> answered(std::string_view line, Moment const& moment) {
  auto const request = parse_exact_json(line);
  if (!request) return request.error();
  auto const* entries = request->entries();
  auto const* expression = entries == nullptr ? nullptr : entries->find("expression");
  auto const* text = expression == nullptr ? nullptr : expression->get<std::string>();
  if (text == nullptr)
    return refuse(Why::invalid, "", "a line is an object with a text 'expression' and an object 'context'");
  auto const* context = entries->find("context");
  if (context != nullptr && !context->null() && context->entries() == nullptr)
    return refuse(Why::invalid, "", "'context' is an object with the variables");
  return evaluate_text(*text, context == nullptr ? Value() : *context, moment);
}

}  // namespace

Result<Value> evaluate_text(std::string_view expression, Value const& context, Moment const& moment) {
  Reading reading;
  add_keys(reading.names, context);
  auto const compiled = Expression::compile(expression, reading);
  if (!compiled) return compiled.error();
  return compiled->compute(context, moment);
}

std::string answer_line(std::string_view line, Moment const& moment) {
  auto const result = answered(line, moment);
  return result ? "{\"result\":" + exact_json(*result) + "}" : error_line(result.error());
}

}  // namespace yunzhi::process
