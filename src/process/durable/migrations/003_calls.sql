alter table process_instance add column caller text;
alter table process_instance add column caller_token bigint;
alter table process_instance add column variables text;
create index process_instance_caller on process_instance (caller, caller_token) where caller is not null;
create table process_subscription (
  id text primary key,
  instance text not null,
  token bigint not null,
  element text not null,
  kind text not null,
  name text not null,
  correlation text
);
create index process_subscription_name on process_subscription (kind, name, correlation, id);
create index process_subscription_token on process_subscription (instance, token);
create table process_message (
  id text primary key,
  name text not null,
  correlation text,
  variables text not null,
  sent_at bigint not null,
  expires_at bigint not null
);
create index process_message_name on process_message (name, correlation, id);
create index process_message_expiry on process_message (expires_at);
create table process_decision (
  id text primary key,
  key text not null,
  version bigint not null,
  name text not null,
  xml text not null,
  digest text not null,
  file text not null,
  deployed_at bigint not null,
  active bigint not null
);
create unique index process_decision_version on process_decision (key, version);
create unique index process_decision_active on process_decision (key) where active = 1;
