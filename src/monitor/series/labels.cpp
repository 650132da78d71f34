#include "monitor/series/labels.hpp"

#include <algorithm>

namespace yunzhi::monitor {
namespace {

bool by_name(Label const& label, std::string_view name) {
  return label.first < name;
}

bool is_word(std::string_view text, std::string_view also) {
  auto letter = [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || also.find(c) != also.npos;
  };
  if (text.empty() || !letter(text.front())) return false;
  return std::all_of(text.begin(), text.end(), [&](char c) { return letter(c) || (c >= '0' && c <= '9'); });
}

}  // namespace

Labels::Labels(std::vector<Label> pairs) : pairs_(std::move(pairs)) {
  auto const before = [](Label const& a, Label const& b) { return a.first < b.first; };
  if (!std::is_sorted(pairs_.begin(), pairs_.end(), before))
    std::stable_sort(pairs_.begin(), pairs_.end(), before);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < pairs_.size(); ++i) {
    bool const last_of_name = i + 1 == pairs_.size() || pairs_[i + 1].first != pairs_[i].first;
    if (!last_of_name || pairs_[i].second.empty()) continue;
    if (kept != i) pairs_[kept] = std::move(pairs_[i]);
    ++kept;
  }
  pairs_.resize(kept);
}

std::string_view Labels::get(std::string_view name) const {
  auto const at = std::lower_bound(pairs_.begin(), pairs_.end(), name, by_name);
  return at != pairs_.end() && at->first == name ? std::string_view(at->second) : std::string_view();
}

void Labels::set(std::string_view name, std::string_view value) {
  if (value.empty()) return remove(name);
  auto const at = std::lower_bound(pairs_.begin(), pairs_.end(), name, by_name);
  if (at != pairs_.end() && at->first == name) {
    at->second = value;
  } else {
    pairs_.emplace(at, name, value);
  }
}

void Labels::remove(std::string_view name) {
  auto const at = std::lower_bound(pairs_.begin(), pairs_.end(), name, by_name);
  if (at != pairs_.end() && at->first == name) pairs_.erase(at);
}

void Labels::remove_metadata() {
  // All three begin with two underscores, so they lie at the front, before most names.
  for (auto const name : {name_label, type_label, unit_label}) remove(name);
}

Labels Labels::keep(std::span<std::string const> names) const {
  Labels result;
  for (auto const& label : pairs_) {
    if (std::find(names.begin(), names.end(), label.first) != names.end()) result.pairs_.push_back(label);
  }
  return result;
}

Labels Labels::drop(std::span<std::string const> names) const {
  Labels result;
  for (auto const& label : pairs_) {
    if (std::find(names.begin(), names.end(), label.first) == names.end()) result.pairs_.push_back(label);
  }
  return result;
}

void LabelsHasher::add(std::string_view text) {
  for (char const c : text) hash_ = (hash_ ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  hash_ = (hash_ ^ 0xffU) * 0x100000001b3ULL;
}

std::uint64_t Labels::hash() const {
  LabelsHasher hasher;
  for (auto const& [name, value] : pairs_) {
    hasher.add(name);
    hasher.add(value);
  }
  return hasher.value();
}

std::string Labels::text() const {
  std::string result(get(name_label));
  std::string inner;
  for (auto const& [name, value] : pairs_) {
    if (name == name_label) continue;
    if (!inner.empty()) inner += ',';
    inner += is_label_name(name) ? name : quoted(name);
    inner += '=';
    inner += quoted(value);
  }
  if (inner.empty() && !result.empty()) return result;
  return result + '{' + inner + '}';
}

std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (char const c : text) {
    if (c == '\n') {
      result += "\\n";
      continue;
    }
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + '"';
}

bool is_label_name(std::string_view text) {
  return is_word(text, "");
}

bool is_metric_name(std::string_view text) {
  return is_word(text, ":");
}

}  // namespace yunzhi::monitor
