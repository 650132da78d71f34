#include "process/expression/names.hpp"

#include <algorithm>

namespace yunzhi::process {
namespace {

bool matches(std::vector<std::string> const& known, std::vector<Word> const& words, std::size_t at) {
  if (known.size() > words.size() - at) return false;
  for (std::size_t i = 0; i < known.size(); ++i)
    if (words[at + i].text != known[i] || words[at + i].kind == Word::Kind::text) return false;
  return true;
}

void add_keys_of(Names& names, json::value const& value) {
  if (auto const* object = value.if_object()) add_keys(names, *object);
  if (auto const* array = value.if_array())
    for (auto const& item : *array) add_keys_of(names, item);
}

}  // namespace

void Names::add(std::string_view name) {
  auto const words = split(name);
  if (!words || words->size() < 2) return;
  Known known;
  for (auto const& word : *words)
    if (word.kind != Word::Kind::end) known.words.push_back(word.text);
  known.spelling = std::string(name);
  auto& all = by_first_word_[known.words.front()];
  bool const seen =
      std::any_of(all.begin(), all.end(), [&](Known const& other) { return other.words == known.words; });
  if (!seen) all.push_back(std::move(known));
}

void Names::add_type(std::string_view name, TypePointer type) {
  add(name);
  types_[std::string(name)] = std::move(type);
}

Names::Known const* Names::find(std::vector<Word> const& words, std::size_t at) const {
  auto const all = by_first_word_.find(words[at].text);
  if (all == by_first_word_.end() || words[at].kind != Word::Kind::name) return nullptr;
  Known const* best = nullptr;
  for (auto const& known : all->second)
    if ((best == nullptr || known.words.size() > best->words.size()) && matches(known.words, words, at))
      best = &known;
  return best;
}

bool Names::knows(std::string_view spelling) const {
  auto const words = split(spelling);
  if (!words) return false;
  auto const* known = find(*words, 0);
  return known != nullptr && known->words.size() + 1 == words->size();
}

TypePointer Names::type(std::string_view name) const {
  auto const found = types_.find(name);
  return found == types_.end() ? nullptr : found->second;
}

void add_keys(Names& names, json::object const& object) {
  for (auto const& [name, member] : object) {
    names.add(name);
    add_keys_of(names, member);
  }
}

void add_keys(Names& names, Value const& value) {
  if (auto const* context = value.entries())
    for (auto const& entry : context->entries) {
      names.add(*entry.name);
      add_keys(names, entry.value);
    }
  if (auto const* items = value.items())
    for (auto const& item : *items) add_keys(names, item);
}

}  // namespace yunzhi::process
