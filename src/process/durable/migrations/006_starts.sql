-- The versions that a message, a signal or a changed record may begin.
create index process_definition_begins on process_definition (record_kind, key) where active = 1;
