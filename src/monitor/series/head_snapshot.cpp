// How a head's texts and series stand in a snapshot.
#include <bit>

#include "monitor/series/head.hpp"
#include "monitor/series/wire.hpp"

namespace yunzhi::monitor {
namespace {

constexpr std::uint64_t labels_limit = 10'000;
constexpr std::uint64_t chunks_limit = 1'000'000;

}  // namespace

void Head::save_texts(std::string& out, std::size_t begin, std::size_t end) const {
  put_varint(out, end - begin);
  for (auto symbol = begin; symbol < end; ++symbol)
    put_text(out, symbols_.text(static_cast<std::uint32_t>(symbol)));
}

bool Head::load_texts(Cursor& cursor) {
  for (auto left = cursor.varint(); left > 0 && cursor.ok(); --left) symbols_.intern(cursor.text());
  return cursor.ok();
}

void Head::save_series(std::string& out, SeriesId begin, SeriesId end) const {
  put_varint(out, end - begin);
  for (auto id = begin; id < end; ++id) {
    auto const& series = series_[id];
    put_varint(out, series.labels.size());
    for (auto const& [name, value] : series.labels) {
      put_varint(out, name);
      put_varint(out, value);
    }
    put_signed(out, series.newest.at);
    put_u64(out, std::bit_cast<std::uint64_t>(series.newest.value));
    put_varint(out, series.chunks.size());
    for (auto const& chunk : series.chunks) save_chunk(out, *chunk);
    series.open.save(out);
    Samples behind;
    late(id, INT64_MIN, INT64_MAX, behind);
    put_varint(out, behind.size());
    for (auto const& sample : behind) {
      put_signed(out, sample.at);
      put_u64(out, std::bit_cast<std::uint64_t>(sample.value));
    }
  }
}

bool Head::load_series(Cursor& cursor) {
  for (auto left = cursor.varint(); left > 0; --left) {
    auto const count = cursor.varint();
    if (count > labels_limit) return false;
    Pairs pairs;
    pairs.reserve(count);
    for (std::uint64_t i = 0; i < count; ++i) {
      auto const name = cursor.varint();
      auto const value = cursor.varint();
      if (name >= symbols_.size() || value >= symbols_.size()) return false;
      pairs.emplace_back(static_cast<std::uint32_t>(name), static_cast<std::uint32_t>(value));
    }
    Series series;
    series.newest.at = cursor.signed_number();
    series.newest.value = std::bit_cast<double>(cursor.u64());
    auto const chunks = cursor.varint();
    if (!cursor.ok() || chunks > chunks_limit) return false;
    for (std::uint64_t i = 0; i < chunks; ++i) {
      auto chunk = std::make_shared<Chunk>();
      if (!load_chunk(cursor, *chunk)) return false;
      reach(chunk->first);
      reach(chunk->last);
      series.chunks.push_back(std::move(chunk));
    }
    if (!series.open.load(cursor)) return false;
    if (series.open.chunk().count > 0) {
      reach(series.open.chunk().first);
      reach(series.open.chunk().last);
    }
    auto const number = hash(pairs);
    auto const id = add(std::move(pairs), number);
    auto& placed = series_[id];
    placed.chunks = std::move(series.chunks);
    placed.open = std::move(series.open);
    placed.newest = series.newest;
    for (auto behind = cursor.varint(); behind > 0 && cursor.ok(); --behind) {
      auto const at = cursor.signed_number();
      append_late(id, {at, std::bit_cast<double>(cursor.u64())});
    }
    if (!cursor.ok()) return false;
  }
  return cursor.ok();
}

}  // namespace yunzhi::monitor
