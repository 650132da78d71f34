#include "monitor/series/exemplars.hpp"

#include <algorithm>
#include <bit>
#include <map>

namespace yunzhi::monitor {
namespace {

std::size_t characters_in(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char const c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;  // no later byte of a UTF-8 character
  }));
}

bool too_long(Labels const& labels) {
  std::size_t characters = 0;
  for (auto const& [name, value] : labels) characters += characters_in(name) + characters_in(value);
  return characters > exemplar_characters;
}

bool same(Exemplar const& a, Exemplar const& b) {
  return a.at == b.at && a.labels == b.labels &&
         std::bit_cast<std::uint64_t>(a.value) == std::bit_cast<std::uint64_t>(b.value);
}

}  // namespace

bool ExemplarRing::add(SeriesExemplar given) {
  if (capacity_ == 0 || too_long(given.exemplar.labels)) return false;
  std::lock_guard const lock(guard_);
  auto const known = last_.find(given.series);
  if (known != last_.end() && (given.exemplar.at < known->second.at || same(known->second, given.exemplar)))
    return false;
  if (ring_.size() == capacity_) {
    auto const& oldest = ring_.front();
    auto const last = last_.find(oldest.series);
    if (last != last_.end() && same(last->second, oldest.exemplar)) last_.erase(last);
    ring_.pop_front();
  }
  last_.insert_or_assign(given.series, given.exemplar);
  ring_.push_back(std::move(given));
  return true;
}

std::vector<SeriesExemplars> ExemplarRing::select(std::span<std::vector<Matcher> const> matchers,
                                                  std::int64_t from, std::int64_t to) const {
  std::map<Labels, std::vector<Exemplar>> found;
  {
    std::lock_guard const lock(guard_);
    for (auto const& each : ring_) {
      if (each.exemplar.at < from || each.exemplar.at > to) continue;
      bool const asked = std::any_of(matchers.begin(), matchers.end(),
                                     [&](auto const& list) { return all_accept(list, each.series); });
      if (asked) found[each.series].push_back(each.exemplar);
    }
  }
  std::vector<SeriesExemplars> result;
  result.reserve(found.size());
  for (auto& [series, exemplars] : found) result.push_back({series, std::move(exemplars)});
  return result;
}

std::size_t ExemplarRing::size() const {
  std::lock_guard const lock(guard_);
  return ring_.size();
}

}  // namespace yunzhi::monitor
