#include "monitor/series/head.hpp"

#include <algorithm>
#include <bit>
#include <numeric>

namespace yunzhi::monitor {

std::uint32_t Symbols::intern(std::string_view text) {
  auto const found = numbers_.find(text);
  if (found != numbers_.end()) return found->second;
  auto const number = static_cast<std::uint32_t>(texts_.size());
  auto const added = numbers_.emplace(text, number).first;
  texts_.push_back(&added->first);
  return number;
}

std::uint32_t Symbols::find(std::string_view text) const {
  auto const found = numbers_.find(text);
  return found == numbers_.end() ? unknown : found->second;
}

SeriesId Head::find(Labels const& labels) const {
  auto const [begin, end] = by_hash_.equal_range(labels.hash());
  for (auto at = begin; at != end; ++at) {
    auto const& pairs = series_[at->second].labels;
    bool const same = std::equal(pairs.begin(), pairs.end(), labels.begin(), labels.end(),
                                 [this](auto const& pair, Label const& label) {
                                   return symbols_.text(pair.first) == label.first &&
                                          symbols_.text(pair.second) == label.second;
                                 });
    if (same) return at->second;
  }
  return none;
}

SeriesId Head::add(Labels const& labels) {
  auto const id = static_cast<SeriesId>(series_.size());
  auto& series = series_.emplace_back();
  series.labels.reserve(labels.size());
  for (auto const& [name, value] : labels) {
    series.labels.emplace_back(symbols_.intern(name), symbols_.intern(value));
    postings_[series.labels.back().first][series.labels.back().second].push_back(id);
  }
  by_hash_.emplace(labels.hash(), id);
  return id;
}

Labels Head::labels(SeriesId id) const {
  std::vector<Label> pairs;
  pairs.reserve(series_[id].labels.size());
  for (auto const& [name, value] : series_[id].labels) {
    pairs.emplace_back(symbols_.text(name), symbols_.text(value));
  }
  return Labels(std::move(pairs));
}

Head::Added Head::judge(SeriesId id, Sample sample) const {
  auto const& newest = series_[id].newest;
  if (sample.at > newest.at) return Added::yes;
  bool const same = sample.at == newest.at &&
                    std::bit_cast<std::uint64_t>(sample.value) == std::bit_cast<std::uint64_t>(newest.value);
  return same ? Added::repeated : Added::out_of_order;
}

void Head::append(SeriesId id, Sample sample) {
  auto& series = series_[id];
  series.open.append(sample);
  series.newest = sample;
  if (series.open.full()) series.chunks.push_back(std::make_shared<Chunk const>(series.open.take()));
  first_ = std::min(first_, sample.at);
  last_ = std::max(last_, sample.at);
}

bool Head::accepts(Series const& series, Matcher const& matcher) const {
  for (auto const& [name, value] : series.labels) {
    if (symbols_.text(name) == matcher.name()) return matcher.accepts(symbols_.text(value));
  }
  return matcher.accepts({});
}

Head::Postings Head::candidates(Matcher const& matcher) const {
  Postings result;
  auto const name = postings_.find(symbols_.find(matcher.name()));
  if (name == postings_.end()) return result;
  if (matcher.kind() == Match::equal) {
    auto const value = name->second.find(symbols_.find(matcher.value()));
    return value == name->second.end() ? result : value->second;
  }
  for (auto const& [value, ids] : name->second) {
    if (matcher.accepts(symbols_.text(value))) result.insert(result.end(), ids.begin(), ids.end());
  }
  std::sort(result.begin(), result.end());
  return result;
}

// Intersects the postings of the matchers that demand a label; with none of these, every series is one.
Head::Postings Head::candidates(std::span<Matcher const> matchers) const {
  Postings result;
  bool narrowed = false;
  for (auto const& matcher : matchers) {
    if (matcher.accepts({})) continue;
    auto found = candidates(matcher);
    if (narrowed) {
      Postings both;
      std::set_intersection(result.begin(), result.end(), found.begin(), found.end(),
                            std::back_inserter(both));
      found = std::move(both);
    }
    result = std::move(found);
    narrowed = true;
  }
  if (!narrowed) {
    result.resize(series_.size());
    std::iota(result.begin(), result.end(), SeriesId{0});
  }
  return result;
}

std::vector<SeriesId> Head::find_all(std::span<Matcher const> matchers) const {
  auto result = candidates(matchers);
  std::erase_if(result, [&](SeriesId id) {
    return !std::all_of(matchers.begin(), matchers.end(), [&](Matcher const& matcher) {
      return !matcher.accepts({}) || accepts(series_[id], matcher);
    });
  });
  return result;
}

std::vector<SharedChunk> Head::chunks(SeriesId id, std::int64_t from, std::int64_t to) const {
  auto const& series = series_[id];
  std::vector<SharedChunk> result;
  for (auto const& chunk : series.chunks) {
    if (chunk->last >= from && chunk->first <= to) result.push_back(chunk);
  }
  auto const& open = series.open.chunk();
  if (open.count > 0 && open.last >= from && open.first <= to) {
    result.push_back(std::make_shared<Chunk const>(open));
  }
  return result;
}

std::uint64_t Head::chunk_bytes() const {
  std::uint64_t total = 0;
  for (auto const& series : series_) {
    total += series.open.chunk().bytes.capacity();
    for (auto const& chunk : series.chunks) total += chunk->bytes.size();
  }
  return total;
}

std::unique_ptr<Head> Head::from(std::int64_t boundary) const {
  auto result = std::make_unique<Head>();
  Samples samples;
  for (SeriesId id = 0; id < series_.size(); ++id) {
    if (series_[id].newest.at < boundary) continue;
    samples.clear();
    for (auto const& chunk : chunks(id, boundary, INT64_MAX)) chunk->read(boundary, INT64_MAX, samples);
    auto const renewed = result->add(labels(id));
    for (auto const& sample : samples) result->append(renewed, sample);
  }
  return result;
}

}  // namespace yunzhi::monitor
