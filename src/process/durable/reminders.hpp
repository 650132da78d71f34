// Steps that will soon be due, and those that are overdue: when who has one hears of it.
#pragma once

#include "process/durable/task_rows.hpp"

namespace yunzhi::process {

struct Reminder {
  bool overdue = false;  ///< else it will soon be due
};

/// Sees to the next reminder of a task (tasks_to_remind): once before it is due, when its step says so, and
/// once when it is. Nothing when somebody else has seen to it, or while its process is suspended; that one is
/// looked at again later.
std::optional<Reminder> remind(store::Edit& edit, Task const& task);

}  // namespace yunzhi::process
