// Walks a YAML map key by key and remembers what was asked for, so that what nobody asked for can be named.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <yaml-cpp/yaml.h>

#include "base/instant.hpp"
#include "base/result.hpp"

namespace yunzhi::monitor {

/// What went wrong and what has no effect, with file and line.
struct YamlFindings {
  std::string file;
  std::vector<Fault> faults;
  std::vector<std::string> warnings;
};

class YamlMap {
 public:
  /// A missing node is an empty map; one of another kind is a fault.
  YamlMap(YAML::Node const& node, std::string path, YamlFindings& findings);
  /// Every key that was not asked for becomes a warning.
  ~YamlMap();
  YamlMap(YamlMap const&) = delete;
  YamlMap& operator=(YamlMap const&) = delete;

  [[nodiscard]] bool has(std::string_view key);
  [[nodiscard]] YAML::Node node(std::string_view key);
  [[nodiscard]] std::string text(std::string_view key, std::string otherwise = "");
  [[nodiscard]] std::vector<std::string> texts(std::string_view key);
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> pairs(std::string_view key);
  [[nodiscard]] std::vector<YAML::Node> list(std::string_view key);
  [[nodiscard]] Milliseconds duration(std::string_view key, Milliseconds otherwise);
  [[nodiscard]] std::size_t count(std::string_view key, std::size_t otherwise);
  /// A number of bytes: 10MB, 512KiB.
  [[nodiscard]] std::size_t size(std::string_view key, std::size_t otherwise);
  [[nodiscard]] bool truth(std::string_view key, bool otherwise);

  /// A fault at the key.
  void wrong(std::string_view key, std::string text);
  /// The key is known, but has no effect here.
  void without_effect(std::string_view key, std::string_view why);
  [[nodiscard]] std::string const& path() const { return path_; }

 private:
  [[nodiscard]] YAML::Node find(std::string_view key) const;
  [[nodiscard]] std::string place(YAML::Node const& node) const;

  YAML::Node node_;
  std::string path_;
  YamlFindings& findings_;
  std::set<std::string, std::less<>> asked_;
};

}  // namespace yunzhi::monitor
