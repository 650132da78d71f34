-- Who published a version and why, and what was done at its steps.
alter table process_definition add column published_by text;
alter table process_definition add column reason text;
create index process_task_definition on process_task (definition, completed_at) where state = 'done';
create index process_task_definition_open on process_task (definition) where state = 'open';
