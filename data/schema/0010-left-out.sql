-- Who was told of a meeting and was then taken off its list, and does not know that yet; told_*: of the state that they were
-- told. The row goes when they have got the cancellation, or are invited again.
CREATE TABLE left_out (
    meeting_uid TEXT NOT NULL REFERENCES meeting (uid) DEFERRABLE INITIALLY DEFERRED,
    email TEXT NOT NULL,
    told_sequence BIGINT NOT NULL,
    told_id TEXT,
    PRIMARY KEY (meeting_uid, email)
);

-- How long the meeting lasts and how it repeats, of the state that a message tells, and of the one that its recipient knew.
ALTER TABLE outbox ADD COLUMN told_duration BIGINT;
ALTER TABLE outbox ADD COLUMN told_rrule TEXT;
ALTER TABLE outbox ADD COLUMN was_duration BIGINT;
ALTER TABLE outbox ADD COLUMN was_rrule TEXT;
