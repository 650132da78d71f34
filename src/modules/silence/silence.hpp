// Silences (clause 4.3.2): for a while, alerts whose labels fit open no fault and tell nobody; they are still
// seen, with the silence that keeps them quiet. Written by the form of the product or through Alertmanager's
// programming interface.
#pragma once

#include <optional>
#include <string>

#include "monitor/alert/silence.hpp"
#include "record/module.hpp"
#include "record/record.hpp"
#include "record/settings.hpp"

namespace yunzhi::modules {

struct Silence : record::Record {
  describe::Prose matchers;  ///< alertname="Down", instance=~"10\\..*"
  std::optional<Instant> starts_at;
  std::optional<Instant> ends_at;
  describe::Line author;  ///< the name of who asked for it
  describe::Prose reason;
};
BOOST_DESCRIBE_STRUCT(Silence, (record::Record), (matchers, starts_at, ends_at, author, reason))

record::Module silence(record::Settings const& settings);

/// The silence that holds for an alert with these labels at the moment, by its id; empty when there is none.
std::string silence_of(store::Reader& reader, monitor::Labels const& labels, Instant at);
/// All that end after the moment, the last to end first; at most twice as many as may be open.
std::vector<monitor::Silence> silences_ending_after(store::Reader& reader, Instant at);
/// The silence of this id, whether it is over or not.
std::optional<monitor::Silence> find_silence(store::Reader& reader, std::string const& id);

}  // namespace yunzhi::modules
