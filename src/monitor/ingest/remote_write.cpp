#include "monitor/ingest/remote_write.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <deque>

#include "base/text/utf8.hpp"
#include "monitor/ingest/protobuf.hpp"

namespace yunzhi::monitor {
namespace {

constexpr std::array<std::string_view, 8> metric_types = {"unknown",        "counter", "gauge", "histogram",
                                                          "gaugehistogram", "summary", "info",  "stateset"};

Refusal malformed() {
  return refuse(Why::invalid, "", "the body is no remote_write message");
}

std::string type_name(std::uint64_t number) {
  return std::string(metric_types[number < metric_types.size() ? number : 0]);
}

bool read_sample(std::string_view bytes, Sample& sample) {
  ProtobufReader fields(bytes);
  sample = {};
  while (fields.next()) {
    if (fields.field() == 1) sample.value = fields.real();
    if (fields.field() == 2) sample.at = fields.signed_number();
  }
  return fields.ok();
}

// Both versions have an exemplar's labels in field 1; they differ in how they write them.
template <class ReadLabels>
bool read_exemplar(std::string_view bytes, Exemplar& exemplar, ReadLabels const& read_labels) {
  ProtobufReader fields(bytes);
  while (fields.next()) {
    if (fields.field() == 2) exemplar.value = fields.real();
    if (fields.field() == 3) exemplar.at = fields.signed_number();
  }
  if (!fields.ok()) return false;
  auto pairs = read_labels(bytes);
  auto const given = pairs.size();
  for (auto const& [name, value] : pairs) {
    if (name.empty() || !valid_utf8(name) || !valid_utf8(value)) return false;
  }
  exemplar.labels = Labels(std::move(pairs));
  return exemplar.labels.size() == given;
}

// Those of one series, whose own labels must make sense too.
template <class ReadLabels>
void add_exemplars(std::vector<std::string_view> const& messages, Result<Labels> const& series,
                   ReadLabels const& read_labels, std::vector<SeriesExemplar>& result) {
  if (!series) return;
  for (auto const bytes : messages) {
    SeriesExemplar each{*series, {}};
    if (read_exemplar(bytes, each.exemplar, read_labels)) result.push_back(std::move(each));
  }
}

// Version 1: each series carries its labels as texts.
class FirstVersion {
 public:
  FirstVersion(KeyMaker const& keys, IngestLimits const& limits) : keys_(keys), limits_(limits) {}

  Result<RemoteWrite> run(std::string_view message) {
    RemoteWrite result;
    ProtobufReader fields(message);
    while (fields.next()) {
      if (fields.field() == 1 && !series(fields.bytes(), result)) return malformed();
      if (fields.field() == 3) metadata(fields.bytes(), result.metadata);
    }
    if (!fields.ok()) return malformed();
    result.incoming.labels = [spans = std::move(spans_), kept = std::move(gathered_),
                              limits = limits_](std::size_t number) { return labels(spans[number], limits); };
    return result;
  }

 private:
  // The labels' fields stand together as a rule; then their bytes are the key as they are.
  bool series(std::string_view bytes, RemoteWrite& result) {
    ProtobufReader fields(bytes);
    char const* begin = nullptr;
    char const* end = nullptr;
    bool together = true;
    std::uint32_t count = 0;
    std::vector<std::string_view> exemplars;
    for (auto const* before = bytes.data(); fields.next(); before = fields.position()) {
      if (fields.field() == 1) {
        if (begin == nullptr) begin = before;
        together = together && (end == nullptr || end == before);
        end = fields.position();
      } else if (fields.field() == 2) {
        Sample sample;
        if (!read_sample(fields.bytes(), sample)) return false;
        result.incoming.samples.push_back(sample);
        ++count;
      } else if (fields.field() == 3) {
        exemplars.push_back(fields.bytes());
      } else if (fields.field() == 4) {
        ++result.histograms;
      }
    }
    if (!fields.ok()) return false;
    if (!exemplars.empty())
      add_exemplars(exemplars, checked_labels(pairs_of(bytes), limits_), pairs_of, result.exemplars);
    if (count == 0) return true;
    auto const span = together && begin != nullptr
                          ? std::string_view(begin, static_cast<std::size_t>(end - begin))
                          : gather(bytes);
    spans_.push_back(span);
    result.incoming.series.push_back({keys_.key(span), count});
    return true;
  }

