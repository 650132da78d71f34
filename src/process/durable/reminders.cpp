#include "process/durable/reminders.hpp"

namespace yunzhi::process {

std::optional<Reminder> remind(store::Edit& edit, Task const& task) {
  bool const overdue = *task.due_at <= edit.now();
  bool const waits = edit.one<std::string>("select status from process_instance where id = :id",
                                           task.instance) == "suspended";
  constexpr std::chrono::hours look_again{1};
  auto const next = waits ? std::optional(edit.now() + look_again) : overdue ? std::nullopt : task.due_at;
  if (!remind_again(edit, task, next) || waits) return std::nullopt;
  return Reminder{overdue};
}

}  // namespace yunzhi::process
