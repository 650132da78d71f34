#include "monitor/series/block_index.hpp"

#include <algorithm>
#include <optional>

#include "monitor/series/wire.hpp"

namespace yunzhi::monitor {
namespace {

constexpr std::uint32_t samples_per_column = 1U << 26U;  // a day in steps of 1.3 ms

// A matcher whose verdict on each text is found once.
class KnownMatcher {
 public:
  KnownMatcher(Matcher const& matcher, BlockIndex const& index)
      : matcher_(matcher), index_(index), accepts_absent_(matcher.accepts({})) {
    auto const found = std::lower_bound(index.texts.begin(), index.texts.end(), matcher.name());
    if (found == index.texts.end() || *found != matcher.name()) return;
    name_ = static_cast<std::uint32_t>(found - index.texts.begin());
    verdicts_.resize(index.texts.size());
  }

  bool accepts(SeriesEntry const& entry) {
    if (!name_) return accepts_absent_;
    auto const* pair = index_.pairs.data() + entry.labels;
    for (auto left = entry.labels_count; left > 0; --left, pair += 2) {
      if (*pair == *name_) return accepts(pair[1]);
    }
    return accepts_absent_;
  }

 private:
  enum Verdict : char { unknown, yes, no };

  bool accepts(std::uint32_t text) {
    auto& verdict = verdicts_[text];
    if (verdict == unknown) verdict = matcher_.accepts(index_.texts[text]) ? yes : no;
    return verdict == yes;
  }

  Matcher const& matcher_;
  BlockIndex const& index_;
  bool accepts_absent_;
  std::optional<std::uint32_t> name_;
  std::vector<Verdict> verdicts_;
};

void put_place(std::string& out, ColumnPlace const& place) {
  put_varint(out, place.frame);
  put_varint(out, place.offset);
  put_varint(out, place.length);
}

std::uint32_t small(Cursor& cursor, bool& ok) {
  auto const value = cursor.varint();
  ok = ok && cursor.ok() && value <= ~std::uint32_t{0};
  return static_cast<std::uint32_t>(value);
}

ColumnPlace place(Cursor& cursor, bool& ok) {
  ColumnPlace result;
  result.frame = cursor.varint();
  result.offset = small(cursor, ok);
  result.length = small(cursor, ok);
  return result;
}

bool read_series(Cursor& cursor, BlockIndex& index) {
  bool ok = true;
  SeriesEntry entry;
  entry.labels = static_cast<std::uint32_t>(index.pairs.size());
  entry.labels_count = small(cursor, ok);
  for (std::uint64_t left = std::uint64_t{entry.labels_count} * 2; left > 0 && ok; --left) {
    auto const text = small(cursor, ok);
    ok = ok && text < index.texts.size();
    index.pairs.push_back(text);
  }
  entry.times = small(cursor, ok);
  entry.values = place(cursor, ok);
  entry.first = cursor.signed_number();
  entry.last = cursor.signed_number();
  index.series.push_back(entry);
  return ok && cursor.ok() && entry.times < index.times.size();
}

}  // namespace

Labels BlockIndex::labels(SeriesEntry const& entry) const {
  std::vector<Label> result;
  result.reserve(entry.labels_count);
  auto const* pair = pairs.data() + entry.labels;
  for (auto left = entry.labels_count; left > 0; --left, pair += 2)
    result.emplace_back(texts[pair[0]], texts[pair[1]]);
  return Labels(std::move(result));
}

std::vector<std::uint32_t> BlockIndex::find(std::span<Matcher const> matchers, std::int64_t from,
                                            std::int64_t to) const {
  std::vector<KnownMatcher> known;
  known.reserve(matchers.size());
  for (auto const& matcher : matchers) known.emplace_back(matcher, *this);
  std::vector<std::uint32_t> result;
  for (std::size_t i = 0; i < series.size(); ++i) {
    auto const& entry = series[i];
    bool const accepted = entry.last >= from && entry.first <= to &&
                          std::all_of(known.begin(), known.end(),
                                      [&](KnownMatcher& matcher) { return matcher.accepts(entry); });
    if (accepted) result.push_back(static_cast<std::uint32_t>(i));
  }
  return result;
}

std::size_t BlockIndex::memory_bytes() const {
  std::size_t total =
      pairs.size() * sizeof(pairs[0]) + times.size() * sizeof(times[0]) + series.size() * sizeof(series[0]);
  for (auto const& text : texts) total += sizeof(std::string) + (text.size() > 15 ? text.size() : 0);
  return total;
}

std::string index_bytes(BlockIndex const& index) {
  std::string out;
  put_varint(out, index.texts.size());
  for (auto const& text : index.texts) put_text(out, text);
  put_varint(out, index.replaces.size());
  for (auto const& file : index.replaces) put_text(out, file);
  put_varint(out, index.times.size());
  for (auto const& times : index.times) {
    put_varint(out, times.count);
    put_place(out, times.place);
  }
  put_varint(out, index.series.size());
  for (auto const& entry : index.series) {
    put_varint(out, entry.labels_count);
    for (std::uint32_t i = 0; i < entry.labels_count * 2; ++i) put_varint(out, index.pairs[entry.labels + i]);
    put_varint(out, entry.times);
    put_place(out, entry.values);
    put_signed(out, entry.first);
    put_signed(out, entry.last);
  }
  return out;
}

bool read_index(std::string_view bytes, BlockIndex& index) {
  Cursor cursor(bytes);
  bool ok = true;
  for (auto left = cursor.varint(); left > 0 && cursor.ok(); --left) index.texts.emplace_back(cursor.text());
  for (auto left = cursor.varint(); left > 0 && cursor.ok(); --left)
    index.replaces.emplace_back(cursor.text());
  for (auto left = cursor.varint(); left > 0 && cursor.ok() && ok; --left) {
    TimesEntry times;
    times.count = small(cursor, ok);
    times.place = place(cursor, ok);
    ok = ok && times.count > 0 && times.count <= samples_per_column;
    index.times.push_back(times);
  }
  for (auto left = cursor.varint(); left > 0 && cursor.ok() && ok; --left) ok = read_series(cursor, index);
  return ok && cursor.ok() && cursor.at_end();
}

}  // namespace yunzhi::monitor
