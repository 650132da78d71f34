create table ledger (
  seq bigint primary key,
  at bigint not null,
  actor text not null,
  action text not null,
  subject text not null,
  change text not null,
  request text not null,
  hash text not null
);
create index ledger_subject on ledger (subject, seq);
create index ledger_actor on ledger (actor, seq);
