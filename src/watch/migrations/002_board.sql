-- Boards of charts that people keep. The newest version's title, description and author stand on the board as
-- well, so that a list reads one table; what a board shows is in its versions.
create table board (
  id text primary key,
  owner text not null,
  shared_with text not null,
  editable bigint not null,
  version bigint not null,
  title text not null,
  description text not null,
  panels bigint not null,
  author text not null,
  created_at bigint not null,
  updated_at bigint not null
);
create index board_updated on board (updated_at, id);
create index board_owner on board (owner);
create table board_role (
  board text not null references board (id),
  role text not null,
  primary key (board, role)
);
create table board_version (
  board text not null references board (id),
  version bigint not null,
  title text not null,
  description text not null,
  panels bigint not null,
  content text not null,
  author text not null,
  reason text not null,
  at bigint not null,
  primary key (board, version)
);
