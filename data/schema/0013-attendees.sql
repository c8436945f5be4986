-- What is known of somebody who is invited, whatever the meeting; '': not known. number: E.164, what they call from;
-- number_key: its digits from the last to the first, as a number may come without the country's code.
CREATE TABLE attendee_known (
    email_key TEXT NOT NULL PRIMARY KEY,
    email TEXT NOT NULL,
    lang TEXT NOT NULL,
    tz TEXT NOT NULL,
    number TEXT NOT NULL,
    number_key TEXT NOT NULL
);
CREATE INDEX attendee_known_number ON attendee_known (number_key) WHERE number_key <> '';

-- What an attendee replied for one occurrence alone; the columns as in attendee.
CREATE TABLE occurrence_reply (
    meeting_uid TEXT NOT NULL REFERENCES meeting (uid) DEFERRABLE INITIALLY DEFERRED,
    recurrence TEXT NOT NULL,
    email_key TEXT NOT NULL,
    email TEXT NOT NULL,
    partstat TEXT NOT NULL,
    replied BIGINT NOT NULL,
    reply_sequence BIGINT NOT NULL,
    PRIMARY KEY (meeting_uid, recurrence, email_key)
);

-- An answer that is owed for one occurrence names it; NULL: it is for the whole meeting.
ALTER TABLE outbox ADD COLUMN recurrence TEXT;

-- What a meeting said at an earlier SEQUENCE, if an attendee was told that: an update says what was and what is.
CREATE TABLE meeting_was (
    meeting_uid TEXT NOT NULL REFERENCES meeting (uid) DEFERRABLE INITIALLY DEFERRED,
    sequence BIGINT NOT NULL,
    start_at BIGINT NOT NULL,
    duration BIGINT NOT NULL,
    rrule TEXT,
    title TEXT NOT NULL,
    location TEXT NOT NULL,
    PRIMARY KEY (meeting_uid, sequence)
);

-- Of meetings that were made before it was kept who was told, nobody knows: that is not the same as "not told".
UPDATE attendee SET
    told_sequence = (SELECT m.sequence - (SELECT COUNT(*) FROM id_move i WHERE i.meeting_uid = m.uid)
        FROM meeting m WHERE m.uid = attendee.meeting_uid),
    told_id = (SELECT COALESCE((SELECT MIN(i.old_id) FROM id_move i WHERE i.meeting_uid = m.uid), m.conference_id)
        FROM meeting m WHERE m.uid = attendee.meeting_uid)
    WHERE told_sequence IS NULL AND EXISTS (SELECT 1 FROM meeting m, schema_migration s
        WHERE m.uid = attendee.meeting_uid AND s.number = 7 AND m.created <= s.at AND m.changed <= s.at);
