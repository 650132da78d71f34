-- How a system's figures are asked for, and what its users would try.
alter table system add column target_template text not null default 'node';
alter table system add column probe text;
