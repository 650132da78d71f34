#include "monitor/series/expansion.hpp"

#include <cctype>

namespace yunzhi::monitor {

std::string expanded(std::string_view text, std::vector<re2::StringPiece> const& groups,
                     std::map<std::string, int> const& names) {
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '$' || at + 1 == text.size()) {
      result += text[at];
      continue;
    }
    if (text[at + 1] == '$') {
      result += text[++at];
      continue;
    }
    bool const braces = text[at + 1] == '{';
    auto const begin = at + (braces ? 2 : 1);
    auto end = begin;
    while (end < text.size() &&
           (std::isalnum(static_cast<unsigned char>(text[end])) != 0 || text[end] == '_'))
      ++end;
    if (end == begin || (braces && (end == text.size() || text[end] != '}'))) {
      result += text[at];
      continue;
    }
    auto const key = std::string(text.substr(begin, end - begin));
    bool const digits = key.size() < 4 && key.find_first_not_of("0123456789") == key.npos;
    auto const named = names.find(key);
    std::size_t const group = digits                 ? std::stoul(key)
                              : named != names.end() ? static_cast<std::size_t>(named->second)
                                                     : groups.size();
    if (group < groups.size() && groups[group].data() != nullptr)
      result.append(groups[group].data(), groups[group].size());
    at = braces ? end : end - 1;
  }
  return result;
}

}  // namespace yunzhi::monitor
