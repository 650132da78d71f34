// Types as `instance of` and parameters name them (DMN 1.3, 10.3.1.2, rule 54).
#include "base/limits.hpp"
#include "process/expression/grammar.hpp"

namespace yunzhi::process {

Result<TypePointer> Grammar::type_alone() {
  auto found = type();
  if (!found) return found;
  if (word().kind != Word::Kind::end) return wrong("'{}' is not expected here", shown());
  return found;
}

Result<TypePointer> Grammar::type() {
  if (depth_ >= limits::expression_depth)
    return wrong("parts may be nested at most {} deep", limits::expression_depth);
  if (word().kind != Word::Kind::name && !keyword("function"))
    return wrong("a type is expected here, not '{}'", shown());
  // The model's own types may have names of several words and points.
  if (auto const* known = reading_.names.find(words_, at_))
    if (auto own = reading_.names.type(known->spelling)) {
      at_ += known->words.size();
      return own;
    }
  constexpr std::size_t most_words = 4;
  for (auto count = most_words; count > 0; --count) {
    bool const all_names = [&] {
      for (std::size_t i = 0; i < count; ++i)
        if (word(i).kind != Word::Kind::name) return false;
      return true;
    }();
    if (!all_names) continue;
    auto const name = joined_words(count);
    auto found = named_type(name);
    if (found == nullptr) continue;
    at_ += count;
    if (!symbol("<")) return found;
    ++depth_;
    auto with = type_with_parts(name);
    --depth_;
    return with;
  }
  return wrong("there is no type '{}'", shown());
}

Result<TypePointer> Grammar::type_with_parts(std::string const& name) {
  ++at_;
  if (name == "context") return context_type();
  if (name == "function") return function_type();
  if (name != "list" && name != "range") return wrong("'{}' is not expected here", "<");
  auto element = type();
  if (!element) return element;
  if (auto const closed = expect(">"); !closed) return closed.error();
  Type made;
  made.form = name == "list" ? Type::Form::list : Type::Form::range;
  made.element = *element;
  return std::make_shared<Type const>(std::move(made));
}

Result<TypePointer> Grammar::context_type() {
  Type made;
  made.form = Type::Form::context;
  do {
    auto name = entry_name();
    if (!name) return name.error();
    if (auto const colon = expect(":"); !colon) return colon.error();
    auto of = type();
    if (!of) return of;
    made.members.emplace_back(*name, *of);
  } while (take(","));
  if (auto const closed = expect(">"); !closed) return closed.error();
  return std::make_shared<Type const>(std::move(made));
}

Result<TypePointer> Grammar::function_type() {
  Type made;
  made.form = Type::Form::function;
  while (!take(">")) {
    if (!made.members.empty())
      if (auto const comma = expect(","); !comma) return comma.error();
    auto of = type();
    if (!of) return of;
    made.members.emplace_back("", *of);
  }
  if (auto const arrow = expect("->"); !arrow) return arrow.error();
  auto result = type();
  if (!result) return result;
  made.element = *result;
  return std::make_shared<Type const>(std::move(made));
}

// The type an expression's form alone tells, for literals, lists and contexts of them; else Any.
Type Grammar::form_type(Index at) const {
  auto const& code = program_.codes[at];
  Type told;
  if (code.operation == Operation::literal && !program_.literals[code.first].null())
    return *simple_type(program_.literals[code.first].kind());
  if (code.operation == Operation::list) return *simple_type(Kind::list);
  if (code.operation != Operation::context) return told;
  told.form = Type::Form::context;
  for (std::size_t i = 0; i < code.third; ++i) {
    auto const entry = code.second + i * 3;
    told.members.emplace_back(*program_.names[program_.operands[entry]],
                              std::make_shared<Type const>(form_type(program_.operands[entry + 1])));
  }
  return told;
}

}  // namespace yunzhi::process
