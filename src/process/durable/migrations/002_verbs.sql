alter table process_task add column seat bigint not null default 0;
alter table process_task add column place text;
alter table process_task add column owner text;
alter table process_task add column deputy_for text;
alter table process_task add column vote text;
alter table process_task add column urged_at bigint;
create index process_task_open on process_task (id) where state = 'open';
alter table process_definition add column tag text;
create unique index process_definition_tag on process_definition (key, tag);
create index process_instance_definition on process_instance (definition, id) where ended_at is null;
alter table process_timer add column held bigint not null default 0;
drop index process_timer_due;
create index process_timer_due on process_timer (due_at) where held = 0;
create table process_copy (
  id text primary key,
  instance text not null,
  element text not null,
  name text not null,
  record_kind text not null,
  record text not null,
  person text not null,
  sent_by text not null,
  note text not null,
  sent_at bigint not null,
  read_at bigint
);
create index process_copy_person on process_copy (person, id);
create table process_deputy (
  id text primary key,
  person text not null,
  deputy text not null,
  starts_at bigint not null,
  ends_at bigint not null,
  reason text not null,
  created_by text not null,
  created_at bigint not null
);
create index process_deputy_person on process_deputy (person, ends_at);
create table process_job (
  id text primary key,
  instance text not null,
  token bigint not null,
  element text not null,
  action text not null,
  state text not null,
  attempts bigint not null,
  due_at bigint not null,
  problem text not null,
  created_at bigint not null
);
create index process_job_due on process_job (due_at) where state = 'waiting';
create index process_job_troubled on process_job (id) where state in ('failed', 'unknown');
create index process_job_running on process_job (id) where state = 'running';
create index process_job_token on process_job (instance, token);
create table process_batch (
  id text primary key,
  kind text not null,
  definition text not null,
  parameters text not null,
  state text not null,
  total bigint not null,
  done bigint not null,
  refused bigint not null,
  problems text not null,
  cursor text not null,
  created_by text not null,
  created_at bigint not null,
  ended_at bigint
);
create index process_batch_running on process_batch (id) where state = 'running';
