#include "monitor/log/log_block.hpp"

#include <algorithm>
#include <new>
#include <stdexcept>
#include <unordered_map>

#include <zstd.h>

#include "monitor/series/wire.hpp"

namespace yunzhi::monitor {
namespace {

constexpr int pack_level = 3;
constexpr std::uint32_t unpacked_limit = 64U << 20;
constexpr std::size_t words_per_line = 2;

Refusal damaged() {
  return refuse(Why::invalid, "", "the block of log lines is damaged");
}

// FNV-1a; the files live longer than any std::hash.
std::uint64_t hash_of(std::string_view word) {
  LabelsHasher hasher;
  hasher.add(word);
  return hasher.value();
}

void put_labels(std::string& out, Labels const& labels) {
  put_varint(out, labels.size());
  for (auto const& [name, value] : labels) {
    put_text(out, name);
    put_text(out, value);
  }
}

// False when the bytes are no labels.
bool take_labels(Cursor& cursor, std::vector<Label>& labels) {
  auto const count = cursor.varint();
  for (std::uint64_t i = 0; i < count && cursor.ok(); ++i) {
    auto const name = cursor.text();
    labels.emplace_back(name, cursor.text());
  }
  return cursor.ok();
}

// Numbers texts in the order they are first met.
class Numbering {
 public:
  std::uint64_t number(std::string text) {
    auto const [found, fresh] = numbers_.try_emplace(std::move(text), order_.size());
    if (fresh) order_.push_back(&found->first);
    return found->second;
  }
  void put(std::string& out) const {
    put_varint(out, order_.size());
    for (auto const* text : order_) put_text(out, *text);
  }

