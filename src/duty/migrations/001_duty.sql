create table duty_occurrence (
  id text primary key,
  duty text not null,
  clause text not null,
  role text not null,
  due_at bigint not null,
  until_at bigint not null,
  state text not null,
  done_by text,
  done_at bigint,
  note text,
  unique (duty, due_at)
);
create index duty_occurrence_state on duty_occurrence (state, due_at);
create index duty_occurrence_until on duty_occurrence (until_at) where state = 'planned';
create view evidence_duty as
  select id, duty, clause, role, due_at, until_at, state, done_by, done_at from duty_occurrence;
