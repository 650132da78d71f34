// A store in a folder of its own, for the tests of this folder.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <string>

#include <doctest/doctest.h>

#include "base/id.hpp"
#include "monitor/series/database.hpp"

namespace yunzhi::monitor::testing {

struct Folder {
  std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("yunzhi-series-" + new_id(wall_clock()));
  Folder() { std::filesystem::create_directories(path); }
  ~Folder() { std::filesystem::remove_all(path); }
  Folder(Folder const&) = delete;
  Folder& operator=(Folder const&) = delete;
};

inline std::unique_ptr<Database> open(std::filesystem::path const& path,
                                      Milliseconds retention = std::chrono::hours(240)) {
  DatabaseOptions options;
  options.folder = path;
  options.retention = retention;
  auto database = Database::open(options);
  REQUIRE(database.has_value());
  return std::move(*database);
}

inline Labels series(std::string const& name, std::string const& instance) {
  return Labels{{"__name__", name}, {"instance", instance}};
}

inline void put(Database& database, Labels const& labels, std::int64_t at, double value) {
  Point const point{labels, {at, value}};
  database.append({&point, 1});
}

inline std::vector<Matcher> named(std::string const& name) {
  return {*Matcher::make(Match::equal, "__name__", name)};
}

inline std::map<std::string, Samples> read(Database const& database, std::vector<Matcher> const& matchers,
                                           std::int64_t from = INT64_MIN, std::int64_t to = INT64_MAX) {
  std::map<std::string, Samples> result;
  database.select(matchers, from, to, [&](Labels const& labels, Samples& samples) {
    result[labels.text()] = samples;
    return true;
  });
  return result;
}

inline std::string bytes_of(std::filesystem::path const& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline constexpr std::int64_t minute = 60'000;
inline constexpr std::int64_t hour = 60 * minute;

}  // namespace yunzhi::monitor::testing
