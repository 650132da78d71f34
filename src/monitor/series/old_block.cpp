#include "monitor/series/old_block.hpp"

#include "monitor/series/block.hpp"
#include "monitor/series/frame.hpp"
#include "monitor/series/wire.hpp"

namespace yunzhi::monitor {
namespace {

constexpr std::string_view magic = "YZSB\x01";
constexpr std::size_t footer_bytes = 8 + 8 + 8 + 4 + magic.size();

Refusal damaged(std::filesystem::path const& path, std::string_view what) {
  return refuse(Why::invalid, path.filename().string(), "the block is damaged: {}", what);
}

}  // namespace

Result<std::shared_ptr<OldBlock const>> OldBlock::open(std::filesystem::path const& path) {
  auto block = std::make_shared<OldBlock>(path);
  if (auto footer = block->read_footer(); !footer) return footer.error();
  if (auto index = block->index(); !index) return index.error();
  return std::shared_ptr<OldBlock const>(std::move(block));
}

Result<> OldBlock::read_footer() {
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

Result<std::string> OldBlock::frame(std::uint64_t offset) const {
  return read_frame(file_, offset);
}

Result<OldBlockIndex> OldBlock::index() const {
  auto raw = frame(index_offset_);
  if (!raw) return raw.error();
  Cursor cursor(*raw);
  std::vector<std::string_view> symbols;
  for (auto left = cursor.varint(); left > 0 && cursor.ok(); --left) symbols.push_back(cursor.text());
  auto symbol = [&](std::uint64_t number) {
    return number < symbols.size() ? std::string(symbols[number]) : std::string();
  };
  OldBlockIndex index;
  for (auto left = cursor.varint(); left > 0 && cursor.ok(); --left) {
    OldBlockEntry entry;
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

Result<std::vector<SharedChunk>> OldBlock::Reader::chunks(OldBlock const& block, OldBlockEntry const& entry) {
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

Result<bool> convert_old_block(std::filesystem::path const& path) {
  if (File(path, File::Open::read).read(0, magic.size()) != magic) return false;
  auto const block = OldBlock::open(path);
  if (!block) return block.error();
  auto const index = (*block)->index();
  if (!index) return index.error();
  BlockWriter writer(path);
  OldBlock::Reader reader;
  Samples samples;
  for (auto const& entry : *index) {
    auto const chunks = reader.chunks(**block, entry);
    if (!chunks) return chunks.error();
    samples.clear();
    for (auto const& chunk : *chunks) chunk->read(INT64_MIN, INT64_MAX, samples);
    put_in_order(samples);
    writer.add(entry.labels, samples);
  }
  writer.finish();
  return true;
}

}  // namespace yunzhi::monitor
