#include "monitor/query/annotation.hpp"

#include <algorithm>

namespace yunzhi::monitor {
namespace {

constexpr std::size_t annotations_limit = 50;

void add(std::vector<Annotation>& list, std::string text, std::string_view place) {
  Annotation annotation{std::move(text), std::string(place)};
  if (list.size() >= annotations_limit || std::find(list.begin(), list.end(), annotation) != list.end())
    return;
  list.push_back(std::move(annotation));
}

}  // namespace

void Annotations::warn(std::string_view text, std::string_view place) {
  add(warnings, "PromQL warning: " + std::string(text), place);
}

void Annotations::inform(std::string_view text, std::string_view place) {
  add(infos, "PromQL info: " + std::string(text), place);
}

}  // namespace yunzhi::monitor
