// What is told to people: an English template with its arguments, which is also the key of its translations.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"

namespace yunzhi::notify {

struct Text {
  std::string text;  ///< a literal: "{} was assigned to you"
  std::vector<std::string> arguments;
};

struct Message {
  std::string kind;  ///< "task.assigned"; webhooks carry it as their type
  Text title;
  Text body;         ///< may be empty
  std::string href;  ///< path in the web interface: "/incidents/0190…"
};

/// Translations by language and English template.
class Catalogue {
 public:
  using Translations = std::map<std::string, std::string, std::less<>>;
  Catalogue() = default;
  explicit Catalogue(std::map<std::string, Translations, std::less<>> words) : words_(std::move(words)) {}

  /// The text in the language with its arguments filled in; English when there is no translation.
  [[nodiscard]] std::string render(Text const& text, std::string_view language) const;

 private:
  std::map<std::string, Translations, std::less<>> words_;
};

/// Arguments as they are stored: a JSON array of texts.
std::string pack_arguments(std::vector<std::string> const& arguments);
std::vector<std::string> unpack_arguments(std::string_view packed);

}  // namespace yunzhi::notify
