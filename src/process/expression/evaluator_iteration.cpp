// for, some and every, over lists and ranges, one iterator within the other.
#include "process/expression/arithmetic.hpp"
#include "process/expression/compare.hpp"
#include "process/expression/evaluator.hpp"

namespace yunzhi::process {
namespace {

// A range that is walked: whole numbers, or days; downwards when its ends are written so.
struct Walk {
  Value next;
  Value step;
  std::int64_t count = 0;
};

std::optional<Walk> walk_of(Range const& range) {
  auto const steps = [](std::int64_t from, std::int64_t to) {
    return (from <= to ? to - from : from - to) + 1;
  };
  auto const* low = range.low.get<Decimal>();
  auto const* high = range.high.get<Decimal>();
  if (low != nullptr && high != nullptr) {
    auto const from = low->integer();
    auto const to = high->integer();
    constexpr std::int64_t far = INT64_MAX / 4;
    if (!from || !to || *from > far || *from < -far || *to > far || *to < -far) return std::nullopt;
    return Walk{*low, Decimal(*from <= *to ? 1 : -1), steps(*from, *to)};
  }
  auto const* first = range.low.get<Date>();
  auto const* last = range.high.get<Date>();
  if (first == nullptr || last == nullptr) return std::nullopt;
  auto const day = Nanoseconds{day_ns} * (*first <= *last ? 1 : -1);
  return Walk{*first, Duration{day}, steps(first->days, last->days)};
}

}  // namespace

// Runs `act` for each item until it says stop; false when the source cannot be walked.
template <class Act>
bool Evaluator::each(Code const& code, std::uint32_t iterator, Act const& act) {
  auto const* operands = &program_.operands[code.second + 1 + std::size_t{iterator} * 2];
  auto const source = value(operands[1]);
  if (source.null()) return false;
  auto const slot = operands[0];
  if (auto const* range = source.get<RangePointer>()) {
    auto walk = walk_of(**range);
    if (!walk) return false;
    bool const skip_first = (*range)->low_open;
    if ((*range)->high_open) --walk->count;
    for (std::int64_t i = 0; i < walk->count; ++i) {
      if (!evaluation_.budget().work(1)) return false;
      slots_[slot] = walk->next;
      if ((i > 0 || !skip_first) && !act()) return true;
      walk->next = sum_of(walk->next, walk->step, evaluation_);
    }
    return true;
  }
  auto const* items = source.items();
  for (auto const& item : items == nullptr ? std::span(&source, 1) : std::span<Value const>(*items)) {
    if (!evaluation_.budget().work(1)) return false;
    slots_[slot] = item;
    if (!act()) return true;
  }
  return true;
}

Value Evaluator::iterate(Code const& code) {
  std::vector<Value> results;
  auto const partial = program_.operands[code.second];
  bool const wants_partial = program_.uses[partial];
  bool walked = true;
  auto const run = [&](auto const& self, std::uint32_t iterator) -> bool {
    if (iterator == code.third) {
      if (wants_partial) slots_[partial] = evaluation_.list(results);
      auto result = value(code.first);
      if (!evaluation_.budget().make(sizeof(Value))) return false;
      results.push_back(std::move(result));
      return true;
    }
    walked = each(code, iterator, [&] { return self(self, iterator + 1); }) && walked;
    return walked;
  };
  run(run, 0);
  return walked ? evaluation_.list(std::move(results)) : Value();
}

Value Evaluator::quantified(Code const& code, bool decisive) {
  bool walked = true;
  bool unknown = false;
  bool decided = false;
  auto const run = [&](auto const& self, std::uint32_t iterator) -> bool {
    if (iterator < code.third) {
      walked = each(code, iterator, [&] { return self(self, iterator + 1); }) && walked;
      return walked && !decided;
    }
    auto const answer = value(code.first);
    decided = answer.is(decisive);
    unknown = unknown || answer.kind() != Kind::boolean;
    return !decided;
  };
  run(run, 0);
  if (decided) return decisive;
  return walked && !unknown ? Value(!decisive) : Value();
}

}  // namespace yunzhi::process
