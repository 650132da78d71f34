create table search_entry (
  id integer primary key,
  kind text not null,
  record text not null unique,
  number text not null,
  title text not null
);
create virtual table search_text using fts5 (words, tokenize = 'unicode61');
create table search_progress (
  name text primary key,
  seq bigint not null
);
