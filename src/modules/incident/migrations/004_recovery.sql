-- A fault that an alert reported knows when the alert was over; evidence tells it apart from those that a person
-- must confirm.
alter table incident add column recovered_at bigint;
drop view evidence_incident;
create view evidence_incident as
  select id, number, title, system, reporter, assignee, state, severity, urgency, priority, source, diagnosis,
         solution, test_result, confirmed, cause, handling, result, improvement, created_at, closed_at, recovered_at
  from incident;
