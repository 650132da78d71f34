#include "process/expression/statistics.hpp"

#include <algorithm>

#include "process/expression/compare.hpp"

namespace yunzhi::process {
namespace {

using Numbers = std::vector<Decimal>;

// Nothing when one item is no number.
std::optional<Numbers> numbers_of(Arguments a, Evaluation& evaluation) {
  Numbers numbers;
  auto const& items = *a[0].items();
  if (!evaluation.budget().work(items.size())) return std::nullopt;
  for (auto const& item : items) {
    auto const* number = item.get<Decimal>();
    if (number == nullptr) return std::nullopt;
    numbers.push_back(*number);
  }
  return numbers;
}

using Join = std::optional<Decimal> (*)(Decimal, Decimal);

std::optional<Decimal> folded(Numbers const& numbers, Join join) {
  if (numbers.empty()) return std::nullopt;
  std::optional<Decimal> result = numbers.front();
  for (std::size_t i = 1; i < numbers.size() && result; ++i) result = join(*result, numbers[i]);
  return result;
}

Decimal size_of(Numbers const& numbers) {
  return Decimal(static_cast<std::int64_t>(numbers.size()));
}

std::optional<Decimal> mean_of(Numbers const& numbers) {
  auto const sum = folded(numbers, add);
  return sum ? divide(*sum, size_of(numbers)) : std::nullopt;
}

Value extreme(Arguments a, Evaluation& evaluation, int wanted) {
  auto const& items = *a[0].items();
  if (items.empty() || !evaluation.budget().work(items.size())) return {};
  auto const* best = &items.front();
  for (auto const& item : items) {
    auto const order = compare(item, *best);
    if (!order) return {};
    if (*order == wanted) best = &item;
  }
  return *best;
}

Value decided(Arguments a, Evaluation& evaluation, bool decisive) {
  bool unknown = false;
  auto const& items = *a[0].items();
  if (!evaluation.budget().work(items.size())) return {};
  for (auto const& item : items) {
    if (item.is(decisive)) return decisive;
    unknown = unknown || item.kind() != Kind::boolean;
  }
  return unknown ? Value() : Value(!decisive);
}

}  // namespace

Value least(Arguments a, Evaluation& evaluation) {
  return extreme(a, evaluation, -1);
}
Value greatest(Arguments a, Evaluation& evaluation) {
  return extreme(a, evaluation, 1);
}

Value total(Arguments a, Evaluation& evaluation) {
  auto const numbers = numbers_of(a, evaluation);
  return numbers ? Value(folded(*numbers, add)) : Value();
}

Value product(Arguments a, Evaluation& evaluation) {
  auto const numbers = numbers_of(a, evaluation);
  return numbers ? Value(folded(*numbers, multiply)) : Value();
}

Value mean(Arguments a, Evaluation& evaluation) {
  auto const numbers = numbers_of(a, evaluation);
  return numbers ? Value(mean_of(*numbers)) : Value();
}

Value median(Arguments a, Evaluation& evaluation) {
  auto numbers = numbers_of(a, evaluation);
  if (!numbers || numbers->empty()) return {};
  std::sort(numbers->begin(), numbers->end());
  auto const middle = numbers->size() / 2;
  if (numbers->size() % 2 != 0) return (*numbers)[middle];
  return mean_of({(*numbers)[middle - 1], (*numbers)[middle]});
}

Value standard_deviation(Arguments a, Evaluation& evaluation) {
  auto const numbers = numbers_of(a, evaluation);
  if (!numbers || numbers->size() < 2) return {};
  auto const middle = mean_of(*numbers);
  Numbers squares;
  for (auto const number : *numbers) {
    auto const gap = middle ? subtract(number, *middle) : std::nullopt;
    auto const square = gap ? multiply(*gap, *gap) : std::nullopt;
    if (!square) return {};
    squares.push_back(*square);
  }
  auto const sum = folded(squares, add);
  auto const variance =
      sum ? divide(*sum, Decimal(static_cast<std::int64_t>(squares.size()) - 1)) : std::nullopt;
  return variance ? Value(square_root(*variance)) : Value();
}

Value mode(Arguments a, Evaluation& evaluation) {
  auto numbers = numbers_of(a, evaluation);
  if (!numbers) return {};
  std::sort(numbers->begin(), numbers->end());
  std::vector<Value> modes;
  std::ptrdiff_t most = 0;
  for (auto from = numbers->begin(); from != numbers->end();) {
    auto const to = std::upper_bound(from, numbers->end(), *from);
    if (to - from > most) modes.clear();
    if (to - from >= most) modes.emplace_back(*from);
    most = std::max(most, to - from);
    from = to;
  }
  return evaluation.list(std::move(modes));
}

Value every_true(Arguments a, Evaluation& evaluation) {
  return decided(a, evaluation, false);
}
Value some_true(Arguments a, Evaluation& evaluation) {
  return decided(a, evaluation, true);
}

}  // namespace yunzhi::process
