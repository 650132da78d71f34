-- Timers that begin a process: one row for each such start of an active version. No moment: not armed yet.
create table process_timed_start (
  definition text not null references process_definition (id),
  element text not null,
  due_at bigint,
  rounds bigint not null,
  primary key (definition, element)
);
create index process_timed_start_due on process_timed_start (due_at);
