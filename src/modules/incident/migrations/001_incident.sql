create table incident (
  id text primary key,
  number text not null unique,
  created_at bigint not null,
  created_by text not null,
  updated_at bigint not null,
  version bigint not null,
  title text not null,
  description text,
  source text not null,
  reporter text references person (id),
  unit text references unit (id),
  system text references system (id),
  device text,
  scope text,
  started_at bigint,
  severity text,
  urgency text,
  priority text not null,
  state text not null,
  assignee text references person (id),
  diagnosis text,
  solution text,
  test_result text,
  confirmed bigint,
  cause text,
  handling text,
  result text,
  improvement text,
  closed_at bigint,
  alert text
);
create index incident_created_at on incident (created_at, id);
create index incident_updated_at on incident (updated_at, id);
create index incident_priority on incident (priority, id);
create index incident_state on incident (state, created_at, id);
create index incident_system on incident (system, created_at, id);
create index incident_reporter on incident (reporter, created_at, id);
create index incident_assignee on incident (assignee, created_at, id);
create index incident_unit on incident (unit, created_at, id);
create index incident_alert on incident (alert) where alert is not null;
create view evidence_incident as
  select id, number, title, system, reporter, assignee, state, severity, urgency, priority, source, diagnosis,
         solution, test_result, confirmed, cause, handling, result, improvement, created_at, closed_at
  from incident;
