-- On which days of the working calendar a recurring window opens.
alter table maintenance_window add column days text not null default 'every';
