// The identity of a series: names and values, sorted by name, without empty values.
#pragma once

#include <compare>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace yunzhi::monitor {

using Label = std::pair<std::string, std::string>;

/// The label that holds the metric's name.
inline constexpr std::string_view name_label = "__name__";
/// What OpenMetrics knows of a metric, where scrapes keep it as labels; they go where the name goes.
inline constexpr std::string_view type_label = "__type__";
inline constexpr std::string_view unit_label = "__unit__";

class Labels {
 public:
  Labels() = default;
  /// Sorts; a later pair of the same name wins; empty values are dropped.
  explicit Labels(std::vector<Label> pairs);
  /// Labels{{"job", "node"}, {"instance", "db1"}}
  Labels(std::initializer_list<Label> pairs) : Labels(std::vector<Label>(pairs)) {}

  /// The value, or an empty text when the label is absent.
  [[nodiscard]] std::string_view get(std::string_view name) const;
  /// Sets or replaces; an empty value removes.
  void set(std::string_view name, std::string_view value);
  void remove(std::string_view name);
  /// Takes away the name, type and unit: what is left is no longer the metric itself.
  void remove_metadata();
  /// The named labels alone, and all but the named ones.
  [[nodiscard]] Labels keep(std::span<std::string const> names) const;
  [[nodiscard]] Labels drop(std::span<std::string const> names) const;

  [[nodiscard]] auto begin() const { return pairs_.begin(); }
  [[nodiscard]] auto end() const { return pairs_.end(); }
  [[nodiscard]] std::size_t size() const { return pairs_.size(); }
  [[nodiscard]] bool empty() const { return pairs_.empty(); }

  /// FNV-1a over names and values; the same in every process.
  [[nodiscard]] std::uint64_t hash() const;
  /// As Prometheus writes it: up{instance="a",job="b"}.
  [[nodiscard]] std::string text() const;

  bool operator==(Labels const&) const = default;
  std::strong_ordering operator<=>(Labels const&) const = default;

 private:
  std::vector<Label> pairs_;
};

/// The hash of labels, text by text: name, value, name, value in order.
class LabelsHasher {
 public:
  void add(std::string_view text);
  [[nodiscard]] std::uint64_t value() const { return hash_; }

 private:
  std::uint64_t hash_ = 0xcbf29ce484222325ULL;
};

struct LabelsHash {
  std::size_t operator()(Labels const& labels) const { return labels.hash(); }
};

/// A text between double quotes, with \\, \" and \n escaped.
std::string quoted(std::string_view text);

/// [a-zA-Z_][a-zA-Z0-9_]* and, for metric names, also ':'.
bool is_label_name(std::string_view text);
bool is_metric_name(std::string_view text);

}  // namespace yunzhi::monitor
