// The migrations inside the program, in the order of the rooms: a table exists before another refers to it.
#include "embedded/migrations.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include "app/house.hpp"
#include "modules/registry.hpp"

namespace yunzhi::app {
namespace {

// Modules come after the rooms they stand on, in the order of their list; the regulation reads them all.
std::vector<std::string_view> order_of_owners() {
  std::vector<std::string_view> order{"store", "access", "notify", "process/durable",
                                      "duty",  "record", "watch"};
  for (auto const folder : modules::folders()) order.push_back(folder);
  order.emplace_back("regulation");
  order.emplace_back("app");
  return order;
}

}  // namespace

std::vector<store::Migration> migrations() {
  std::map<std::pair<std::string, int>, store::Migration> all;
  for (auto const& text : embedded::migrations()) {
    // "record/migrations/002_search.sqlite.sql"
    auto const folder = text.name.find("/migrations/");
    auto const file = text.name.substr(folder + 12);
    int number = 0;
    std::from_chars(file.data(), file.data() + 3, number);
    auto& migration = all[{std::string(text.name.substr(0, folder)), number}];
    migration.owner = text.name.substr(0, folder);
    migration.number = number;
    migration.name = file.substr(4, file.find('.') - 4);
    if (file.find(".postgresql.") == std::string_view::npos) migration.sqlite = text.bytes;
    if (file.find(".sqlite.") == std::string_view::npos) migration.postgresql = text.bytes;
  }
  std::vector<store::Migration> ordered;
  ordered.reserve(all.size());
  for (auto& [key, migration] : all) ordered.push_back(std::move(migration));
  auto const rank_of = [order = order_of_owners()](std::string_view owner) {
    return std::find(order.begin(), order.end(), owner) - order.begin();
  };
  std::stable_sort(ordered.begin(), ordered.end(), [&](auto const& a, auto const& b) {
    return std::pair(rank_of(a.owner), a.number) < std::pair(rank_of(b.owner), b.number);
  });
  return ordered;
}

}  // namespace yunzhi::app
