#include "http/words.hpp"

#include <utility>

namespace yunzhi::http {

void Words::add(std::string_view language, Catalogue translations) {
  auto& catalogue = catalogues_[std::string(language)];
  translations.merge(std::move(catalogue));
  catalogue = std::move(translations);
}

std::string Words::sentence(Fault const& fault, std::string_view language) const {
  auto const catalogue = catalogues_.find(language);
  if (catalogue == catalogues_.end()) return fault.english();
  auto const found = catalogue->second.find(fault.text);
  if (found == catalogue->second.end()) return fault.english();
  return fill(found->second, fault.arguments);
}

}  // namespace yunzhi::http
