#include "app/alert_trace.hpp"

#include "base/id.hpp"

namespace yunzhi::app {
namespace {

template <class T>
json::value or_null(std::optional<T> const& value) {
  if (!value) return nullptr;
  if constexpr (std::is_same_v<T, Instant>)
    return json::value(format_instant(*value));
  else
    return json::value(*value);
}

std::string state_of(std::string const& channel, bool sent, std::optional<std::string> const& outbox) {
  if (!sent) return "not_sent";
  if (channel == "application" || outbox == "sent") return "delivered";
  return outbox == "dead" ? "dead" : "waiting";
}

}  // namespace

void trace_delivery(store::Edit& edit, std::string const& alert, std::int64_t step,
                    notify::Told const& told) {
  auto const given = [](std::string const& text) {
    return text.empty() ? std::optional<std::string>() : std::optional(text);
  };
  edit.run(
      "insert into alert_delivery (id, alert, at, step, person, channel, target, reference, reason) values "
      "(:id, :alert, :at, :step, :person, :channel, :target, :reference, :reason)",
      new_id(edit.now()), alert, edit.now(), step, given(told.person), told.channel, told.target,
      given(told.id), given(told.reason));
}

void AlertTeller::tell(store::Edit& edit, std::string const& alert, std::int64_t step,
                       std::vector<std::string> const& people, record::Message const& message) const {
  if (people.empty())
    trace_delivery(edit, alert, step,
                   {{}, "application", {}, {}, "nobody is on duty and nobody has the role"});
  for (auto const& told : send_(edit, people, message)) trace_delivery(edit, alert, step, told);
}

json::array deliveries_of(store::Reader& reader, notify::Catalogue const& catalogue,
                          std::string_view language, std::string const& alert) {
  using Text = std::optional<std::string>;
  using Time = std::optional<Instant>;
  json::array items;
  for (auto const& [at, step, person, name, channel, target, reference, reason, state, attempts, error,
                    sent_at, trace, read_at] :
       reader.rows<Instant, std::int64_t, Text, Text, std::string, std::string, Text, Text, Text,
                   std::optional<std::int64_t>, Text, Time, Text, Time>(
           "select d.at, d.step, d.person, p.name, d.channel, d.target, d.reference, d.reason, o.state, "
           "o.attempts, o.last_error, o.sent_at, o.trace, n.read_at from alert_delivery d left join person p "
           "on p.id = d.person left join outbox o on o.id = d.reference left join notification n on n.id = "
           "d.reference where d.alert = :alert order by d.id",
           alert)) {
    auto const steps = parse_json(trace.value_or("[]"));
    auto const why = reason ? Text(catalogue.render({*reason, {}}, language)) : error;
    items.push_back(json::object{{"at", format_instant(at)},
                                 {"step", step},
                                 {"person", or_null(person)},
                                 {"name", or_null(name)},
                                 {"channel", channel},
                                 {"target", target},
                                 {"state", state_of(channel, reference.has_value(), state)},
                                 {"reason", or_null(why)},
                                 {"attempts", attempts.value_or(0)},
                                 {"sent_at", or_null(sent_at)},
                                 {"read_at", or_null(read_at)},
                                 {"trace", steps ? *steps : json::value(json::array())}});
  }
  return items;
}

}  // namespace yunzhi::app
