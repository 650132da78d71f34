create table maintenance_window (
  id text primary key,
  number text not null unique,
  created_at bigint not null,
  created_by text not null,
  updated_at bigint not null,
  version bigint not null,
  title text not null,
  systems text not null,
  starts_at bigint,
  ends_at bigint,
  recurrence text,
  reason text,
  state text not null
);
create index maintenance_window_created_at on maintenance_window (created_at, id);
create index maintenance_window_starts_at on maintenance_window (starts_at, id);
create index maintenance_window_state on maintenance_window (state, starts_at, id);
