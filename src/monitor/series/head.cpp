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
  Pairs pairs;
  pairs.reserve(labels.size());
  for (auto const& [name, value] : labels) pairs.emplace_back(symbols_.intern(name), symbols_.intern(value));
  return add(std::move(pairs), labels.hash());
}

SeriesId Head::add(Pairs pairs, std::uint64_t hash) {
  auto const id = static_cast<SeriesId>(series_.size());
  for (auto const& [name, value] : pairs) postings_[name][value].push_back(id);
  series_.emplace_back().labels = std::move(pairs);
  by_hash_.emplace(hash, id);
  return id;
}

// As Labels::hash() has it.
std::uint64_t Head::hash(Pairs const& pairs) const {
  LabelsHasher hasher;
  for (auto const& [name, value] : pairs) {
    hasher.add(symbols_.text(name));
    hasher.add(symbols_.text(value));
  }
  return hasher.value();
}

Labels Head::labels(SeriesId id) const {
  std::vector<Label> pairs;
  pairs.reserve(series_[id].labels.size());
  for (auto const& [name, value] : series_[id].labels) {
    pairs.emplace_back(symbols_.text(name), symbols_.text(value));
  }
  return Labels(std::move(pairs));
}

std::string_view Head::metric(SeriesId id) const {
  for (auto const& [name, value] : series_[id].labels) {
    if (symbols_.text(name) == name_label) return symbols_.text(value);
  }
  return {};
}

bool Head::before(SeriesId a, SeriesId b) const {
  auto const& left = series_[a].labels;
  auto const& right = series_[b].labels;
  return std::lexicographical_compare(
      left.begin(), left.end(), right.begin(), right.end(), [this](auto const& one, auto const& other) {
        if (one.first != other.first) return symbols_.text(one.first) < symbols_.text(other.first);
        return one.second != other.second && symbols_.text(one.second) < symbols_.text(other.second);
      });
}

void Head::reach(std::int64_t at) {
  first_ = std::min(first_, at);
  last_ = std::max(last_, at);
}

void Head::append(SeriesId id, Sample sample) {
  auto& series = series_[id];
  series.open.append(sample);
  series.newest = sample;
  if (series.open.full()) series.chunks.push_back(std::make_shared<Chunk const>(series.open.take()));
  reach(sample.at);
}

void Head::append_late(SeriesId id, Sample sample) {
  late_[id].push_back(sample);
  ++late_count_;
  reach(sample.at);
}

void Head::late(SeriesId id, std::int64_t from, std::int64_t to, Samples& samples) const {
  for (auto const* part : {&leaving_, &late_}) {
    auto const found = part->find(id);
    if (found == part->end()) continue;
    for (auto const& sample : found->second) {
      if (sample.at >= from && sample.at <= to) samples.push_back(sample);
    }
  }
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

// A matcher that accepts the empty text is content with series that lack the label; the others have narrowed
// the candidates already.
std::vector<SeriesId> Head::find_all(std::span<Matcher const> matchers) const {
  auto result = candidates(matchers);
  for (auto const& matcher : matchers) {
    auto const name = symbols_.find(matcher.name());
    if (name == Symbols::unknown || !matcher.accepts({})) continue;
    std::erase_if(result, [&](SeriesId id) {
      auto const& labels = series_[id].labels;
      auto const at =
          std::find_if(labels.begin(), labels.end(), [&](auto const& pair) { return pair.first == name; });
      return at != labels.end() && !matcher.accepts(symbols_.text(at->second));
    });
  }
  order_.sort(result, series_.size(), [this](SeriesId a, SeriesId b) { return before(a, b); });
  return result;
}

std::optional<Sample> Head::newest(SeriesId id, std::int64_t from, std::int64_t to) const {
  auto const& series = series_[id];
  if (series.newest.at < from || series.newest.at > to) return std::nullopt;
  // What was deleted or has gone into a block is remembered as the newest, but it is not here any more; and
  // behind a block's end something newer may have come late.
  auto const& open = series.open.chunk();
  auto const last = open.count > 0          ? open.last
                    : series.chunks.empty() ? INT64_MIN
                                            : series.chunks.back()->last;
  if (last != series.newest.at || late_.contains(id) || leaving_.contains(id)) return std::nullopt;
  return series.newest;
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

void Head::release_late() {
  for (auto& [id, samples] : late_) {
    auto& leaving = leaving_[id];
    leaving.insert(leaving.end(), samples.begin(), samples.end());
  }
  late_.clear();
  late_count_ = 0;
}

void Head::leaving(SeriesId id, Samples& samples) const {
  auto const found = leaving_.find(id);
  if (found != leaving_.end()) samples.insert(samples.end(), found->second.begin(), found->second.end());
}

bool Head::erase(SeriesId id, std::int64_t from, std::int64_t to) {
  auto const within = [&](Sample const& sample) { return sample.at >= from && sample.at <= to; };
  auto& series = series_[id];
  Samples samples;
  for (auto const& chunk : chunks(id, INT64_MIN, INT64_MAX)) chunk->read(INT64_MIN, INT64_MAX, samples);
  bool touched = std::erase_if(samples, within) > 0;
  if (touched) {
    series.chunks.clear();
    series.open = ChunkWriter();
    auto const newest = series.newest;
    for (auto const& sample : samples) append(id, sample);
    series.newest = newest;
  }
  for (auto* part : {&late_, &leaving_}) {
    auto const found = part->find(id);
    if (found != part->end()) touched = std::erase_if(found->second, within) > 0 || touched;
  }
  return touched;
}

void Head::forget(std::int64_t boundary) {
  leaving_.clear();
  first_ = INT64_MAX;
  for (auto& series : series_) {
    std::erase_if(series.chunks, [&](SharedChunk const& chunk) { return chunk->last < boundary; });
    if (series.chunks.empty()) series.chunks.shrink_to_fit();
    auto const& open = series.open.chunk();
    if (open.count > 0 && open.last < boundary) series.open = ChunkWriter();
    if (!series.chunks.empty()) {
      first_ = std::min(first_, std::max(series.chunks.front()->first, boundary));
    } else if (series.open.chunk().count > 0) {
      first_ = std::min(first_, std::max(series.open.chunk().first, boundary));
    }
  }
  for (auto const& [id, samples] : late_) {
    for (auto const& sample : samples) first_ = std::min(first_, sample.at);
  }
}

std::size_t Head::dead() const {
  return static_cast<std::size_t>(std::count_if(series_.begin(), series_.end(), [](Series const& series) {
    return series.chunks.empty() && series.open.chunk().count == 0;
  }));
}

std::unique_ptr<Head> Head::living() const {
  auto result = std::make_unique<Head>();
  for (SeriesId id = 0; id < series_.size(); ++id) {
    auto const& series = series_[id];
    auto const late = late_.find(id);
    if (series.chunks.empty() && series.open.chunk().count == 0 && late == late_.end()) continue;
    auto const renewed = result->add(labels(id));
    auto& copy = result->series_[renewed];
    copy.chunks = series.chunks;
    copy.open = series.open;
    copy.newest = series.newest;
    if (late != late_.end()) result->late_.emplace(renewed, late->second);
  }
  result->late_count_ = late_count_;
  result->first_ = first_;
  result->last_ = last_;
  return result;
}

}  // namespace yunzhi::monitor
