create table organisation (
  id text primary key,
  name text not null,
  created_at bigint not null
);
create table unit (
  id text primary key,
  number text not null unique,
  created_at bigint not null,
  created_by text not null,
  updated_at bigint not null,
  version bigint not null,
  name text not null,
  parent text,
  kind text
);
create index unit_parent on unit (parent);
create table person (
  id text primary key,
  number text not null unique,
  created_at bigint not null,
  created_by text not null,
  updated_at bigint not null,
  version bigint not null,
  name text not null,
  unit text,
  post text,
  phone text,
  email text,
  crew text,
  active bigint not null default 1
);
create index person_unit on person (unit);
create table person_role (
  person text not null,
  role text not null,
  granted_by text not null,
  granted_at bigint not null,
  primary key (person, role)
);
create index person_role_role on person_role (role);
create table account (
  id text primary key,
  person text not null unique,
  name text not null unique,
  password text not null,
  language text not null,
  disabled bigint not null,
  created_at bigint not null,
  created_by text not null,
  password_changed_at bigint not null,
  last_login_at bigint
);
create table session (
  id text primary key,
  token_hash text not null unique,
  person text not null,
  kind text not null,
  language text not null,
  address text not null,
  created_at bigint not null,
  seen_at bigint not null,
  idle_ms bigint not null,
  expires_at bigint not null
);
create index session_person on session (person);
create table api_token (
  id text primary key,
  token_hash text not null unique,
  person text not null,
  name text not null,
  created_at bigint not null,
  expires_at bigint not null,
  used_at bigint
);
create index api_token_person on api_token (person);
create table idempotency (
  person text not null,
  idempotency_key text not null,
  digest text not null,
  status bigint not null,
  headers text not null,
  body text not null,
  stored_at bigint not null,
  primary key (person, idempotency_key)
);
create index idempotency_stored on idempotency (stored_at);