  std::string_view gather(std::string_view bytes) {
    auto& text = gathered_->emplace_back();
    ProtobufReader fields(bytes);
    for (auto const* before = bytes.data(); fields.next(); before = fields.position()) {
      if (fields.field() == 1) text.append(before, fields.position());
    }
    return text;
  }

  void metadata(std::string_view bytes, Metadata& result) const {
    ProtobufReader fields(bytes);
    MetricFacts facts;
    std::string name;
    while (fields.next()) {
      if (fields.field() == 1) facts.type = type_name(fields.number());
      if (fields.field() == 2) name = fields.bytes();
      if (fields.field() == 4) facts.help = fields.bytes().substr(0, limits_.value_bytes);
    }
    if (!fields.ok() || name.empty() || name.size() > limits_.name_bytes || !valid_utf8(name)) return;
    if (!valid_utf8(facts.help)) facts.help.clear();
    if (result.size() < limits_.metadata) result[name] = std::move(facts);
  }

  // What is malformed becomes a label without a name, which no series has.
  static std::vector<Label> pairs_of(std::string_view span) {
    std::vector<Label> pairs;
    ProtobufReader fields(span);
    while (fields.next()) {
      if (fields.field() != 1) continue;
      auto& pair = pairs.emplace_back();
      ProtobufReader label(fields.bytes());
      while (label.next()) {
        if (label.field() == 1) pair.first = label.bytes();
        if (label.field() == 2) pair.second = label.bytes();
      }
      if (!label.ok()) pair.first.clear();
    }
    return pairs;
  }

  static Result<Labels> labels(std::string_view span, IngestLimits const& limits) {
    return checked_labels(pairs_of(span), limits);
  }

  KeyMaker const& keys_;
  IngestLimits const& limits_;
  std::vector<std::string_view> spans_;
  std::shared_ptr<std::deque<std::string>> gathered_ = std::make_shared<std::deque<std::string>>();
};

// Version 2: series name texts of a table that comes with the request. The key is made of the texts' keys.
class SecondVersion {
 public:
  SecondVersion(KeyMaker const& keys, IngestLimits const& limits) : keys_(keys), limits_(limits) {}

  Result<RemoteWrite> run(std::string_view message) {
    RemoteWrite result;
    ProtobufReader first(message);
    while (first.next()) {
      if (first.field() != 4) continue;
      symbols_.push_back(first.bytes());
      symbol_keys_.push_back(keys_.key(first.bytes()));
    }
    if (!first.ok()) return malformed();
    ProtobufReader fields(message);
    while (fields.next()) {
      if (fields.field() == 5 && !series(fields.bytes(), result)) return malformed();
    }
    result.incoming.labels = [symbols = std::move(symbols_), references = std::move(references_),
                              begins = std::move(begins_), limits = limits_](std::size_t number) {
      std::vector<Label> pairs;
      for (auto at = begins[number]; at + 1 < begins[number + 1]; at += 2)
        pairs.emplace_back(symbols[references[at]], symbols[references[at + 1]]);
      return checked_labels(std::move(pairs), limits);
    };
    return result;
  }

 private:
  bool series(std::string_view bytes, RemoteWrite& result) {
    ProtobufReader fields(bytes);
    std::uint32_t count = 0;
    auto const begin = references_.size();
    std::string_view facts;
    std::vector<std::string_view> exemplars;
    while (fields.next()) {
      if (fields.field() == 1 && !references(fields)) return false;
      if (fields.field() == 2) {
        Sample sample;
        if (!read_sample(fields.bytes(), sample)) return false;
        result.incoming.samples.push_back(sample);
        ++count;
      }
      if (fields.field() == 3) ++result.histograms;
      if (fields.field() == 4) exemplars.push_back(fields.bytes());
      if (fields.field() == 5) facts = fields.bytes();
    }
    if (!fields.ok() || (references_.size() - begin) % 2 != 0) return false;
    if (!facts.empty()) metadata(facts, begin, result.metadata);
    if (!exemplars.empty()) keep_exemplars(exemplars, begin, result);
    if (count == 0) {
      references_.resize(begin);
      return true;
    }
    key_bytes_.clear();
    for (auto at = begin; at < references_.size(); ++at) {
      auto const& key = symbol_keys_[references_[at]];
      key_bytes_.append(reinterpret_cast<char const*>(&key), sizeof(key));
    }
    result.incoming.series.push_back({keys_.key(key_bytes_), count});
    begins_.push_back(references_.size());
    return true;
  }

