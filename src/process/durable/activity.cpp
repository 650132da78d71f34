#include "process/durable/activity.hpp"

#include <map>

#include "base/limits.hpp"

namespace yunzhi::process {

Activity activity(store::Reader& reader, std::string_view definition, Instant since) {
  constexpr std::int64_t most = limits::activity_rows;
  Activity found;
  auto const running = reader.row<std::int64_t, std::int64_t>(
      "select count(*), coalesce(sum(troubled), 0) from (select case when status = 'incident' then 1 else 0 "
      "end as troubled from process_instance where definition = :definition and ended_at is null limit "
      ":most) "
      "as looked",
      definition, most);
  if (running) std::tie(found.running, found.troubled) = *running;
  std::map<std::string, StepActivity> steps;
  for (auto& [element, open] :
       reader.rows<std::string, std::int64_t>("select element, count(*) from (select element from "
                                              "process_task where definition = :definition and "
                                              "state = 'open' limit :most) as looked group by element",
                                              definition, most))
    steps[element].open = open;
  for (auto& [element, done, sum, longest] :
       reader.rows<std::string, std::int64_t, std::int64_t, std::int64_t>(
           "select element, count(*), cast(sum(took) as bigint), max(took) from (select element, "
           "completed_at - "
           "created_at as took from process_task where definition = :definition and state = 'done' and "
           "completed_at >= :since order by completed_at desc limit :most) as looked group by element",
           definition, since, most)) {
    auto& step = steps[element];
    step.done = done;
    step.average = Milliseconds(sum / done);
    step.longest = Milliseconds(longest);
  }
  for (auto& [element, step] : steps) {
    step.element = element;
    found.steps.push_back(std::move(step));
  }
  return found;
}

}  // namespace yunzhi::process
