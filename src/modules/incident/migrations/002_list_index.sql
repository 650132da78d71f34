-- The lists that people look at filter within a state: what they filter by stands in the index, so that a row
-- that does not match is never fetched.
drop index incident_state;
create index incident_state on incident (state, created_at, id, severity, priority, assignee);
