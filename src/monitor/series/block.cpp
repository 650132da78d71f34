#include "monitor/series/block.hpp"

#include <algorithm>
#include <unordered_map>

#include <zstd.h>

#include "monitor/series/wire.hpp"

namespace yunzhi::monitor {
namespace {

constexpr std::string_view magic = "YZSB\x01";
constexpr std::size_t footer_bytes = 8 + 8 + 8 + 4 + magic.size();
constexpr std::size_t frame_goal_bytes = 64 << 10;
constexpr std::size_t frame_limit_bytes = std::size_t{256} << 20;  // an index of millions of series
constexpr int compression_level = 3;

// length, length unpacked, CRC-32C of what follows, zstd bytes
std::string pack(std::string_view raw) {
  std::string body(ZSTD_compressBound(raw.size()), '\0');
  auto const size = ZSTD_compress(body.data(), body.size(), raw.data(), raw.size(), compression_level);
  if (ZSTD_isError(size) != 0) throw std::runtime_error(ZSTD_getErrorName(size));
  body.resize(size);
  std::string frame;
  put_u32(frame, static_cast<std::uint32_t>(body.size()));
  put_u32(frame, static_cast<std::uint32_t>(raw.size()));
  put_u32(frame, crc32c(body));
  return frame + body;
}

Refusal damaged(std::filesystem::path const& path, std::string_view what) {
  return refuse(Why::invalid, path.filename().string(), "the block is damaged: {}", what);
}

}  // namespace

BlockWriter::BlockWriter(std::filesystem::path path) : path_(std::move(path)), beside_(path_) {
  beside_ += ".new";
  std::filesystem::remove(beside_);
  file_ = std::make_unique<File>(beside_, File::Open::append);
  file_->append(magic);
  size_ = magic.size();
}

void BlockWriter::add(Labels const& labels, std::vector<SharedChunk> const& chunks) {
  if (chunks.empty()) return;
  BlockEntry entry{labels, size_, frame_.size(), 0, chunks.front()->first, chunks.back()->last};
  for (auto const& chunk : chunks) {
    put_varint(frame_, chunk->count);
    put_signed(frame_, chunk->first);
    put_signed(frame_, chunk->last - chunk->first);
    put_varint(frame_, chunk->bytes.size());
    frame_.append(chunk->bytes.begin(), chunk->bytes.end());
  }
  entry.length = frame_.size() - entry.offset;
  index_.push_back(std::move(entry));
  if (frame_.size() >= frame_goal_bytes) write_frame();
}

void BlockWriter::write_frame() {
  auto const packed = pack(frame_);
  file_->append(packed);
  size_ += packed.size();
  frame_.clear();
}

std::string BlockWriter::packed_index() const {
  std::unordered_map<std::string_view, std::uint64_t> numbers;
  std::string texts;
  std::string entries;
  auto symbol = [&](std::string const& text) {
    auto const [at, added] = numbers.emplace(text, numbers.size());
    if (added) put_text(texts, text);
    return at->second;
  };
  for (auto const& entry : index_) {
    put_varint(entries, entry.labels.size());
    for (auto const& [name, value] : entry.labels) {
      put_varint(entries, symbol(name));
      put_varint(entries, symbol(value));
    }
    put_varint(entries, entry.frame);
    put_varint(entries, entry.offset);
    put_varint(entries, entry.length);
    put_signed(entries, entry.first);
    put_signed(entries, entry.last);
  }
  std::string raw;
  put_varint(raw, numbers.size());
  raw += texts;
  put_varint(raw, index_.size());
  raw += entries;
  return pack(raw);
}

void BlockWriter::finish() {
  if (!frame_.empty()) write_frame();
  std::int64_t first = INT64_MAX;
  std::int64_t last = INT64_MIN;
  for (auto const& entry : index_) {
    first = std::min(first, entry.first);
    last = std::max(last, entry.last);
  }
  auto tail = packed_index();
  std::string footer;
  put_u64(footer, size_);
  put_u64(footer, static_cast<std::uint64_t>(first));
  put_u64(footer, static_cast<std::uint64_t>(last));
  put_u32(footer, crc32c(footer));
  file_->append(tail + footer + std::string(magic));
  file_->sync();
  file_.reset();
  std::filesystem::rename(beside_, path_);
  sync_folder(path_.parent_path());
}

Result<std::shared_ptr<Block const>> Block::open(std::filesystem::path const& path) {
  auto block = std::make_shared<Block>(path);
  if (auto footer = block->read_footer(); !footer) return footer.error();
  if (auto index = block->index(); !index) return index.error();
  return std::shared_ptr<Block const>(std::move(block));
}

Result<> Block::read_footer() {
  auto const size = file_.size();
  if (size < magic.size() + footer_bytes || file_.read(0, magic.size()) != magic) {
    return damaged(path(), "it does not begin as a block does");
  }
  auto const footer = file_.read(size - footer_bytes, footer_bytes);
  Cursor cursor(footer);
  index_offset_ = cursor.u64();
  first_ = static_cast<std::int64_t>(cursor.u64());
  last_ = static_cast<std::int64_t>(cursor.u64());
  bool const checked = cursor.u32() == crc32c(std::string_view(footer).substr(0, 24));
  if (!checked || cursor.bytes(magic.size()) != magic) return damaged(path(), "its footer is not whole");
  return {};
}

Result<std::string> Block::frame(std::uint64_t offset) const {
  auto const head = file_.read(offset, 12);
  Cursor cursor(head);
  auto const packed = cursor.u32();
  auto const raw = cursor.u32();
  auto const crc = cursor.u32();
  if (!cursor.ok() || raw > frame_limit_bytes || packed > file_.size()) {
    return damaged(path(), "a frame has no sensible size");
  }
  auto const body = file_.read(offset + 12, packed);
  if (body.size() != packed || crc32c(body) != crc) return damaged(path(), "a checksum does not match");
  std::string bytes(raw, '\0');
  auto const size = ZSTD_decompress(bytes.data(), bytes.size(), body.data(), body.size());
  if (ZSTD_isError(size) != 0 || size != raw) return damaged(path(), "a frame does not unpack");
  return bytes;
}

Result<BlockIndex> Block::index() const {
  auto raw = frame(index_offset_);
  if (!raw) return raw.error();
  Cursor cursor(*raw);
  std::vector<std::string_view> symbols;
  for (auto left = cursor.varint(); left > 0 && cursor.ok(); --left) symbols.push_back(cursor.text());
  auto symbol = [&](std::uint64_t number) {
    return number < symbols.size() ? std::string(symbols[number]) : std::string();
  };
  BlockIndex index;
  for (auto left = cursor.varint(); left > 0 && cursor.ok(); --left) {
    BlockEntry entry;
    std::vector<Label> pairs;
    for (auto labels = cursor.varint(); labels > 0 && cursor.ok(); --labels) {
      auto name = symbol(cursor.varint());
      auto value = symbol(cursor.varint());
      pairs.emplace_back(std::move(name), std::move(value));
    }
    entry.labels = Labels(std::move(pairs));
    entry.frame = cursor.varint();
    entry.offset = cursor.varint();
    entry.length = cursor.varint();
    entry.first = cursor.signed_number();
    entry.last = cursor.signed_number();
    index.push_back(std::move(entry));
  }
  if (!cursor.ok()) return damaged(path(), "its index is not whole");
  return index;
}

Result<std::vector<SharedChunk>> Block::Reader::chunks(Block const& block, BlockEntry const& entry) {
  if (block_ != &block || frame_ != entry.frame || bytes_.empty()) {
    auto bytes = block.frame(entry.frame);
    if (!bytes) return bytes.error();
    bytes_ = std::move(*bytes);
    block_ = &block;
    frame_ = entry.frame;
  }
  if (entry.offset > bytes_.size()) return damaged(block.path(), "an entry points past its frame");
  Cursor cursor(std::string_view(bytes_).substr(entry.offset, entry.length));
  std::vector<SharedChunk> result;
  while (!cursor.at_end() && cursor.ok()) {
    auto chunk = std::make_shared<Chunk>();
    chunk->count = static_cast<std::uint32_t>(cursor.varint());
    chunk->first = cursor.signed_number();
    chunk->last = chunk->first + cursor.signed_number();
    auto const bytes = cursor.text();
    chunk->bytes.assign(bytes.begin(), bytes.end());
    result.push_back(std::move(chunk));
  }
  if (!cursor.ok()) return damaged(block.path(), "a chunk is not whole");
  return result;
}

}  // namespace yunzhi::monitor
