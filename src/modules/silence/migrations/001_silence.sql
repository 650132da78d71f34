create table silence (
  id text primary key,
  number text not null unique,
  created_at bigint not null,
  created_by text not null,
  updated_at bigint not null,
  version bigint not null,
  matchers text not null,
  starts_at bigint,
  ends_at bigint,
  author text not null,
  reason text not null
);
create index silence_created_at on silence (created_at, id);
create index silence_ends_at on silence (ends_at, id);
