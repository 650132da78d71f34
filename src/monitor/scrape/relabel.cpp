#include "monitor/scrape/relabel.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include <openssl/evp.h>
#include <re2/re2.h>

#include "monitor/series/expansion.hpp"
#include "monitor/series/matcher.hpp"

namespace yunzhi::monitor {
namespace {

constexpr std::array<std::string_view, 11> action_names = {"replace",   "keep",      "drop",     "keepequal",
                                                           "dropequal", "hashmod",   "labelmap", "labeldrop",
                                                           "labelkeep", "lowercase", "uppercase"};
constexpr int groups_limit = 20;

// The groups of a pattern that matched, from 0 for the whole.
using Groups = std::vector<re2::StringPiece>;

bool match(RelabelStep const& step, std::string_view text, Groups& groups) {
  re2::StringPiece const piece(text.data(), text.size());
  if (!step.pattern) {
    groups.assign(2, piece);
    return true;
  }
  auto const count = std::min(step.pattern->NumberOfCapturingGroups() + 1, groups_limit);
  groups.assign(static_cast<std::size_t>(count), {});
  return step.pattern->Match(piece, 0, piece.size(), re2::RE2::ANCHOR_BOTH, groups.data(), count);
}

std::string expand(RelabelStep const& step, Groups const& groups) {
  static std::map<std::string, int> const nameless;
  return expanded(step.replacement, groups, step.pattern ? step.pattern->NamedCapturingGroups() : nameless);
}

std::string source_of(RelabelStep const& step, Labels const& labels) {
  std::string result;
  for (std::size_t i = 0; i < step.source_labels.size(); ++i) {
    if (i > 0) result += step.separator;
    result += labels.get(step.source_labels[i]);
  }
  return result;
}

std::string changed_case(std::string text, int (*change)(int)) {
  for (auto& c : text) c = static_cast<char>(change(static_cast<unsigned char>(c)));
  return text;
}

// The last 8 bytes of the MD5 of the text, as Prometheus has it; a spread, not a protection.
std::uint64_t spread(std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_md5(), nullptr);
  std::uint64_t value = 0;
  for (unsigned i = 8; i < 16; ++i) value = (value << 8U) | digest[i];
  return value;
}

void replace(RelabelStep const& step, std::string const& source, Labels& labels) {
  Groups groups;
  if (!match(step, source, groups)) return;
  RelabelStep target = step;
  target.replacement = step.target_label;
  auto const name = expand(target, groups);
  if (!name.empty()) labels.set(name, expand(step, groups));
}

void map_names(RelabelStep const& step, Labels& labels) {
  Labels result = labels;
  for (auto const& [name, value] : labels) {
    Groups groups;
    if (match(step, name, groups)) result.set(expand(step, groups), value);
  }
  labels = std::move(result);
}

void filter_names(RelabelStep const& step, bool keep, Labels& labels) {
  std::vector<Label> kept;
  for (auto const& [name, value] : labels) {
    Groups groups;
    if (match(step, name, groups) == keep) kept.emplace_back(name, value);
  }
  labels = Labels(std::move(kept));
}

bool apply(RelabelStep const& step, Labels& labels) {
  auto const source = source_of(step, labels);
  Groups groups;
  switch (step.action) {
    case RelabelAction::replace:
      replace(step, source, labels);
      return true;
    case RelabelAction::keep:
      return match(step, source, groups);
    case RelabelAction::drop:
      return !match(step, source, groups);
    case RelabelAction::keepequal:
      return source == labels.get(step.target_label);
    case RelabelAction::dropequal:
      return source != labels.get(step.target_label);
    case RelabelAction::hashmod:
      labels.set(step.target_label, std::to_string(spread(source) % step.modulus));
      return true;
    case RelabelAction::labelmap:
      map_names(step, labels);
      return true;
    case RelabelAction::labeldrop:
    case RelabelAction::labelkeep:
      filter_names(step, step.action == RelabelAction::labelkeep, labels);
      return true;
    case RelabelAction::lowercase:
      labels.set(step.target_label, changed_case(source, std::tolower));
      return true;
    case RelabelAction::uppercase:
      labels.set(step.target_label, changed_case(source, std::toupper));
      return true;
  }
  return true;
}

}  // namespace

bool relabel(std::vector<RelabelStep> const& steps, Labels& labels) {
  return std::all_of(steps.begin(), steps.end(),
                     [&](RelabelStep const& step) { return apply(step, labels); });
}

Result<RelabelStep> checked_step(RelabelStep step, std::string const& regex) {
  if (regex != "(.*)") {
    auto pattern = whole_text_pattern(regex);
    if (!pattern) return refuse(Why::invalid, "regex", "{}", pattern.error().english());
    step.pattern = *pattern;
  }
  using enum RelabelAction;
  bool const needs_target = step.action == replace || step.action == hashmod || step.action == keepequal ||
                            step.action == dropequal || step.action == lowercase || step.action == uppercase;
  if (needs_target && step.target_label.empty())
    return refuse(Why::invalid, "target_label", "this action needs a target_label");
  if (step.action == hashmod && step.modulus == 0)
    return refuse(Why::invalid, "modulus", "hashmod needs a modulus of at least 1");
  return step;
}

bool read_action(std::string_view name, RelabelAction& action) {
  auto const lowered = changed_case(std::string(name), std::tolower);
  auto const found = std::find(action_names.begin(), action_names.end(), lowered);
  if (found == action_names.end()) return false;
  action = static_cast<RelabelAction>(found - action_names.begin());
  return true;
}

}  // namespace yunzhi::monitor
