-- Somebody asked for silence about such alerts: shown, but nobody is told.
alter table alert add column silence text references silence (id);
