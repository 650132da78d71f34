-- Why an alert opened no fault (planned work, or the system it stands on is down), and who has seen it.
alter table alert add column maintenance_window text references maintenance_window (id);
alter table alert add column caused_by text references system (id);
alter table alert add column acknowledged_by text references person (id);
alter table alert add column acknowledged_at bigint;
create index alert_firing on alert (system) where state = 'firing';