 private:
  std::unordered_map<std::string, std::uint64_t> numbers_;
  std::vector<std::string const*> order_;
};

std::string packed(std::string_view raw) {
  std::string out(ZSTD_compressBound(raw.size()), '\0');
  auto const size = ZSTD_compress(out.data(), out.size(), raw.data(), raw.size(), pack_level);
  if (ZSTD_isError(size) != 0) throw std::runtime_error(ZSTD_getErrorName(size));
  out.resize(size);
  return out;
}

}  // namespace

void WordFilter::add(std::string_view word) {
  auto const hash = hash_of(word);
  for (auto const bit : {hash % (bytes * 8), (hash >> 32U) % (bytes * 8)})
    bits_[bit / 8] = static_cast<char>(static_cast<unsigned char>(bits_[bit / 8]) | (1U << (bit % 8)));
}

bool WordFilter::may_hold(std::string_view word) const {
  auto const hash = hash_of(word);
  auto const set = [this](std::uint64_t bit) {
    return (static_cast<unsigned char>(bits_[bit / 8]) >> (bit % 8) & 1U) != 0;
  };
  return set(hash % (bytes * 8)) && set((hash >> 32U) % (bytes * 8));
}

void WordFilter::load(std::string_view text) {
  if (text.size() == bits_.size()) std::copy(text.begin(), text.end(), bits_.begin());
}

void add_to_head(LogBlockHead& head, LogLine const& line) {
  head.first = head.lines == 0 ? line.at : std::min(head.first, line.at);
  head.last = head.lines == 0 ? line.at : std::max(head.last, line.at);
  ++head.lines;
  head.levels = static_cast<std::uint8_t>(head.levels | 1U << static_cast<unsigned>(line.level));
  head.hosts.add(line.host);
  head.apps.add(line.app);
}

std::string log_columns(std::span<LogLine const> lines) {
  Numbering words;
  Numbering sets;
  std::string times, levels, hosts, apps, labels, lengths, messages;
  std::uint64_t before = 0;  // without a sign: any two times may follow each other
  for (auto const& line : lines) {
    put_signed(times, static_cast<std::int64_t>(static_cast<std::uint64_t>(line.at) - before));
    before = static_cast<std::uint64_t>(line.at);
    levels += static_cast<char>(line.level);
    put_varint(hosts, words.number(line.host));
    put_varint(apps, words.number(line.app));
    std::string set;
    put_labels(set, line.labels);
    put_varint(labels, sets.number(std::move(set)));
    put_varint(lengths, line.message.size());
    messages += line.message;
  }
  std::string out;
  put_varint(out, lines.size());
  words.put(out);
  sets.put(out);
  for (auto const* column : {&times, &levels, &hosts, &apps, &labels, &lengths, &messages})
    put_text(out, *column);
  return out;
}

Result<LogRows> LogRows::read(std::string columns) {
  LogRows rows;
  rows.bytes_ = std::make_unique<std::string>(std::move(columns));
  if (auto parsed = rows.parse(); !parsed) return parsed.error();
  return rows;
}

Result<> LogRows::parse() {
  Cursor all(*bytes_);
  auto const count = all.varint();
  if (count > bytes_->size()) return damaged();  // a line takes several bytes
  for (auto* list : {&words_, &labels_}) {
    auto const texts = all.varint();
    if (texts > count * words_per_line) return damaged();
    for (std::uint64_t i = 0; i < texts && all.ok(); ++i) list->push_back(all.text());
  }
  Cursor times(all.text());
  Cursor levels(all.text());
  Cursor hosts(all.text());
  Cursor apps(all.text());
  Cursor labels(all.text());
  Cursor lengths(all.text());
  Cursor messages(all.text());
  if (!all.ok()) return damaged();
  rows_.reserve(count);
  std::uint64_t at = 0;  // without a sign, so that a damaged file cannot make it overflow
  for (std::uint64_t i = 0; i < count; ++i) {
    LogRow row;
    at += static_cast<std::uint64_t>(times.signed_number());
    row.at = static_cast<std::int64_t>(at);
    auto const level = levels.byte();
    auto const host = hosts.varint();
    auto const app = apps.varint();
    auto const set = labels.varint();
    row.message = messages.bytes(lengths.varint());
    if (level >= log_levels || host >= words_.size() || app >= words_.size() || set >= labels_.size() ||
        !times.ok() || !levels.ok() || !lengths.ok() || !messages.ok())
      return damaged();
    row.level = static_cast<LogLevel>(level);
    row.host = static_cast<std::uint32_t>(host);
    row.app = static_cast<std::uint32_t>(app);
    row.labels = static_cast<std::uint32_t>(set);
    rows_.push_back(row);
  }
  return {};
}

LogLine LogRows::line(LogRow const& row) const {
  std::vector<Label> labels;
  Cursor cursor(labels_[row.labels]);
  if (!take_labels(cursor, labels)) labels.clear();
  LogLine line;
  line.at = row.at;
  line.level = row.level;
  line.host = host(row);
  line.app = app(row);
  line.message = row.message;
  line.labels = Labels(std::move(labels));
  return line;
}

std::string log_block(LogBlockHead head, std::span<LogLine const> lines) {
  auto const raw = log_columns(lines);
  auto const body = packed(raw);
  head.packed_bytes = static_cast<std::uint32_t>(body.size());
  head.raw_bytes = static_cast<std::uint32_t>(raw.size());
  head.crc = crc32c(body);
  std::string told;
  put_u64(told, head.number);
  put_u32(told, head.lines);
  put_u64(told, static_cast<std::uint64_t>(head.first));
  put_u64(told, static_cast<std::uint64_t>(head.last));
  told += static_cast<char>(head.levels);
  told += head.hosts.text();
  told += head.apps.text();
  put_u32(told, head.packed_bytes);
  put_u32(told, head.raw_bytes);
  put_u32(told, head.crc);
  std::string out;
  put_u32(out, static_cast<std::uint32_t>(told.size()));
  put_u32(out, crc32c(told));
  out += told;
  return out += body;
}

Result<ReadHead> read_log_head(std::string_view bytes) {
  Cursor frame(bytes);
  auto const length = frame.u32();
  auto const crc = frame.u32();
  auto const told = frame.bytes(length);
  if (!frame.ok() || crc32c(told) != crc) return damaged();
  Cursor cursor(told);
  ReadHead result;
  auto& head = result.head;
  head.number = cursor.u64();
  head.lines = cursor.u32();
  head.first = static_cast<std::int64_t>(cursor.u64());
  head.last = static_cast<std::int64_t>(cursor.u64());
  head.levels = cursor.byte();
  head.hosts.load(cursor.bytes(WordFilter::bytes));
  head.apps.load(cursor.bytes(WordFilter::bytes));
  head.packed_bytes = cursor.u32();
  head.raw_bytes = cursor.u32();
  head.crc = cursor.u32();
  result.bytes = bytes.size() - frame.rest().size();
  if (!cursor.ok() || head.raw_bytes > unpacked_limit) return damaged();
  return result;
}

Result<LogRows> read_log_rows(LogBlockHead const& head, std::string_view packed_bytes) {
  if (packed_bytes.size() != head.packed_bytes || head.raw_bytes > unpacked_limit ||
      crc32c(packed_bytes) != head.crc)
    return damaged();
  std::string raw(head.raw_bytes, '\0');
  auto const size = ZSTD_decompress(raw.data(), raw.size(), packed_bytes.data(), packed_bytes.size());
  if (ZSTD_isError(size) != 0 || size != raw.size()) return damaged();
  return LogRows::read(std::move(raw));
}

void put_log_line(std::string& out, LogLine const& line) {
  put_signed(out, line.at);
  out += static_cast<char>(line.level);
  put_text(out, line.host);
  put_text(out, line.app);
  put_labels(out, line.labels);
  put_text(out, line.message);
}

Result<std::vector<LogLine>> read_log_lines(std::string_view bytes) {
  std::vector<LogLine> lines;
  Cursor cursor(bytes);
  while (!cursor.at_end() && cursor.ok()) {
    LogLine line;
    line.at = cursor.signed_number();
    auto const level = cursor.byte();
    line.host = cursor.text();
    line.app = cursor.text();
    std::vector<Label> labels;
    if (level >= log_levels || !take_labels(cursor, labels)) return damaged();
    line.message = cursor.text();
    line.level = static_cast<LogLevel>(level);
    line.labels = Labels(std::move(labels));
    lines.push_back(std::move(line));
  }
  if (!cursor.ok()) return damaged();
  return lines;
}

}  // namespace yunzhi::monitor
