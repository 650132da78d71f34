// The way of an alert to people: whom it was told, when, by which channel, and what became of it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "notify/notifier.hpp"
#include "record/lifecycle.hpp"

namespace yunzhi::app {

class AlertTeller {
 public:
  using Send = std::function<std::vector<notify::Told>(store::Edit&, std::vector<std::string> const& people,
                                                       record::Message const&)>;
  explicit AlertTeller(Send send) : send_(std::move(send)) {}

  /// Tells the people and writes every way down in the alert's trace; `step` 0 is the first telling, then
  /// the steps of the escalation. That there was nobody to tell is written down as well.
  void tell(store::Edit& edit, std::string const& alert, std::int64_t step,
            std::vector<std::string> const& people, record::Message const& message) const;
  /// The same without a trace, for what is no alert of anybody's.
  std::vector<notify::Told> send(store::Edit& edit, std::vector<std::string> const& people,
                                 record::Message const& message) const {
    return send_(edit, people, message);
  }

 private:
  Send send_;
};

/// Writes one way down.
void trace_delivery(store::Edit& edit, std::string const& alert, std::int64_t step, notify::Told const& told);

/// The trace, oldest first: {at, step, person, name, channel, target, state, reason, attempts, sent_at,
/// read_at, trace}. `state` is delivered, waiting, dead or not_sent; reasons are in the language.
json::array deliveries_of(store::Reader& reader, notify::Catalogue const& catalogue,
                          std::string_view language, std::string const& alert);

}  // namespace yunzhi::app
