#include "process/expression/property.hpp"

namespace yunzhi::process {
namespace {

Value number(std::int64_t value) {
  return Decimal(value);
}

Value date_part(Date date, std::string_view name) {
  auto const [year, month, day] = parts(date);
  if (name == "year") return number(year);
  if (name == "month") return number(month);
  if (name == "day") return number(day);
  if (name == "weekday") return number(weekday(date));
  return {};
}

Value time_part(DateTime const& reading, std::string_view name) {
  auto const total = reading.time.since_midnight_ns / second_ns;
  if (name == "hour") return number(total / 3600);
  if (name == "minute") return number(total / 60 % 60);
  if (name == "second") return number(total % 60);
  if (name == "time offset") {
    auto const offset = offset_of(reading);
    return offset ? Value(Duration{Nanoseconds{offset->count()} * second_ns}) : Value();
  }
  if (name != "timezone") return {};
  auto const* zone = std::get_if<calendar::Zone>(&reading.time.zone);
  return zone == nullptr ? Value() : make_text(zone->name());
}

Value duration_part(Duration duration, std::string_view name) {
  auto const seconds = static_cast<std::int64_t>(duration.length / second_ns);
  if (name == "days") return number(seconds / day_seconds);
  if (name == "hours") return number(seconds / 3600 % 24);
  if (name == "minutes") return number(seconds / 60 % 60);
  if (name != "seconds") return {};
  auto const fraction = static_cast<std::int64_t>(duration.length % second_ns);
  auto const behind = divide(Decimal(fraction), Decimal(second_ns)).value_or(Decimal());
  return add(Decimal(seconds % 60), behind);
}

Value months_part(Months months, std::string_view name) {
  if (name == "years") return number(months.count / 12);
  if (name == "months") return number(months.count % 12);
  return {};
}

Value range_part(Range const& range, std::string_view name) {
  if (name == "start") return range.low;
  if (name == "end") return range.high;
  if (name == "start included") return !range.low_open;
  if (name == "end included") return !range.high_open;
  return {};
}

Value each_part(std::vector<Value> const& items, std::string_view name, Evaluation& evaluation) {
  std::vector<Value> all;
  all.reserve(items.size());
  for (auto const& item : items) all.push_back(property_of(item, name, evaluation));
  return evaluation.list(std::move(all));
}

}  // namespace

Value property_of(Value const& value, std::string_view name, Evaluation& evaluation) {
  switch (value.kind()) {
    case Kind::context: {
      auto const& context = *value.entries();
      if (!evaluation.budget().work(context.entries.size() / 8)) return {};
      auto const* found = context.find(name);
      return found == nullptr ? Value() : *found;
    }
    case Kind::list:
      return evaluation.budget().work(value.items()->size()) ? each_part(*value.items(), name, evaluation)
                                                             : Value();
    case Kind::date: {
      auto const part = date_part(*value.get<Date>(), name);
      return part.null() ? time_part({*value.get<Date>(), Time{0, std::chrono::seconds{0}}}, name) : part;
    }
    case Kind::time:
      return time_part({{}, *value.get<Time>()}, name);
    case Kind::date_time: {
      auto const part = date_part(value.get<DateTime>()->date, name);
      return part.null() ? time_part(*value.get<DateTime>(), name) : part;
    }
    case Kind::duration:
      return duration_part(*value.get<Duration>(), name);
    case Kind::months:
      return months_part(*value.get<Months>(), name);
    case Kind::range:
      return range_part(**value.get<RangePointer>(), name);
    default:
      return {};
  }
}

}  // namespace yunzhi::process
