create table alert (
  id text primary key,
  number text not null unique,
  created_at bigint not null,
  created_by text not null,
  updated_at bigint not null,
  version bigint not null,
  name text not null,
  fingerprint text not null,
  labels text not null,
  annotations text not null,
  severity text not null,
  state text not null,
  active_at bigint,
  fired_at bigint,
  resolved_at bigint,
  value double precision,
  incident text references incident (id),
  system text references system (id),
  notified bigint not null
);
create index alert_created_at on alert (created_at, id);
create index alert_state on alert (state, created_at, id);
create index alert_fingerprint on alert (fingerprint, active_at);
create view evidence_alert as
  select id, name, severity, state, active_at, fired_at, resolved_at, incident, system, notified from alert;
