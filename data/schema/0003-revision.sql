-- Which revision of an event a meeting stands at (RFC 5546: SEQUENCE, then DTSTAMP), for each changed occurrence
-- too; and what a changed occurrence came with beside what is modelled.
-- stamp: the DTSTAMP of the import that it comes from, or when it was changed here; NULL: not known.
-- ical: NULL: as the series has it; empty: nothing.
ALTER TABLE meeting ADD COLUMN stamp BIGINT;
ALTER TABLE meeting_override ADD COLUMN ical TEXT;
ALTER TABLE meeting_override ADD COLUMN sequence BIGINT NOT NULL DEFAULT 0;
ALTER TABLE meeting_override ADD COLUMN stamp BIGINT;
