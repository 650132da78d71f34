#include "monitor/series/log_record.hpp"

#include <algorithm>
#include <bit>

#include "monitor/series/wire.hpp"

namespace yunzhi::monitor {
namespace {

constexpr char definitions_kind = 1;
constexpr char samples_kind = 2;
constexpr char late_samples_kind = 3;
constexpr std::size_t samples_per_record = 100'000;
constexpr std::size_t bytes_per_sample = 14;  // most take no more
constexpr std::size_t definition_bytes = 1 << 20;

void read_definitions(Cursor& cursor, LogRecord& record) {
  while (!cursor.at_end()) {
    auto const reference = cursor.varint();
    std::vector<Label> pairs;
    for (auto left = cursor.varint(); left > 0 && cursor.ok(); --left) {
      auto const name = cursor.text();
      auto const value = cursor.text();
      pairs.emplace_back(name, value);
    }
    if (!cursor.ok()) return;
    record.definitions.emplace_back(reference, Labels(std::move(pairs)));
  }
}

void read_samples(Cursor& cursor, LogRecord& record) {
  auto const base = cursor.signed_number();
  while (!cursor.at_end()) {
    auto const reference = cursor.varint();
    auto const at = base + cursor.signed_number();
    auto const value = std::bit_cast<double>(cursor.u64());
    if (!cursor.ok()) return;
    record.samples.emplace_back(reference, Sample{at, value});
  }
}

}  // namespace

LogRecord read_record(std::string_view bytes) {
  LogRecord record;
  Cursor cursor(bytes);
  auto const kind = cursor.byte();
  if (kind == definitions_kind) read_definitions(cursor, record);
  record.late = kind == late_samples_kind;
  if (kind == samples_kind || record.late) read_samples(cursor, record);
  return record;
}

std::vector<std::string> definition_records(Head const& head, std::vector<SeriesId> const& series) {
  std::vector<std::string> records;
  for (auto const id : series) {
    if (records.empty() || records.back().size() > definition_bytes)
      records.emplace_back(1, definitions_kind);
    auto& record = records.back();
    auto const labels = head.labels(id);
    put_varint(record, id);
    put_varint(record, labels.size());
    for (auto const& [name, value] : labels) {
      put_text(record, name);
      put_text(record, value);
    }
  }
  return records;
}

std::vector<std::string> sample_records(std::vector<std::pair<SeriesId, Sample>> const& samples, bool late) {
  std::vector<std::string> records;
  for (std::size_t begin = 0; begin < samples.size(); begin += samples_per_record) {
    auto const end = std::min(begin + samples_per_record, samples.size());
    auto const base = samples[begin].second.at;
    std::string record(1, late ? late_samples_kind : samples_kind);
    record.reserve((end - begin) * bytes_per_sample);
    put_signed(record, base);
    for (std::size_t i = begin; i < end; ++i) {
      put_varint(record, samples[i].first);
      put_signed(record, samples[i].second.at - base);
      put_u64(record, std::bit_cast<std::uint64_t>(samples[i].second.value));
    }
    records.push_back(std::move(record));
  }
  return records;
}

}  // namespace yunzhi::monitor
