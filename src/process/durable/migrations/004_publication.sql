-- Who published a version and why, what was done at its steps, and when somebody is reminded of one.
alter table process_definition add column published_by text;
alter table process_definition add column reason text;
create index process_task_definition on process_task (definition, completed_at) where state = 'done';
create index process_task_definition_open on process_task (definition) where state = 'open';
alter table process_task add column remind_at bigint;
create index process_task_remind on process_task (remind_at) where state = 'open' and remind_at is not null;
