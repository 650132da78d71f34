-- What became of an alert on its way to people and programs: each way it took, where its escalation stands,
-- and which alerts a receiver was told of last.
create table alert_delivery (
  id text primary key,
  alert text not null references alert (id),
  at bigint not null,
  step bigint not null,
  person text,
  channel text not null,
  target text not null,
  reference text,
  reason text
);
create index alert_delivery_alert on alert_delivery (alert, id);
create table alert_escalation (
  alert text primary key references alert (id),
  policy text not null,
  step bigint not null,
  begun_at bigint not null,
  next_at bigint not null
);
create index alert_escalation_next_at on alert_escalation (next_at, alert);
create table alert_group (
  receiver text not null,
  group_key text not null,
  next_at bigint not null,
  sent_at bigint,
  told text not null,
  primary key (receiver, group_key)
);
