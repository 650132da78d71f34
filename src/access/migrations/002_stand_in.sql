-- Somebody does another's duty from one moment to another: the plan stays, this lies over it.
create table stand_in (
  id text primary key,
  role text not null,
  person text not null,
  deputy text not null,
  starts_at bigint not null,
  ends_at bigint not null,
  reason text not null,
  swap_of text,
  created_by text not null,
  created_at bigint not null,
  ended_at bigint
);
create index stand_in_role on stand_in (role, ends_at);
