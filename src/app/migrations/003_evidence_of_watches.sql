create view evidence_system_watch as
  select system, source, from_at, to_at, up from system_watch;
