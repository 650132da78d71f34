-- An alert that fires again and again stays one alert until it is calm.
alter table alert add column flapping bigint not null default 0;
