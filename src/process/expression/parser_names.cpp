// Names: variables, constants, and the functions that are called.
#include "process/expression/grammar.hpp"

namespace yunzhi::process {

Grammar::Index Grammar::declare(std::string const& name) {
  auto const slot = new_slot();
  known_.add(name);
  visible_.push_back({name, slot});
  return slot;
}

Grammar::Index Grammar::global(std::string_view name) {
  auto const found = std::find(program_.globals.begin(), program_.globals.end(), name);
  auto const number = static_cast<Index>(found - program_.globals.begin());
  if (found == program_.globals.end()) program_.globals.emplace_back(name);
  return emit(Operation::global, number);
}

Grammar::Parsed Grammar::name() {
  auto const* known = known_.find(words_, at_);
  bool const several = known != nullptr && known->words.size() > 1;
  if (!several && !word().quoted) {
    for (auto const& [text, value] :
         {std::pair<std::string_view, Value>{"true", true}, {"false", false}, {"null", {}}})
      if (take(text)) return literal(value);
    if (keyword("if")) return choice();
    if (keyword("for")) return iteration();
    if (keyword("some")) return quantified(Operation::some);
    if (keyword("every")) return quantified(Operation::every);
    if (keyword("function")) return function();
    if (keyword("is") && keyword("defined", 1) && symbol("(", 2)) return defined();
    if (reserved()) return wrong("a value is expected here, not '{}'", shown());
  }
  // The longest built-in name before a bracket is that function, unless a local name hides it.
  std::string joined;
  std::size_t count = 0;
  for (std::size_t i = 0; i < longest_builtin_words && word(i).kind == Word::Kind::name && !word(i).quoted;
       ++i) {
    joined += (i == 0 ? "" : " ") + word(i).text;
    if (symbol("(", i + 1) && find_builtin(joined)) count = i + 1;
  }
  joined = joined_words(count);
  bool const hidden =
      std::any_of(visible_.begin(), visible_.end(), [&](Visible const& one) { return one.name == joined; });
  if (count > 0 && !hidden) {
    at_ += count;
    return builtin_call(*find_builtin(joined));
  }
  auto const start = at_;
  auto const taken = taken_name();
  if (reading_.known_functions_only && symbol("(") && known_.find(words_, start) == nullptr) {
    at_ = start;
    return wrong("there is no function '{}'", taken);
  }
  return resolved(taken);
}

std::string Grammar::joined_words(std::size_t count) const {
  std::string joined;
  for (std::size_t i = 0; i < count; ++i) joined += (i == 0 ? "" : " ") + word(i).text;
  return joined;
}

// The longest known name, or as many words as stand together.
std::string Grammar::taken_name() {
  if (word().quoted) return words_[at_++].text;
  if (auto const* known = known_.find(words_, at_)) {
    at_ += known->words.size();
    return known->spelling;
  }
  std::size_t count = 1;
  while (word(count).kind == Word::Kind::name && !word(count).quoted && !reserved(count)) ++count;
  auto joined = joined_words(count);
  at_ += count;
  return joined;
}

// As a name, but FEEL's own properties of two words are known here, whatever `start` or `time` is elsewhere.
std::string Grammar::taken_property() {
  for (std::string_view const two_words : {"start included", "end included", "time offset"}) {
    if (word(1).kind != Word::Kind::name || joined_words(2) != two_words) continue;
    if (word().quoted || word(1).quoted) continue;
    auto const* known = known_.find(words_, at_);
    if (known != nullptr && known->words.size() > 2) continue;
    at_ += 2;
    return std::string(two_words);
  }
  return taken_name();
}

Grammar::Parsed Grammar::resolved(std::string const& name) {
  std::vector<Index> items;
  Index found = 0;
  bool local = false;
  for (auto one = visible_.rbegin(); one != visible_.rend() && !local; ++one) {
    if (one->name.empty()) {
      items.push_back(one->slot);
    } else if (one->name == name) {
      found = emit(Operation::local, one->slot);
      if (program_.uses.size() <= one->slot) program_.uses.resize(one->slot + 1);
      program_.uses[one->slot] = true;
      if (name == "?") ++questions_;
      local = true;
    }
  }
  if (!local) {
    auto const function = find_builtin(name);
    found = global(name);
    // What the names do not tell, the variables do: one called `count` or `date` hides the function.
    if (function && !reading_.names.knows(name)) found = emit(Operation::builtin, *function, found);
  }
  if (items.empty()) return found;
  program_.lookups.push_back({name_number(name), std::move(items), found});
  return emit(Operation::scoped, static_cast<Index>(program_.lookups.size() - 1));
}

// How many words name the argument that begins here (`start position: 2`); 0 when it has no name.
std::size_t Grammar::argument_name() const {
  std::size_t count = 0;
  while (word(count).kind == Word::Kind::name || word(count).kind == Word::Kind::number ||
         symbol("-", count) || symbol("+", count) || symbol("'", count))
    ++count;
  return count > 0 && word().kind == Word::Kind::name && symbol(":", count) ? count : 0;
}

Result<std::vector<Grammar::Index>> Grammar::positional() {
  std::vector<Index> all;
  if (take(")")) return all;
  do {
    auto argument = expression();
    if (!argument) return argument.error();
    all.push_back(*argument);
  } while (take(","));
  if (auto const closed = expect(")"); !closed) return closed.error();
  return all;
}

Result<std::vector<std::pair<std::string, Grammar::Index>>> Grammar::named() {
  std::vector<std::pair<std::string, Index>> all;
  do {
    auto const count = argument_name();
    if (count == 0) return wrong("a parameter's name and ':' are expected here, not '{}'", shown());
    auto const name = joined_words(count);
    at_ += count + 1;
    auto argument = expression();
    if (!argument) return argument.error();
    all.emplace_back(name, *argument);
  } while (take(","));
  if (auto const closed = expect(")"); !closed) return closed.error();
  return all;
}

Grammar::Parsed Grammar::call(Index callee) {
  ++at_;
  if (argument_name() == 0) {
    auto all = positional();
    if (!all) return all.error();
    return emit(Operation::invoke, callee, operands(*all), static_cast<Index>(all->size()));
  }
  auto all = named();
  if (!all) return all.error();
  std::vector<Index> pairs;
  for (auto const& [name, argument] : *all) {
    pairs.push_back(name_number(name));
    pairs.push_back(argument);
  }
  return emit(Operation::invoke_named, callee, operands(pairs), static_cast<Index>(all->size()));
}

Grammar::Parsed Grammar::builtin_call(Index function) {
  auto const opening = at_;
  ++at_;
  if (argument_name() != 0) {
    auto all = named();
    if (!all) return all.error();
    return named_builtin_call(function, *all);
  }
  auto all = positional();
  if (!all) return all.error();
  auto const& builtin = builtins()[function];
  if (reading_.known_functions_only && !builtin.takes(all->size())) {
    at_ = std::max(opening, at_ - 1);
    return wrong("{}() does not take {} arguments", builtin.name, all->size());
  }
  return emit(Operation::call, function, operands(*all), static_cast<Index>(all->size()));
}

// Named arguments find their places now; a name the function does not have makes the call null.
Grammar::Parsed Grammar::named_builtin_call(Index function,
                                            std::vector<std::pair<std::string, Index>> const& arguments) {
  std::vector<Index> chosen;
  Index among = 0;
  for (std::size_t number = 0; number < builtins()[function].signatures.size(); ++number) {
    auto const& signature = builtins()[function].signatures[number];
    std::vector<Index> placed(signature.parameters.size(), absent);
    std::size_t most = 0;
    bool const fits = std::all_of(arguments.begin(), arguments.end(), [&](auto const& argument) {
      auto const place = signature.place(argument.first);
      if (!place || placed[*place] != absent) return false;
      placed[*place] = argument.second;
      most = std::max(most, *place + 1);
      return true;
    });
    if (!fits || most < signature.least) continue;
    placed.resize(most);
    for (std::size_t i = 0; i < most; ++i)
      if (placed[i] == absent && i < signature.least) most = 0;
    if (most == 0 || (among != 0 && placed != chosen)) continue;
    chosen = placed;
    among |= Index{1} << number;
  }
  if (among == 0) return literal({});
  auto const count = static_cast<Index>(chosen.size());
  for (auto& place : chosen)
    if (place == absent) place = literal({});
  chosen.insert(chosen.begin(), among);
  return emit(Operation::call_named, function, operands(chosen), count);
}

Grammar::Parsed Grammar::defined() {
  at_ += 3;
  auto operand = expression();
  if (!operand) return operand;
  if (auto const closed = expect(")"); !closed) return closed.error();
  return emit(Operation::defined, *operand);
}

}  // namespace yunzhi::process