  bool references(ProtobufReader const& fields) {
    auto keep = [this](std::uint64_t reference) {
      if (reference >= symbols_.size()) return false;
      references_.push_back(static_cast<std::uint32_t>(reference));
      return true;
    };
    if (!fields.is_bytes()) return keep(fields.number());
    auto packed = fields.bytes();
    std::uint64_t reference = 0;
    while (ProtobufReader::take_varint(packed, reference)) {
      if (!keep(reference)) return false;
    }
    return packed.empty();
  }

  [[nodiscard]] std::vector<Label> pairs_from(std::size_t begin) const {
    std::vector<Label> pairs;
    for (auto at = begin; at + 1 < references_.size(); at += 2)
      pairs.emplace_back(symbols_[references_[at]], symbols_[references_[at + 1]]);
    return pairs;
  }

  // The references of an exemplar's labels are taken in behind those of the series and dropped again.
  void keep_exemplars(std::vector<std::string_view> const& messages, std::size_t begin, RemoteWrite& result) {
    auto const series = checked_labels(pairs_from(begin), limits_);
    auto const end = references_.size();
    auto const read = [this, end](std::string_view bytes) {
      bool fine = true;
      ProtobufReader fields(bytes);
      while (fields.next()) fine = fine && (fields.field() != 1 || references(fields));
      auto pairs = pairs_from(end);
      fine = fine && (references_.size() - end) % 2 == 0;
      references_.resize(end);
      return fine ? pairs : std::vector<Label>{Label{}};
    };
    add_exemplars(messages, series, read, result.exemplars);
  }

  void metadata(std::string_view bytes, std::size_t begin, Metadata& result) const {
    std::string_view name;
    for (auto at = begin; at + 1 < references_.size(); at += 2) {
      if (symbols_[references_[at]] == name_label) name = symbols_[references_[at + 1]];
    }
    ProtobufReader fields(bytes);
    MetricFacts facts;
    while (fields.next()) {
      if (fields.field() == 1) facts.type = type_name(fields.number());
      if (fields.field() == 3 && fields.number() < symbols_.size())
        facts.help = symbols_[fields.number()].substr(0, limits_.value_bytes);
    }
    if (!fields.ok() || name.empty() || name.size() > limits_.name_bytes || !valid_utf8(name)) return;
    if (!valid_utf8(facts.help)) facts.help.clear();
    if (result.size() < limits_.metadata) result.insert_or_assign(std::string(name), std::move(facts));
  }

  KeyMaker const& keys_;
  IngestLimits const& limits_;
  std::vector<std::string_view> symbols_;
  std::vector<SeriesKey> symbol_keys_;
  std::vector<std::uint32_t> references_;
  std::vector<std::size_t> begins_{0};  ///< of each series' references, and the end of the last
  std::string key_bytes_;
};

}  // namespace

Result<RemoteWrite> read_remote_write(std::string_view message, RemoteWriteVersion version,
                                      KeyMaker const& keys, IngestLimits const& limits) {
  if (version == RemoteWriteVersion::one) return FirstVersion(keys, limits).run(message);
  return SecondVersion(keys, limits).run(message);
}

Result<Labels> checked_labels(std::vector<Label> pairs, IngestLimits const& limits) {
  if (pairs.size() > limits.labels)
    return refuse(Why::invalid, "", "a series has more than {} labels", limits.labels);
  std::size_t empty = 0;
  for (auto const& [name, value] : pairs) {
    if (name.empty()) return refuse(Why::invalid, "", "a label has no name");
    if (name.size() > limits.name_bytes)
      return refuse(Why::invalid, name.substr(0, 64), "a name is longer than {} bytes", limits.name_bytes);
    if (value.size() > limits.value_bytes)
      return refuse(Why::invalid, name, "a label's value is longer than {} bytes", limits.value_bytes);
    if (!valid_utf8(name) || !valid_utf8(value))
      return refuse(Why::invalid, "", "a label is not valid UTF-8");
    if (value.empty()) ++empty;
  }
  auto const given = pairs.size();
  Labels labels(std::move(pairs));
  if (labels.size() + empty != given)
    return refuse(Why::invalid, "", "a label is given twice in {}", labels.text());
  if (labels.get(name_label).empty())
    return refuse(Why::invalid, "__name__", "a series needs a metric name, {} has none", labels.text());
  return labels;
}

}  // namespace yunzhi::monitor
