#include "monitor/log/log_store.hpp"

#include <algorithm>
#include <charconv>
#include <system_error>

#include "base/log.hpp"
#include "monitor/series/wire.hpp"

namespace yunzhi::monitor {
namespace {

constexpr std::string_view file_magic = "YZLG\x01";
constexpr std::string_view tail_magic = "YZLT\x01";
constexpr std::string_view suffix = ".logs";
constexpr std::uint64_t tail_head_bytes = 13;  // magic and number
constexpr std::uint64_t record_head_bytes = 8;
constexpr std::int64_t hour_ms = 3'600'000;
constexpr std::chrono::hours tail_age{24};
// Beyond the budget of a page a search goes on only where it could not go on from with a cursor.
constexpr std::uint64_t stubbornness = 4;

std::int64_t hour_of(Instant at) {
  return to_ms(at) / hour_ms;
}

}  // namespace

struct LogStore::Candidate {
  std::filesystem::path path;
  LogBlockHead head;
  std::uint64_t offset = 0;
  std::int64_t last = 0;  ///< of what the question can want of it
};

LogStore::LogStore(LogStoreOptions options) : options_(std::move(options)) {
  std::filesystem::create_directories(options_.folder);
  tail_head_.number = 1;
  open_files();
  open_tail();
}

// The name of a file is the number of its hour since 1970.
void LogStore::open_files() {
  std::vector<std::pair<std::int64_t, std::filesystem::path>> found;
  for (auto const& entry : std::filesystem::directory_iterator(options_.folder)) {
    if (entry.path().extension() != suffix) continue;
    auto const stem = entry.path().stem().string();
    std::int64_t hour = 0;
    auto const [end, error] = std::from_chars(stem.data(), stem.data() + stem.size(), hour);
    if (error == std::errc() && end == stem.data() + stem.size()) found.emplace_back(hour, entry.path());
  }
  std::sort(found.begin(), found.end());
  for (auto const& [hour, path] : found) open_file(path, hour);
}

void LogStore::open_file(std::filesystem::path const& path, std::int64_t hour) {
  HourFile opened{path, hour, 0, {}};
  {
    File file(path, File::Open::append);
    auto const size = file.size();
    if (size >= file_magic.size() && file.read(0, file_magic.size()) != file_magic) {
      ++damaged_files_;
    } else {
      std::uint64_t good = size < file_magic.size() ? 0 : file_magic.size();
      while (good != 0 && good < size) {
        auto const read = read_log_head(file.read(good, log_head_bytes));
        if (!read || good + read->bytes + read->head.packed_bytes > size) break;
        auto const next = good + read->bytes + read->head.packed_bytes;
        bool const last = next == size;
        if (last && crc32c(file.read(good + read->bytes, read->head.packed_bytes)) != read->head.crc) break;
        opened.blocks.push_back({read->head, good + read->bytes});
        tail_head_.number = std::max(tail_head_.number, read->head.number + 1);
        good = next;
      }
      lost_bytes_ += size - good;
      if (good != size) file.cut(good);
      if (good == 0) file.append(file_magic);
      opened.bytes = std::max<std::uint64_t>(good, file_magic.size());
      files_.push_back(std::move(opened));
      return;
    }
  }
  auto aside = path;
  aside += ".damaged";
  std::filesystem::rename(path, aside);
  log::warning("monitor.log_file_damaged", {{"file", aside.string()}});
}

void LogStore::open_tail() {
  tail_ = std::make_unique<File>(options_.folder / "tail", File::Open::append);
  auto const bytes = tail_->read(0, tail_->size());
  Cursor head(bytes);
  bool const begins = head.bytes(tail_magic.size()) == tail_magic;
  auto const number = head.u64();
  if (!begins || !head.ok()) {
    lost_bytes_ += bytes.size();
    return begin_tail();
  }
  // A block of this number or a later one has what the tail holds.
  if (number < tail_head_.number) return begin_tail();
  tail_head_.number = number;
  std::uint64_t good = tail_head_bytes;
  while (good < bytes.size()) {
    Cursor record(std::string_view(bytes).substr(good));
    auto const length = record.u32();
    auto const crc = record.u32();
    auto const payload = record.bytes(length);
    if (!record.ok() || crc32c(payload) != crc) break;
    auto lines = read_log_lines(payload);
    if (!lines) break;
    tail_bytes_ += payload.size();
    take(std::move(*lines));
    good += record_head_bytes + length;
  }
  if (good == bytes.size()) return;
  lost_bytes_ += bytes.size() - good;
  tail_->cut(good);
}

void LogStore::begin_tail() {
  tail_stale_ = true;
  tail_->cut(0);
  std::string head(tail_magic);
  put_u64(head, tail_head_.number);
  tail_->append(head);
  tail_stale_ = false;
}

void LogStore::take(std::vector<LogLine> lines) {
  for (auto& line : lines) {
    add_to_head(tail_head_, line);
    tail_lines_.push_back(std::move(line));
  }
}

void LogStore::append(std::span<LogLine const> lines, Instant now) {
  std::lock_guard const lock(guard_);
  while (!lines.empty()) {
    if (tail_stale_) begin_tail();
    if (tail_bytes_ >= options_.block_bytes) flush(now);
    std::string payload;
    std::size_t count = 0;
    while (count < lines.size() && tail_bytes_ + payload.size() < options_.block_bytes)
      put_log_line(payload, lines[count++]);
    std::string record;
    record.reserve(record_head_bytes + payload.size());
    put_u32(record, static_cast<std::uint32_t>(payload.size()));
    put_u32(record, crc32c(payload));
    record += payload;
    tail_->append(record);
    unsynced_ = true;
    tail_bytes_ += payload.size();
    if (!tail_since_) tail_since_ = now;
    take({lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(count)});
    lines = lines.subspan(count);
  }
}

// The block is on the disk before the tail is begun anew: whatever comes in between, no line is lost, and the
// number tells that none is there twice.
void LogStore::flush(Instant now) {
  auto& hour = file_of(hour_of(now));
  auto const bytes = log_block(tail_head_, tail_lines_);
  {
    File file(hour.path, File::Open::append);
    file.append(bytes);
    try {
      file.sync();
    } catch (std::system_error const&) {
      file.cut(hour.bytes);
      throw;
    }
  }
  auto const read = read_log_head(bytes);
  hour.blocks.push_back({read->head, hour.bytes + read->bytes});
  hour.bytes += bytes.size();
  auto const number = tail_head_.number + 1;
  tail_head_ = {};
  tail_head_.number = number;
  tail_lines_.clear();
  tail_bytes_ = 0;
  tail_since_.reset();
  begin_tail();
}

LogStore::HourFile& LogStore::file_of(std::int64_t hour) {
  auto const at =
      std::lower_bound(files_.begin(), files_.end(), hour,
                       [](HourFile const& file, std::int64_t wanted) { return file.hour < wanted; });
  if (at != files_.end() && at->hour == hour) return *at;
  auto const path = options_.folder / (std::to_string(hour) + std::string(suffix));
  File file(path, File::Open::append);
  file.append(file_magic);
  sync_folder(options_.folder);
  return *files_.insert(at, HourFile{path, hour, file.size(), {}});
}

void LogStore::sync() {
  {
    std::lock_guard const lock(guard_);
    if (!unsynced_) return;
    unsynced_ = false;
  }
  tail_->sync();
}

void LogStore::maintain(Instant now) {
  std::lock_guard const lock(guard_);
  if (!tail_lines_.empty() && !tail_since_) tail_since_ = now;
  if (tail_since_ && now - *tail_since_ >= tail_age) flush(now);
  auto const kept_from = hour_of(now - options_.retention);
  while (!files_.empty() && files_.front().hour < kept_from) drop(files_.begin());
  std::uint64_t total = 0;
  for (auto const& file : files_) total += file.bytes;
  while (options_.retention_bytes > 0 && total > options_.retention_bytes && files_.size() > 1) {
    total -= files_.front().bytes;
    drop(files_.begin());
  }
}

void LogStore::drop(std::vector<HourFile>::iterator file) {
  std::filesystem::remove(file->path);
  files_.erase(file);
}

std::vector<LogStore::Candidate> LogStore::candidates(LogQuestion const& question, std::int64_t last) const {
  std::vector<Candidate> found;
  for (auto const& file : files_) {
    for (auto const& [head, offset] : file.blocks) {
      if (head.last < question.from || head.first > last) continue;
      if (question.levels != 0 && (question.levels & head.levels) == 0) continue;
      if (!question.host.empty() && !head.hosts.may_hold(question.host)) continue;
      if (!question.app.empty() && !head.apps.may_hold(question.app)) continue;
      found.push_back({file.path, head, offset, std::min(head.last, last)});
    }
  }
  std::sort(found.begin(), found.end(), [](Candidate const& a, Candidate const& b) {
    return std::pair(a.last, a.head.number) > std::pair(b.last, b.head.number);
  });
  return found;
}

Result<LogPage> LogStore::search(LogQuestion const& question, LogSearchLimits const& limits) const {
  auto const deadline = std::chrono::steady_clock::now() + limits.time;
  auto const last = question.before ? std::min(question.to, question.before->at) : question.to;
  LogCollector collector(question, limits);
  std::vector<Candidate> blocks;
  {
    std::lock_guard const lock(guard_);
    blocks = candidates(question, last);
    std::uint32_t number = 0;
    for (auto const& line : tail_lines_) collector.offer({line.at, tail_head_.number, number++}, line);
  }
  std::uint64_t read_bytes = 0;
  std::size_t damaged = 0;
  std::unique_ptr<File> file;
  for (auto const& block : blocks) {
    if (collector.passed({block.last, block.head.number, UINT32_MAX})) {
      collector.mark_more();
      break;
    }
    bool const spent = read_bytes >= limits.read_bytes || std::chrono::steady_clock::now() > deadline;
    if (spent && block.last < last) {
      collector.give_up_until(block.last);
      break;
    }
    if (read_bytes >= limits.read_bytes * stubbornness)
      return refuse(Why::too_large, "", "one moment has more log lines than a search may read");
    read_bytes += block.head.raw_bytes;
    try {
      if (!file || file->path() != block.path) file = std::make_unique<File>(block.path, File::Open::read);
    } catch (std::system_error const& problem) {
      // Past its time since the blocks were listed.
      if (problem.code() == std::errc::no_such_file_or_directory) continue;
      throw;
    }
    auto const rows = read_log_rows(block.head, file->read(block.offset, block.head.packed_bytes));
    if (rows)
      collector.offer(block.head.number, *rows);
    else
      ++damaged;
  }
  auto page = std::move(collector).page();
  page.damaged_blocks = damaged;
  std::lock_guard const lock(guard_);
  damaged_blocks_ += damaged;
  return page;
}

LogStoreStats LogStore::stats() const {
  std::lock_guard const lock(guard_);
  LogStoreStats stats;
  stats.lines = tail_lines_.size();
  stats.bytes = tail_head_bytes + tail_bytes_;
  for (auto const& file : files_) {
    stats.bytes += file.bytes;
    stats.blocks += file.blocks.size();
    for (auto const& block : file.blocks) stats.lines += block.head.lines;
  }
  stats.lost_bytes = lost_bytes_;
  stats.damaged_files = damaged_files_;
  stats.damaged_blocks = damaged_blocks_;
  return stats;
}

}  // namespace yunzhi::monitor
