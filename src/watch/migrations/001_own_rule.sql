-- Rules that people keep; every change, also switching off and on, is a version with its author and reason.
create table own_rule (
  id text primary key,
  name text not null unique,
  version bigint not null
);
create table own_rule_version (
  rule text not null references own_rule (id),
  version bigint not null,
  name text not null,
  yaml text not null,
  active bigint not null,
  author text not null,
  reason text not null,
  at bigint not null,
  primary key (rule, version)
);
