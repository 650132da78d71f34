-- When a system answered and when it did not, by its probe and by its target. A time that no row tells of was
-- not measured.
create table system_watch (
  system text not null references system (id),
  source text not null,
  from_at bigint not null,
  to_at bigint not null,
  up bigint not null,
  primary key (system, source, from_at)
);
create index system_watch_to on system_watch (to_at);
-- Until when it was measured.
create table system_watch_progress (
  id bigint primary key,
  at bigint not null
);
create index incident_system_started_at on incident (system, started_at);
