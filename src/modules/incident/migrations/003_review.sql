alter table incident add column approved bigint;
