// The names an expression may know: they tell where a name of several words ends (`Monthly Salary`,
// `profit-and-loss`), since FEEL's names may hold spaces and signs.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "process/expression/lexer.hpp"
#include "process/expression/type.hpp"

namespace yunzhi::process {

class Names {
 public:
  /// Forgets a name that has no words or is not valid UTF-8.
  void add(std::string_view name);
  /// A type that `instance of` and parameters may name.
  void add_type(std::string_view name, TypePointer type);

  struct Known {
    std::vector<std::string> words;
    std::string spelling;  ///< as it was added
  };
  /// The longest known name that begins at that word; nothing when none does.
  [[nodiscard]] Known const* find(std::vector<Word> const& words, std::size_t at) const;
  [[nodiscard]] bool knows(std::string_view spelling) const;
  [[nodiscard]] TypePointer type(std::string_view name) const;
  [[nodiscard]] std::map<std::string, TypePointer, std::less<>> const& types() const { return types_; }

 private:
  std::map<std::string, std::vector<Known>, std::less<>> by_first_word_;
  std::map<std::string, TypePointer, std::less<>> types_;
};

/// Every key of an object and of what stands in it.
void add_keys(Names& names, json::object const& object);
void add_keys(Names& names, Value const& value);

}  // namespace yunzhi::process
