create table control_check (
  control text primary key,
  clause text not null,
  checked_at bigint not null,
  expected bigint not null,
  violations bigint not null,
  evidence text not null,
  failure text
);
create table control_day (
  control text not null,
  day text not null,
  expected bigint not null,
  violations bigint not null,
  primary key (control, day)
);
create view evidence_task as
  select id, record_kind, record, element, role, assignee, completed_by, state, created_at, due_at, completed_at
  from process_task;
create view evidence_clock as
  select kind as record_kind, record, name, target_at, met_at, breached from record_clock;
create view evidence_person as
  select id, name, active from person;
create view evidence_person_role as
  select person, role from person_role;
create view evidence_ledger as
  select seq, at, actor, action, subject from ledger;
