#include "monitor/reading/remote_source.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <boost/json.hpp>

#include "monitor/query/format.hpp"

namespace yunzhi::monitor {
namespace {

namespace json = boost::json;

// Prometheus takes no durations beyond 290 years.
constexpr std::int64_t longest_range = std::int64_t{100} * 365 * 86'400'000;

using Found = std::map<Labels, Samples>;

[[noreturn]] void fail(ReadingPlace const& place, Why why, std::string const& reason) {
  throw SourceFailed(refuse(why, "", "{} cannot be read: {}", place.url, reason));
}

Labels without(Labels labels, std::vector<Label> const& added) {
  for (auto const& [name, value] : added) labels.remove(name);
  return labels;
}

std::string equal_text(std::string const& name, std::string const& value) {
  return Matcher::make(Match::equal, name, value)->text();
}

std::string seconds_text(std::int64_t ms) {
  auto const whole = ms / 1000;
  auto const rest = std::to_string(1000 + ms % 1000).substr(1);
  return std::to_string(whole) + '.' + rest;
}

Labels labels_of(json::object const& object) {
  std::vector<Label> pairs;
  for (auto const& [name, value] : object) pairs.emplace_back(name, std::string(value.as_string()));
  return Labels(std::move(pairs));
}

Sample sample_of(json::value const& pair) {
  auto const& both = pair.as_array();
  Sample sample;
  sample.at = std::llround(both.at(0).to_number<double>() * 1000);
  auto const& text = both.at(1).as_string();
  if (!parse_number(std::string_view(text.data(), text.size()), sample.value))
    throw std::invalid_argument("a value is no number");
  return sample;
}

// The data of an answer. VictoriaMetrics says isPartial when a part of its stores did not answer.
json::value data_of(ReadingPlace const& place, std::string const& path) {
  auto const body = remote_get(place.remote(), path);
  if (!body) fail(place, Why::busy, body.error().english());
  boost::system::error_code error;
  auto answer = json::parse(*body, error);
  auto* const object = error ? nullptr : answer.if_object();
  if (object == nullptr || !object->contains("data"))
    fail(place, Why::busy, "the answer is not that of Prometheus' HTTP API");
  if (auto const* partial = object->if_contains("isPartial"); partial != nullptr && *partial == true)
    fail(place, Why::busy, "the answer is not complete");
  return std::move(object->at("data"));
}

}  // namespace

std::string RemoteSource::selector(std::span<Matcher const> matchers) const {
  std::string text;
  auto const add = [&text](std::string const& matcher) { text += (text.empty() ? "{" : ",") + matcher; };
  for (auto const& matcher : matchers) add(matcher.text());
  for (auto const& [name, value] : added(matchers)) add(equal_text(name, value));
  // A selector needs one matcher that does not accept the empty text.
  if (std::all_of(matchers.begin(), matchers.end(), [](Matcher const& each) { return each.accepts(""); }))
    add("__name__!=\"\"");
  return text + '}';
}

// Those a query says something about itself are its own matter, as in Prometheus.
std::vector<Label> RemoteSource::added(std::span<Matcher const> matchers) const {
  std::vector<Label> result;
  if (!place_.external_labels) return result;
  std::copy_if(external_.begin(), external_.end(), std::back_inserter(result), [&](Label const& label) {
    return std::none_of(matchers.begin(), matchers.end(),
                        [&](Matcher const& matcher) { return matcher.name() == label.first; });
  });
  return result;
}

bool RemoteSource::is_asked(std::span<Matcher const> matchers) const {
  return std::all_of(place_.required_matchers.begin(), place_.required_matchers.end(),
                     [&](auto const& needed) {
                       return std::any_of(matchers.begin(), matchers.end(), [&](Matcher const& matcher) {
                         return matcher.text() == equal_text(needed.first, needed.second);
                       });
                     });
}

void RemoteSource::select(std::span<Matcher const> matchers, std::int64_t from, std::int64_t to,
                          Visit const& visit) const {
  if (to < from || !is_asked(matchers)) return;
  auto const begin = from < to - longest_range ? to - longest_range : from;
  // The range is open on the left in Prometheus 3 and closed in Prometheus 2: what is too old is left out.
  auto const query = selector(matchers) + '[' + std::to_string(to - begin + 1) + "ms]";
  auto const data = data_of(
      place_, "/api/v1/query?query=" + url_escaped(query) + "&time=" + seconds_text(to) + "&nocache=1");
  Found found;
  auto const more = added(matchers);
  try {
    for (auto const& series : data.at("result").as_array()) {
      auto const& object = series.as_object();
      // Native histograms have no values.
      auto const* values = object.if_contains("values");
      if (values == nullptr) continue;
      auto& samples = found[without(labels_of(object.at("metric").as_object()), more)];
      for (auto const& pair : values->as_array()) {
        auto const sample = sample_of(pair);
        if (sample.at >= begin && sample.at <= to) samples.push_back(sample);
      }
    }
  } catch (std::exception const& problem) {
    fail(place_, Why::busy, std::string("the answer is not that of Prometheus' HTTP API: ") + problem.what());
  }
  for (auto& [labels, samples] : found) {
    put_in_order(samples);
    if (!samples.empty() && !visit(labels, samples)) return;
  }
}

std::vector<Labels> RemoteSource::series(std::span<Matcher const> matchers, std::int64_t from,
                                         std::int64_t to) const {
  std::vector<Labels> result;
  if (!is_asked(matchers)) return result;
  auto const data = data_of(place_, "/api/v1/series?match[]=" + url_escaped(selector(matchers)) +
                                        "&start=" + seconds_text(std::max(from, to - longest_range)) +
                                        "&end=" + seconds_text(to));
  auto const more = added(matchers);
  try {
    for (auto const& each : data.as_array()) result.push_back(without(labels_of(each.as_object()), more));
  } catch (std::exception const& problem) {
    fail(place_, Why::busy, std::string("the answer is not that of Prometheus' HTTP API: ") + problem.what());
  }
  return result;
}

JoinedSource::JoinedSource(Database const& own, std::vector<ReadingPlace> places, Labels const& external)
    : own_(own) {
  for (auto& place : places) remotes_.push_back(std::make_unique<RemoteSource>(std::move(place), external));
}

// Without read_recent the other server is not asked for the time of which this one has samples in memory.
std::int64_t JoinedSource::last_asked(RemoteSource const& remote, std::int64_t to) const {
  auto const first = own_.stats().first;
  return remote.place().read_recent || first == 0 ? to : std::min(to, first - 1);
}

void JoinedSource::select(std::span<Matcher const> matchers, std::int64_t from, std::int64_t to,
                          Visit const& visit) const {
  Found found;
  auto const take = [&found](Labels const& labels, Samples& samples) {
    auto& into = found[labels];
    into.insert(into.end(), samples.begin(), samples.end());
    return true;
  };
  own_.select(matchers, from, to, take);
  for (auto const& remote : remotes_) remote->select(matchers, from, last_asked(*remote, to), take);
  for (auto& [labels, samples] : found) {
    put_in_order(samples);
    if (!visit(labels, samples)) return;
  }
}

void JoinedSource::add_series(std::span<Matcher const> matchers, std::int64_t from, std::int64_t to,
                              std::vector<Labels>& found) const {
  for (auto const& remote : remotes_) {
    auto const until = last_asked(*remote, to);
    if (until < from) continue;
    auto more = remote->series(matchers, from, until);
    std::move(more.begin(), more.end(), std::back_inserter(found));
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
}

}  // namespace yunzhi::monitor
