// List functions (DMN 1.3, 10.3.4.4) that order, cut and join lists.
#include <algorithm>
#include <array>

#include "process/expression/builtins.hpp"
#include "process/expression/compare.hpp"
#include "process/expression/statistics.hpp"

namespace yunzhi::process {
namespace {

using Items = std::vector<Value>;

Items const& items_at(Arguments a, std::size_t at) {
  return *a[at].items();
}

bool same(Value const& left, Value const& right) {
  return equal(left, right).value_or(false);
}

bool holds_item(Items const& items, Value const& item, Evaluation& evaluation) {
  return evaluation.budget().work(items.size()) &&
         std::any_of(items.begin(), items.end(), [&](Value const& one) { return same(one, item); });
}

// The index that a position from 1, or from the end when negative, means in a list of that size.
std::optional<std::size_t> index_of_position(Value const& position, std::size_t size) {
  auto const at = small_integer(position);
  auto const count = static_cast<std::int64_t>(size);
  if (!at || *at == 0 || *at > count || *at < -count) return std::nullopt;
  return static_cast<std::size_t>(*at > 0 ? *at - 1 : count + *at);
}

Value list_contains(Arguments a, Evaluation& evaluation) {
  return holds_item(items_at(a, 0), a[1], evaluation);
}

Value count(Arguments a, Evaluation&) {
  return Decimal(static_cast<std::int64_t>(items_at(a, 0).size()));
}

Value sublist(Arguments a, Evaluation& evaluation) {
  auto const& items = items_at(a, 0);
  auto const from = index_of_position(a[1], items.size());
  if (!from) return {};
  auto length = items.size() - *from;
  if (auto const* wanted = given(a, 2)) {
    auto const many = small_integer(*wanted);
    if (!many || *many < 1 || static_cast<std::size_t>(*many) > length) return {};
    length = static_cast<std::size_t>(*many);
  }
  auto const first = items.begin() + static_cast<std::ptrdiff_t>(*from);
  return evaluation.list({first, first + static_cast<std::ptrdiff_t>(length)});
}

Value append(Arguments a, Evaluation& evaluation) {
  Items all = items_at(a, 0);
  auto const& more = items_at(a, 1);
  all.insert(all.end(), more.begin(), more.end());
  return evaluation.list(std::move(all));
}

// Adds the items of each list; false when one argument is null.
bool join(Items const& lists, Evaluation& evaluation, Items& all) {
  for (auto const& list : lists) {
    if (list.null()) return false;
    auto const* items = list.items();
    if (items == nullptr) {
      all.push_back(list);
    } else {
      if (!evaluation.budget().make(items->size() * sizeof(Value))) return false;
      all.insert(all.end(), items->begin(), items->end());
    }
  }
  return true;
}

Value concatenate(Arguments a, Evaluation& evaluation) {
  Items all;
  return join(items_at(a, 0), evaluation, all) ? evaluation.list(std::move(all)) : Value();
}

Value insert_before(Arguments a, Evaluation& evaluation) {
  auto const at = index_of_position(a[1], items_at(a, 0).size());
  if (!at) return {};
  Items all = items_at(a, 0);
  all.insert(all.begin() + static_cast<std::ptrdiff_t>(*at), a[2]);
  return evaluation.list(std::move(all));
}

Value remove(Arguments a, Evaluation& evaluation) {
  auto const at = index_of_position(a[1], items_at(a, 0).size());
  if (!at) return {};
  Items all = items_at(a, 0);
  all.erase(all.begin() + static_cast<std::ptrdiff_t>(*at));
  return evaluation.list(std::move(all));
}

Value reverse(Arguments a, Evaluation& evaluation) {
  auto const& items = items_at(a, 0);
  return evaluation.list({items.rbegin(), items.rend()});
}

Value index_of(Arguments a, Evaluation& evaluation) {
  Items found;
  auto const& items = items_at(a, 0);
  if (!evaluation.budget().work(items.size())) return {};
  for (std::size_t i = 0; i < items.size(); ++i)
    if (same(items[i], a[1])) found.push_back(Decimal(static_cast<std::int64_t>(i + 1)));
  return evaluation.list(std::move(found));
}

Value distinct(Items const& items, Evaluation& evaluation) {
  Items kept;
  for (auto const& item : items)
    if (!holds_item(kept, item, evaluation)) kept.push_back(item);
  return evaluation.list(std::move(kept));
}
Value distinct_values(Arguments a, Evaluation& evaluation) {
  return distinct(items_at(a, 0), evaluation);
}
Value union_of(Arguments a, Evaluation& evaluation) {
  Items all;
  return join(items_at(a, 0), evaluation, all) ? distinct(all, evaluation) : Value();
}

void flatten_into(Items const& items, Items& flat, Evaluation& evaluation) {
  for (auto const& item : items) {
    if (!evaluation.budget().make(sizeof(Value))) return;
    auto const* inner = item.items();
    if (inner == nullptr) {
      flat.push_back(item);
    } else {
      flatten_into(*inner, flat, evaluation);
    }
  }
}
Value flatten(Arguments a, Evaluation& evaluation) {
  Items flat;
  flatten_into(items_at(a, 0), flat, evaluation);
  return evaluation.list(std::move(flat));
}

Value replace_where(Items all, Value const& match, Value const& item, Evaluation& evaluation) {
  for (auto& one : all) {
    std::array const arguments{one, item};
    auto const answer = evaluation.invoke(match, arguments);
    if (answer.kind() != Kind::boolean) return {};
    if (answer.is(true)) one = item;
  }
  return evaluation.list(std::move(all));
}

Value list_replace(Arguments a, Evaluation& evaluation) {
  Items all = items_at(a, 0);
  if (a[1].kind() == Kind::function) return replace_where(std::move(all), a[1], a[2], evaluation);
  auto const at = index_of_position(a[1], all.size());
  if (!at) return {};
  all[*at] = a[2];
  return evaluation.list(std::move(all));
}

// Merges by the order the function gives, whatever it says: it need not be an order at all.
std::optional<Items> sorted(Items items, Value const* precedes, Evaluation& evaluation) {
  if (items.size() < 2) return items;
  auto const middle = items.begin() + static_cast<std::ptrdiff_t>(items.size() / 2);
  auto left = sorted({items.begin(), middle}, precedes, evaluation);
  auto right = sorted({middle, items.end()}, precedes, evaluation);
  if (!left || !right) return std::nullopt;
  auto l = left->begin();
  auto r = right->begin();
  for (auto& slot : items) {
    bool take_right = l == left->end();
    if (!take_right && r != right->end()) {
      std::array const pair{*r, *l};
      auto const order = precedes == nullptr ? compare(*r, *l) : std::nullopt;
      if (!evaluation.budget().work(1) || (precedes == nullptr && !order)) return std::nullopt;
      take_right = precedes == nullptr ? *order < 0 : evaluation.invoke(*precedes, pair).is(true);
    }
    slot = std::move(take_right ? *r++ : *l++);
  }
  return items;
}

Value sort(Arguments a, Evaluation& evaluation) {
  auto all = sorted(items_at(a, 0), given(a, 1), evaluation);
  return all ? evaluation.list(std::move(*all)) : Value();
}

constexpr std::array lines{
    BuiltinLine{"list contains", "list:list, element:any", list_contains},
    BuiltinLine{"count", "list:list", count},
    BuiltinLine{"min", "list:list | c...:any", least},
    BuiltinLine{"max", "list:list | c...:any", greatest},
    BuiltinLine{"sum", "list:list | n...:any", total},
    BuiltinLine{"product", "list:list | n...:any", product},
    BuiltinLine{"mean", "list:list | n...:any", mean},
    BuiltinLine{"median", "list:list | n...:any", median},
    BuiltinLine{"stddev", "list:list | n...:any", standard_deviation},
    BuiltinLine{"mode", "list:list | n...:any", mode},
    BuiltinLine{"all", "list:list | b...:any", every_true},
    BuiltinLine{"any", "list:list | b...:any", some_true},
    BuiltinLine{"sublist", "list:list, start position:number, length?:number", sublist},
    BuiltinLine{"append", "list:list, item...:any", append},
    BuiltinLine{"concatenate", "list...:any", concatenate},
    BuiltinLine{"insert before", "list:list, position:number, newItem:any", insert_before},
    BuiltinLine{"remove", "list:list, position:number", remove},
    BuiltinLine{"reverse", "list:list", reverse},
    BuiltinLine{"index of", "list:list, match:any", index_of},
    BuiltinLine{"union", "list...:any", union_of},
    BuiltinLine{"distinct values", "list:list", distinct_values},
    BuiltinLine{"flatten", "list:list", flatten},
    BuiltinLine{"list replace",
                "list:list, position:number, newItem:any | list:list, match:function, newItem:any",
                list_replace},
    BuiltinLine{"sort", "list:list, precedes?:function", sort},
};

}  // namespace

std::span<BuiltinLine const> list_builtins() {
  return lines;
}

}  // namespace yunzhi::process
