create table system (
  id text primary key,
  number text not null unique,
  created_at bigint not null,
  created_by text not null,
  updated_at bigint not null,
  version bigint not null,
  name text not null,
  description text,
  owner text references person (id),
  unit text references unit (id),
  criticality text not null,
  address text,
  depends_on text not null,
  state text not null
);
create index system_created_at on system (created_at, id);
create index system_name on system (name, id);
create index system_criticality on system (criticality, id);
create index system_owner on system (owner);
create view evidence_system as
  select id, number, name, owner, state, address from system;
