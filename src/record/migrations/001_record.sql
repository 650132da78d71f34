create table record_number (
  kind text not null,
  period text not null,
  last bigint not null,
  primary key (kind, period)
);
create table record_state (
  record text not null,
  since bigint not null,
  position bigint not null,
  kind text not null,
  state text not null,
  primary key (record, position)
);
create table record_clock (
  record text not null,
  name text not null,
  kind text not null,
  target_at bigint,
  met_at bigint,
  wake_at bigint,
  breached bigint not null,
  primary key (record, name)
);
create index record_clock_wake on record_clock (wake_at) where wake_at is not null;
create table comment (
  id text primary key,
  kind text not null,
  record text not null,
  author text not null,
  at bigint not null,
  body text not null
);
create index comment_record on comment (record, id);
create table record_link (
  id text primary key,
  kind text not null,
  record text not null,
  target_kind text not null,
  target text not null,
  relation text not null,
  created_by text not null,
  created_at bigint not null,
  unique (record, target, relation)
);
create index record_link_target on record_link (target);
create table attachment (
  id text primary key,
  kind text not null,
  record text not null,
  name text not null,
  type text not null,
  size bigint not null,
  digest text not null,
  created_by text not null,
  created_at bigint not null
);
create index attachment_record on attachment (record, id);
