#include "process/expression/builtins.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace yunzhi::process {
namespace {

std::string_view trimmed(std::string_view text) {
  auto const first = text.find_first_not_of(' ');
  return first == text.npos ? std::string_view() : text.substr(first, text.find_last_not_of(' ') - first + 1);
}

template <class Act>
void for_each_part(std::string_view text, char separator, Act act) {
  while (true) {
    auto const end = text.find(separator);
    act(trimmed(text.substr(0, end)));
    if (end == text.npos) return;
    text.remove_prefix(end + 1);
  }
}

Wanted wanted_of(std::string_view word) {
  constexpr std::pair<std::string_view, Wanted> words[] = {
      {"any", Wanted::any},           {"number", Wanted::number}, {"text", Wanted::text},
      {"boolean", Wanted::boolean},   {"list", Wanted::list},     {"context", Wanted::context},
      {"date", Wanted::date},         {"time", Wanted::time},     {"date_time", Wanted::date_time},
      {"duration", Wanted::duration}, {"day", Wanted::day},       {"range", Wanted::range},
      {"function", Wanted::function}};
  for (auto const& [name, wanted] : words)
    if (name == word) return wanted;
  throw std::logic_error("a built-in function wants " + std::string(word));
}

Signature signature_of(std::string_view text) {
  Signature signature;
  if (text.empty()) return signature;
  for_each_part(text, ',', [&](std::string_view part) {
    auto const colon = part.find(':');
    auto name = part.substr(0, colon);
    bool const optional = name.ends_with('?');
    signature.variadic = name.ends_with("...");
    name.remove_suffix(optional ? 1 : (signature.variadic ? 3 : 0));
    signature.parameters.push_back({name, wanted_of(part.substr(colon + 1))});
    if (!optional) signature.least = signature.parameters.size();
  });
  return signature;
}

std::vector<Builtin> all_builtins() {
  std::vector<Builtin> all;
  for (auto const family : {conversion_builtins(), text_builtins(), list_builtins(), number_builtins(),
                            temporal_builtins(), range_builtins(), context_builtins()})
    for (auto const& line : family) {
      Builtin builtin{line.name, {}, line.call};
      for_each_part(line.signatures, '|',
                    [&](std::string_view part) { builtin.signatures.push_back(signature_of(part)); });
      all.push_back(std::move(builtin));
    }
  std::sort(all.begin(), all.end(),
            [](auto const& left, auto const& right) { return left.name < right.name; });
  return all;
}

bool fits(Value const& value, Wanted wanted) {
  switch (wanted) {
    case Wanted::any:
      return true;
    case Wanted::number:
      return value.kind() == Kind::number;
    case Wanted::text:
      return value.kind() == Kind::text;
    case Wanted::boolean:
      return value.kind() == Kind::boolean;
    case Wanted::list:
      return value.kind() == Kind::list;
    case Wanted::context:
      return value.kind() == Kind::context;
    case Wanted::date:
      return value.kind() == Kind::date;
    case Wanted::time:
      return value.kind() == Kind::time;
    case Wanted::date_time:
      return value.kind() == Kind::date_time;
    case Wanted::duration:
      return value.kind() == Kind::duration || value.kind() == Kind::months;
    case Wanted::day:
      return value.kind() == Kind::date || value.kind() == Kind::date_time;
    case Wanted::range:
      return value.kind() == Kind::range;
    default:
      return value.kind() == Kind::function;
  }
}

// The implicit conversions of DMN 1.3, 10.3.2.9.4: the item of a list of one, and the list of one item.
bool fit(Value& value, Wanted wanted) {
  if (fits(value, wanted)) return true;
  auto const* items = value.items();
  if (items != nullptr && items->size() == 1 && fits(items->front(), wanted)) {
    auto item = items->front();
    value = std::move(item);
    return true;
  }
  if (wanted != Wanted::list || value.null()) return false;
  value = make_list({value});
  return true;
}

bool fit(Signature const& signature, std::vector<Value>& arguments) {
  if (!signature.takes(arguments.size())) return false;
  auto const fixed = signature.parameters.size() - (signature.variadic ? 1 : 0);
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    bool const omitted = i >= signature.least && arguments[i].null();
    if (!omitted &&
        !fit(arguments[i], signature.parameters[std::min(i, signature.parameters.size() - 1)].wanted))
      return false;
  }
  if (!signature.variadic) return true;
  auto const rest = arguments.begin() + static_cast<std::ptrdiff_t>(fixed);
  auto packed = make_list({rest, arguments.end()});
  arguments.erase(rest, arguments.end());
  arguments.push_back(std::move(packed));
  return true;
}

struct BuiltinFunction final : Function {
  std::uint32_t number;

  explicit BuiltinFunction(std::uint32_t of) : number(of) {
    variadic = true;
    for (auto const& place : builtins()[of].signatures.front().parameters)
      parameters.push_back({std::string(place.name), {}});
  }
  [[nodiscard]] Value call(Evaluation& evaluation, std::span<Value const> arguments) const override {
    return call_builtin(builtins()[number], arguments, evaluation);
  }
};

}  // namespace

std::optional<std::size_t> Signature::place(std::string_view name) const {
  for (std::size_t i = 0; i < parameters.size(); ++i)
    if (parameters[i].name == name) return i;
  return std::nullopt;
}

bool Builtin::takes(std::size_t count) const {
  return std::any_of(signatures.begin(), signatures.end(),
                     [count](Signature const& signature) { return signature.takes(count); });
}

std::vector<Builtin> const& builtins() {
  static std::vector<Builtin> const all = all_builtins();
  return all;
}

std::optional<std::uint32_t> find_builtin(std::string_view name) {
  auto const& all = builtins();
  auto const found =
      std::lower_bound(all.begin(), all.end(), name,
                       [](Builtin const& builtin, std::string_view wanted) { return builtin.name < wanted; });
  if (found == all.end() || found->name != name) return std::nullopt;
  return static_cast<std::uint32_t>(found - all.begin());
}

Value call_builtin(Builtin const& builtin, Arguments arguments, Evaluation& evaluation, std::uint32_t among) {
  if (!evaluation.budget().work(1 + arguments.size())) return {};
  for (auto const& signature : builtin.signatures) {
    bool const asked = (std::exchange(among, among >> 1U) & 1U) != 0;
    if (!asked) continue;
    std::vector<Value> fitting(arguments.begin(), arguments.end());
    if (fit(signature, fitting)) return builtin.call(fitting, evaluation);
  }
  return {};
}

Value builtin_value(std::uint32_t number) {
  return FunctionPointer(std::make_shared<BuiltinFunction const>(number));
}

std::optional<int> small_integer(Value const& value) {
  auto const* number = value.get<Decimal>();
  auto const whole = number == nullptr ? std::nullopt : number->integer();
  if (!whole || *whole > INT32_MAX || *whole < INT32_MIN) return std::nullopt;
  return static_cast<int>(*whole);
}

}  // namespace yunzhi::process
