// Opening a store: snapshot, log, blocks; what is damaged is set aside, what is of an older release
// converted.
#include <algorithm>
#include <cstring>

#include "base/log.hpp"
#include "base/random.hpp"
#include "monitor/series/database.hpp"
#include "monitor/series/log_record.hpp"
#include "monitor/series/old_block.hpp"
#include "monitor/series/snapshot.hpp"

namespace yunzhi::monitor {
namespace {

// Senders may write the labels of one series in more than one order.
constexpr std::size_t keys_per_series = 4;

SeriesKey random_key() {
  SeriesKey key;
  std::memcpy(&key, random_bytes(sizeof(key)).data(), sizeof(key));
  return key;
}

}  // namespace

Database::Database(DatabaseOptions options)
    : options_(std::move(options)), keys_(random_key()), cache_(options_.series_limit * keys_per_series) {}

// Turns records of the log into samples of the head. References of the log are ids of a former run.
class Database::Opening {
 public:
  explicit Opening(Database& database) : database_(database) {
    for (SeriesId id = 0; id < database.head_->size(); ++id) ids_.push_back(id);
  }

  void take(std::string_view bytes) {
    auto const record = read_record(bytes);
    auto& head = *database_.head_;
    for (auto const& [reference, labels] : record.definitions) {
      if (reference >= references_limit) continue;
      auto id = head.find(labels);
      if (id == Head::none) id = head.add(labels);
      if (reference >= ids_.size()) ids_.resize(reference + 1, Head::none);
      ids_[reference] = id;
    }
    for (auto const& [reference, sample] : record.samples) {
      auto const id = reference < ids_.size() ? ids_[reference] : Head::none;
      if (id == Head::none) {
        ++database_.lost_samples_;
      } else if (record.late) {
        head.append_late(id, sample);
      } else if (sample.at >= database_.floor_ && sample.at > head.newest(id).at) {
        head.append(id, sample);
      }
    }
  }

  /// Whether new records could name series otherwise than the old ones do.
  [[nodiscard]] bool renumbered() const {
    if (ids_.size() != database_.head_->size()) return true;
    for (SeriesId id = 0; id < ids_.size(); ++id) {
      if (ids_[id] != id) return true;
    }
    return false;
  }

 private:
  static constexpr std::uint64_t references_limit = std::uint64_t{1} << 28U;

  Database& database_;
  std::vector<SeriesId> ids_;  ///< by reference
};

Result<std::unique_ptr<Database>> Database::open(DatabaseOptions options) {
  auto database = std::make_unique<Database>(std::move(options));
  auto const& folder = database->options_.folder;
  std::filesystem::create_directories(folder / "blocks");
  database->lock_ = std::make_unique<File>(folder / "lock", File::Open::append);
  if (!database->lock_->lock())
    return refuse(Why::conflict, folder.string(), "another program has this folder of series open");
  database->open_blocks();
  database->open_rollups();
  auto const snapshot = read_snapshot(folder / "head.snapshot", *database->head_);
  database->damaged_snapshot_ = snapshot.damaged;
  if (snapshot.damaged) log::error("monitor.snapshot_damaged", {});
  database->floor_ = snapshot.facts.floor;
  database->written_ = snapshot.facts.floor;
  Opening opening(*database);
  database->wal_ = std::make_unique<Wal>(folder / "wal", snapshot.facts.segment,
                                         [&](std::string_view record) { opening.take(record); });
  if (snapshot.damaged || opening.renumbered()) database->checkpoint();
  return database;
}

// A block of version 1 is written anew in place; a damaged one is set aside.
Database::SharedBlock Database::open_block(std::filesystem::path const& path) {
  auto converted = convert_old_block(path);
  if (converted && *converted) log::info("monitor.block_converted", {{"file", path.filename().string()}});
  auto block =
      converted ? Block::open(path, block_cache_) : Result<std::shared_ptr<Block const>>(converted.error());
  if (block) return *block;
  log::error("monitor.block_set_aside", {{"reason", block.error().english()}});
  std::filesystem::rename(path, path.string() + ".damaged");
  ++damaged_blocks_;
  return nullptr;
}

void Database::open_blocks() {
  std::vector<std::filesystem::path> paths;
  for (auto const& entry : std::filesystem::directory_iterator(options_.folder / "blocks")) {
    if (entry.path().extension() == ".new") std::filesystem::remove(entry.path());
    if (entry.path().extension() == ".block") paths.push_back(entry.path());
  }
  std::set<std::string> replaced;
  for (auto const& path : paths) {
    auto block = open_block(path);
    if (!block) continue;
    auto const index = block->index();
    for (auto const& file : (*index)->replaces) replaced.insert(file);
    blocks_.push_back(std::move(block));
  }
  // What a merge replaced is left over when the merge was cut off before the clean-up.
  std::erase_if(blocks_, [&](auto const& block) {
    if (!replaced.contains(block->path().filename().string())) return false;
    std::filesystem::remove(block->path());
    return true;
  });
  std::sort(blocks_.begin(), blocks_.end(),
            [](auto const& a, auto const& b) { return a->first() < b->first(); });
}

}  // namespace yunzhi::monitor
