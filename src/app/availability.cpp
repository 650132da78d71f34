#include "app/availability.hpp"

#include <map>

namespace yunzhi::app {

void AvailabilityBoard::measure() {
  auto const systems = store_.read([](store::Reader& reader) {
    return reader.rows<std::string, std::string, std::string>(
        "select id, name, address from system where address is not null and address <> '' and state = "
        "'running' order by created_at limit 200");
  });
  std::map<std::string, double> ratios;
  auto const answer = monitor_.query("avg_over_time(up[30d])", store_.clock()());
  if (answer.has_value())
    for (auto const& series : answer->series)
      if (!series.samples.empty())
        ratios[std::string(series.labels.get("instance"))] = series.samples.back().value;
  std::vector<Availability> measured;
  for (auto const& [id, name, address] : systems)
    if (auto const found = ratios.find(address); found != ratios.end())
      measured.push_back({id, name, found->second});
  std::lock_guard const lock(mutex_);
  measured_ = std::move(measured);
}

std::vector<Availability> AvailabilityBoard::last() const {
  std::lock_guard const lock(mutex_);
  return measured_;
}

}  // namespace yunzhi::app
