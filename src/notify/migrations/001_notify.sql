create table notification (
  id text primary key,
  person text not null,
  at bigint not null,
  kind text not null,
  title text not null,
  title_arguments text not null,
  body text not null,
  body_arguments text not null,
  href text not null,
  read_at bigint
);
create index notification_person on notification (person, id);
create table outbox (
  id text primary key,
  channel text not null,
  target text not null,
  payload text not null,
  state text not null,
  attempts bigint not null,
  next_at bigint not null,
  last_error text,
  created_at bigint not null,
  sent_at bigint,
  trace text not null
);
create index outbox_due on outbox (state, next_at);
