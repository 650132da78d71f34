#include "process/durable/task_rows.hpp"

#include <algorithm>

namespace yunzhi::process {
namespace {

constexpr std::string_view columns =
    "id, instance, definition, token, element, name, role, assignee, record_kind, record, unit, state, "
    "created_at, "
    "due_at, claimed_at, completed_at, completed_by, seat, place, owner, deputy_for, urged_at, remind_at";

// sql: the list of columns and the conditions are literals of this file; values are bound.
template <class... A>
std::vector<Task> select(store::Reader& reader, std::string_view where, A const&... arguments) {
  using Text = std::string;
  using Maybe = std::optional<std::string>;
  using Time = std::optional<Instant>;
  auto const sql = "select " + std::string(columns) + " from process_task where " + std::string(where);
  auto rows =
      reader.rows<Text, Text, Text, std::int64_t, Text, Text, Text, Maybe, Text, Text, Maybe, Text, Instant,
                  Time, Time, Time, Maybe, std::int64_t, Maybe, Maybe, Maybe, Time, Time>(sql, arguments...);
  std::vector<Task> tasks;
  tasks.reserve(rows.size());
  for (auto& row : rows) {
    auto& [id, instance, definition, token, element, name, role, assignee, record_kind, record, unit, state,
           created_at, due_at, claimed_at, completed_at, completed_by, seat, place, owner, deputy_for,
           urged_at, remind_at] = row;
    tasks.push_back({std::move(id),
                     std::move(instance),
                     std::move(definition),
                     static_cast<TokenId>(token),
                     std::move(element),
                     std::move(name),
                     std::move(role),
                     std::move(assignee),
                     std::move(record_kind),
                     std::move(record),
                     std::move(unit),
                     std::move(state),
                     created_at,
                     due_at,
                     claimed_at,
                     completed_at,
                     std::move(completed_by),
                     static_cast<SeatId>(seat),
                     std::move(place),
                     std::move(owner),
                     std::move(deputy_for),
                     urged_at,
                     remind_at});
  }
  return tasks;
}

std::int64_t rows_of(std::size_t limit) {
  return static_cast<std::int64_t>(limit);
}

}  // namespace

// One short walk over an index for the person and for each role, merged: its cost does not grow with the
// number of tasks there are.
std::vector<Task> inbox(store::Reader& reader, Inbox const& inbox, std::string_view after,
                        std::size_t limit) {
  auto all =
      select(reader, "assignee = :assignee and state = 'open' and id > :after order by id limit :limit",
             inbox.person, after, rows_of(limit));
  for (auto const& role : inbox.roles) {
    auto open = select(
        reader,
        "role = :role and state = 'open' and assignee is null and id > :after order by id limit :limit", role,
        after, rows_of(limit));
    std::move(open.begin(), open.end(), std::back_inserter(all));
  }
  std::sort(all.begin(), all.end(), [](Task const& left, Task const& right) { return left.id < right.id; });
  if (all.size() > limit) all.resize(limit);
  return all;
}

InboxCount count_inbox(store::Reader& reader, Inbox const& inbox, Instant now, std::size_t most) {
  constexpr std::string_view counts =
      "select count(*), coalesce(sum(late), 0) from (select case when due_at < :now "
      "then 1 else 0 end as late from process_task where ";
  InboxCount total;
  // sql: the two conditions below are literals
  auto const add = [&](std::string_view where, std::string const& whose) {
    auto const sql = std::string(counts) + std::string(where) + " limit :limit) as counted";
    auto const row = reader.row<std::int64_t, std::int64_t>(sql, now, whose, rows_of(most));
    total.open += static_cast<std::size_t>(std::get<0>(*row));
    total.overdue += static_cast<std::size_t>(std::get<1>(*row));
  };
  add("assignee = :assignee and state = 'open'", inbox.person);
  for (auto const& role : inbox.roles) add("role = :role and state = 'open' and assignee is null", role);
  return {std::min(total.open, most), std::min(total.overdue, most)};
}

std::vector<Task> open_tasks(store::Reader& reader, std::string_view after, std::size_t limit) {
  return select(reader, "state = 'open' and id > :after order by id limit :limit", after, rows_of(limit));
}

std::vector<Task> done_by(store::Reader& reader, std::string_view person, std::string_view before,
                          std::size_t limit) {
  constexpr std::string_view behind_every_id = "~";
  return select(reader,
                "completed_by = :person and state = 'done' and id < :before order by id desc limit :limit",
                person, before.empty() ? behind_every_id : before, rows_of(limit));
}

std::vector<Task> tasks_of(store::Reader& reader, std::string_view record, bool open_only) {
  if (open_only) return select(reader, "record = :record and state = 'open' order by id", record);
  return select(reader, "record = :record order by id", record);
}

std::optional<Task> find_task(store::Reader& reader, std::string_view id) {
  auto found = select(reader, "id = :id", id);
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::vector<Task> open_tasks_at(store::Reader& reader, std::string_view record, std::string_view instance,
                                TokenId token) {
  return select(reader,
                "record = :record and instance = :instance and token = :token and state = 'open' order by id",
                record, instance, std::int64_t{token});
}

void insert_task(store::Edit& edit, Task const& task) {
  edit.run(
      "insert into process_task (id, instance, definition, token, element, name, role, assignee, "
      "record_kind, record, "
      "unit, state, created_at, due_at, seat, place, owner, deputy_for, remind_at) values (:id, :instance, "
      ":definition, "
      ":token, :element, :name, :role, :assignee, :record_kind, :record, :unit, 'open', :created_at, "
      ":due_at, "
      ":seat, :place, :owner, :deputy_for, :remind_at)",
      task.id, task.instance, task.definition, std::int64_t{task.token}, task.element, task.name, task.role,
      task.assignee, task.record_kind, task.record, task.unit, task.created_at, task.due_at,
      std::int64_t{task.seat}, task.place, task.owner, task.deputy_for, task.remind_at);
}

std::vector<Task> tasks_to_remind(store::Reader& reader, Instant now, std::size_t limit) {
  return select(
      reader,
      "state = 'open' and remind_at is not null and remind_at <= :now order by remind_at limit :limit", now,
      rows_of(limit));
}

bool remind_again(store::Edit& edit, Task const& task, std::optional<Instant> next) {
  return edit.run(
             "update process_task set remind_at = :next where id = :id and state = 'open' and remind_at = "
             ":last",
             next, task.id, task.remind_at) == 1;
}

}  // namespace yunzhi::process
