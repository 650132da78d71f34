-- A fault that an alert reported knows when the alert was over.
alter table incident add column recovered_at bigint;
