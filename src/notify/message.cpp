#include "notify/message.hpp"

#include "base/result.hpp"

namespace yunzhi::notify {

std::string Catalogue::render(Text const& text, std::string_view language) const {
  auto const words = words_.find(language);
  if (words != words_.end())
    if (auto const found = words->second.find(text.text); found != words->second.end())
      return fill(found->second, text.arguments);
  return fill(text.text, text.arguments);
}

std::string pack_arguments(std::vector<std::string> const& arguments) {
  return json::serialize(json::array(arguments.begin(), arguments.end()));
}

std::vector<std::string> unpack_arguments(std::string_view packed) {
  std::vector<std::string> arguments;
  auto const value = parse_json(packed);
  if (!value || !value->is_array()) return arguments;
  for (auto const& item : value->as_array())
    if (item.is_string()) arguments.emplace_back(item.as_string());
  return arguments;
}

}  // namespace yunzhi::notify
