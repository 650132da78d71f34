// Lists, contexts, ranges, filters, and functions made and called.
#include "process/expression/builtins.hpp"
#include "process/expression/compare.hpp"
#include "process/expression/evaluator.hpp"

namespace yunzhi::process {
namespace {

/// A function written in FEEL, with the slots and variables it sees.
struct Closure final : Function {
  std::shared_ptr<Program const> program;
  std::uint32_t number = 0;
  std::vector<Value> captured;
  std::shared_ptr<std::vector<Value> const> globals;

  [[nodiscard]] Value call(Evaluation& evaluation, std::span<Value const> arguments) const override {
    auto const& code = program->functions[number];
    if (code.external) return {};
    std::vector<Value> slots(captured);
    slots.insert(slots.end(), arguments.begin(), arguments.end());
    if (!evaluation.budget().make(program->slots * sizeof(Value))) return {};
    return Evaluator(program, Inputs{nullptr, nullptr, globals}, evaluation, false)
        .run(code.body, std::move(slots));
  }
};

}  // namespace

Value Evaluator::list(Code const& code) {
  std::vector<Value> items;
  items.reserve(code.third);
  for (std::uint32_t i = 0; i < code.third; ++i) items.push_back(value(program_.operands[code.second + i]));
  return evaluation_.list(std::move(items));
}

Value Evaluator::context(Code const& code) {
  std::vector<ContextEntry> entries;
  entries.reserve(code.third);
  for (std::uint32_t i = 0; i < code.third; ++i) {
    auto const* operands = &program_.operands[code.second + std::size_t{i} * 3];
    auto made = value(operands[1]);
    slots_[operands[2]] = made;
    entries.push_back({program_.names[operands[0]], std::move(made)});
  }
  if (!evaluation_.budget().make(entries.size() * sizeof(ContextEntry))) return {};
  return make_context(std::move(entries));
}

Value Evaluator::range(Code const& code) {
  Range range{value(code.first), value(code.second), (code.third & Bounds::low_open) != 0,
              (code.third & Bounds::high_open) != 0};
  bool const low_missing = range.low.null() && (code.third & Bounds::no_low) == 0;
  bool const high_missing = range.high.null() && (code.third & Bounds::no_high) == 0;
  if (low_missing && high_missing) return {};
  if (low_missing || high_missing) {
    // A side that is written but null leaves the range open there.
    range.low_open = range.low_open || low_missing;
    range.high_open = range.high_open || high_missing;
  }
  auto const order = compare(range.low, range.high);
  bool const one_sided = range.low.null() || range.high.null();
  if (one_sided ? depth_of(range.low) + depth_of(range.high) != 0 : !order) return {};
  return make_range(std::move(range));
}

Value Evaluator::filter(Code const& code) {
  auto const operand = value(code.first);
  if (operand.null()) return {};
  auto const saved = slots_[code.third];
  auto result = filtered(code, operand);
  slots_[code.third] = saved;
  return result;
}

// The first answer tells whether the filter is a position or a condition. What is no list is one of one item.
Value Evaluator::filtered(Code const& code, Value const& operand) {
  auto const* items = operand.items();
  std::span<Value const> const all =
      items == nullptr ? std::span(&operand, 1) : std::span<Value const>(*items);
  slots_[code.third] = all.empty() ? Value() : all.front();
  auto first = value(code.second);
  if (auto const* number = first.get<Decimal>()) {
    auto const size = static_cast<std::int64_t>(all.size());
    auto const at = number->integer();
    if (!at || *at == 0 || *at > size || *at < -size) return {};
    return all[static_cast<std::size_t>(*at > 0 ? *at - 1 : size + *at)];
  }
  std::vector<Value> kept;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (evaluation_.budget().spent) return {};
    if (i > 0) {
      slots_[code.third] = all[i];
      first = value(code.second);
    }
    if (first.is(true)) kept.push_back(all[i]);
    if (!first.null() && first.kind() != Kind::boolean) return {};
  }
  return evaluation_.list(std::move(kept));
}

Value Evaluator::called(Code const& code) {
  constexpr std::size_t few = 4;
  auto const& builtin = builtins()[code.first];
  if (code.third <= few) {
    std::array<Value, few> arguments;
    for (std::uint32_t i = 0; i < code.third; ++i) arguments[i] = value(program_.operands[code.second + i]);
    return call_builtin(builtin, {arguments.data(), code.third}, evaluation_);
  }
  std::vector<Value> arguments;
  for (std::uint32_t i = 0; i < code.third; ++i)
    arguments.push_back(value(program_.operands[code.second + i]));
  return call_builtin(builtin, arguments, evaluation_);
}

Value Evaluator::called_by_name(Code const& code) {
  std::vector<Value> arguments;
  for (std::uint32_t i = 1; i <= code.third; ++i)
    arguments.push_back(value(program_.operands[code.second + i]));
  return call_builtin(builtins()[code.first], arguments, evaluation_, program_.operands[code.second]);
}

Value Evaluator::invoked(Code const& code) {
  auto const callee = value(code.first);
  std::vector<Value> arguments;
  for (std::uint32_t i = 0; i < code.third; ++i)
    arguments.push_back(value(program_.operands[code.second + i]));
  return evaluation_.invoke(callee, arguments);
}

Value Evaluator::invoked_by_name(Code const& code) {
  auto const callee = value(code.first);
  auto const* function = callee.get<FunctionPointer>();
  if (function == nullptr) return {};
  auto const& parameters = (*function)->parameters;
  std::vector<Value> arguments(parameters.size());
  if (code.third != parameters.size()) return {};
  for (std::uint32_t i = 0; i < code.third; ++i) {
    auto const& name = *program_.names[program_.operands[code.second + std::size_t{i} * 2]];
    auto const found = std::find_if(parameters.begin(), parameters.end(),
                                    [&](Parameter const& parameter) { return parameter.name == name; });
    if (found == parameters.end()) return {};
    arguments[static_cast<std::size_t>(found - parameters.begin())] =
        value(program_.operands[code.second + std::size_t{i} * 2 + 1]);
  }
  return evaluation_.invoke(callee, arguments);
}

Value Evaluator::function(Code const& code) {
  auto const& written = program_.functions[code.first];
  auto closure = std::make_shared<Closure>();
  closure->parameters = written.parameters;
  closure->result = written.result;
  closure->program = owner_;
  closure->number = code.first;
  closure->captured.assign(slots_.begin(), slots_.begin() + written.first_slot);
  closure->globals = all_globals();
  std::size_t depth = 0;
  for (auto const& value : closure->captured) depth = std::max(depth, depth_of(value));
  closure->depth = depth + 1;
  if (depth >= limits::expression_value_depth) return {};
  if (!evaluation_.budget().make((closure->captured.size() + 8) * sizeof(Value))) return {};
  return FunctionPointer(std::move(closure));
}

}  // namespace yunzhi::process
