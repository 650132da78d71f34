#include "app/availability/planned_work.hpp"

namespace yunzhi::app {

PlannedWork planned_work(modules::WindowCalendar calendar) {
  constexpr std::size_t most = 1000;
  return [calendar = std::move(calendar)](store::Reader& reader, calendar::Stretch const& span) {
    std::map<std::string, calendar::Stretches> planned;
    for (auto const& one : modules::planned_openings(reader, calendar, span.from, span.to, most))
      for (auto const& system : one.systems) planned[system].push_back({one.opening.from, one.opening.to});
    return planned;
  };
}

}  // namespace yunzhi::app
