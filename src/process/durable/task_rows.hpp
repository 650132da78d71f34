// Tasks as rows: reading them for a person, a record or a step.
#pragma once

#include <span>

#include "process/durable/outcome.hpp"
#include "store/store.hpp"

namespace yunzhi::process {

/// Whose inbox: what the person holds, and what anybody with one of the roles may take.
struct Inbox {
  std::string person;
  std::vector<std::string> roles;
};

struct InboxCount {
  std::size_t open = 0;
  std::size_t overdue = 0;
};

/// Open tasks, oldest first, behind the task id `after` (empty: from the first).
std::vector<Task> inbox(store::Reader& reader, Inbox const& inbox, std::string_view after, std::size_t limit);
/// Both counts stop at `most`.
InboxCount count_inbox(store::Reader& reader, Inbox const& inbox, Instant now, std::size_t most);
/// Everybody's open tasks, for who looks after them.
std::vector<Task> open_tasks(store::Reader& reader, std::string_view after, std::size_t limit);
/// Tasks the person has finished, newest first, before the task id `before` (empty: from the last).
std::vector<Task> done_by(store::Reader& reader, std::string_view person, std::string_view before,
                          std::size_t limit);
/// All tasks of a record, oldest first, or the open ones alone.
std::vector<Task> tasks_of(store::Reader& reader, std::string_view record, bool open_only);
std::optional<Task> find_task(store::Reader& reader, std::string_view id);
/// The open tasks of one token.
std::vector<Task> open_tasks_at(store::Reader& reader, std::string_view record, std::string_view instance,
                                TokenId token);
/// Open tasks whose next reminder is due, the first due first.
std::vector<Task> tasks_to_remind(store::Reader& reader, Instant now, std::size_t limit);
/// The next reminder, or none; false when somebody else has seen to the last one.
bool remind_again(store::Edit& edit, Task const& task, std::optional<Instant> next);
void insert_task(store::Edit& edit, Task const& task);

}  // namespace yunzhi::process
