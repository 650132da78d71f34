create table process_definition (
  id text primary key,
  key text not null,
  version bigint not null,
  name text not null,
  record_kind text not null,
  xml text not null,
  digest text not null,
  file text not null,
  deployed_at bigint not null,
  active bigint not null
);
create unique index process_definition_version on process_definition (key, version);
create unique index process_definition_active on process_definition (key) where active = 1;
create table process_instance (
  id text primary key,
  definition text not null references process_definition (id),
  record_kind text not null,
  record text not null,
  state text not null,
  status text not null,
  events bigint not null,
  started_at bigint not null,
  ended_at bigint
);
create index process_instance_record on process_instance (record);
create index process_instance_troubled on process_instance (id) where status = 'incident';
create table process_task (
  id text primary key,
  instance text not null,
  definition text not null,
  token bigint not null,
  element text not null,
  name text not null,
  role text not null,
  assignee text,
  record_kind text not null,
  record text not null,
  unit text,
  state text not null,
  created_at bigint not null,
  due_at bigint,
  claimed_at bigint,
  completed_at bigint,
  completed_by text
);
create index process_task_role on process_task (role, id) where state = 'open' and assignee is null;
create index process_task_assignee on process_task (assignee, id) where state = 'open' and assignee is not null;
create index process_task_done on process_task (completed_by, id) where state = 'done';
create index process_task_record on process_task (record);
create table process_timer (
  id text primary key,
  instance text not null,
  token bigint not null,
  element text not null,
  kind text not null,
  due_at bigint not null
);
create index process_timer_due on process_timer (due_at);
create index process_timer_token on process_timer (instance, token);
create table process_event (
  instance text not null,
  seq bigint not null,
  kind text not null,
  element text,
  actor text not null,
  at bigint not null,
  data text,
  primary key (instance, seq)
);
