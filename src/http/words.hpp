// Translations of the sentences a problem answer is made of. The English template is the key.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace yunzhi::http {

class Words {
 public:
  /// Adds the translations of one language (zh-CN, zh-TW); a later one for the same template wins.
  void add(std::string_view language, std::map<std::string, std::string, std::less<>> translations);

  /// The fault's sentence in the language with its arguments filled in; English when none is known.
  [[nodiscard]] std::string sentence(Fault const& fault, std::string_view language) const;

 private:
  using Catalogue = std::map<std::string, std::string, std::less<>>;
  std::map<std::string, Catalogue, std::less<>> catalogues_;
};

}  // namespace yunzhi::http
