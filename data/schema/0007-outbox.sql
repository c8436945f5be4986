-- The outbox: every message that is owed to an attendee, and what became of it; it takes the place of the reminders of
-- conversions. Of an attendee the store knows which state of the meeting they were told, and what they replied.
-- queued, changed, tried: when it came in, got its state, was last handed to the mailer (first_tried: first); due: no try
-- before then. owner, lease: who is at it, and until when at most. text: the message as it was first tried, until it is
-- sent. sequence, conference_id, told_*: the state of the meeting that it tells; was_*: what its recipient knew before.
CREATE TABLE outbox (
    id BIGINT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind = 'invitation' OR kind = 'update' OR kind = 'cancellation' OR kind = 'reminder'
        OR kind = 'reply'),
    meeting_uid TEXT NOT NULL REFERENCES meeting (uid) DEFERRABLE INITIALLY DEFERRED,
    recipient TEXT NOT NULL,
    old_id TEXT,
    new_id TEXT,
    state TEXT NOT NULL CHECK (state = 'queued' OR state = 'claimed' OR state = 'sending' OR state = 'sent'
        OR state = 'failed' OR state = 'uncertain' OR state = 'withdrawn'),
    why TEXT NOT NULL,
    message_id TEXT NOT NULL,
    queued BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    first_tried BIGINT,
    tried BIGINT,
    due BIGINT NOT NULL DEFAULT 0,
    owner TEXT,
    lease BIGINT,
    text TEXT,
    sequence BIGINT NOT NULL DEFAULT 0,
    conference_id TEXT,
    told_start BIGINT,
    told_title TEXT,
    told_location TEXT,
    was_start BIGINT,
    was_title TEXT,
    was_location TEXT
);
CREATE INDEX outbox_state ON outbox (state, id);
CREATE INDEX outbox_meeting ON outbox (meeting_uid);
CREATE INDEX outbox_tried ON outbox (tried) WHERE tried IS NOT NULL;
CREATE INDEX outbox_message_id ON outbox (message_id);

INSERT INTO outbox (id, kind, meeting_uid, recipient, old_id, new_id, state, why, message_id, queued, changed)
    SELECT ROW_NUMBER() OVER (ORDER BY created, uid), 'reminder', meeting_uid, recipient, old_id, new_id,
        CASE WHEN state = 'sending' THEN 'uncertain' ELSE state END, why,
        CASE WHEN message_id = '' THEN '<' || uid || '@localhost>' ELSE message_id END, created, changed
    FROM reminder;
DROP INDEX reminder_state;
DROP INDEX reminder_meeting;
DROP TABLE reminder;

-- told_sequence, told_id: of the state that they were told; NULL: of none. partstat: what they replied (accepted, declined,
-- tentative), replied: when, reply_sequence: to which state.
ALTER TABLE attendee ADD COLUMN told_sequence BIGINT;
ALTER TABLE attendee ADD COLUMN told_id TEXT;
ALTER TABLE attendee ADD COLUMN partstat TEXT;
ALTER TABLE attendee ADD COLUMN replied BIGINT;
ALTER TABLE attendee ADD COLUMN reply_sequence BIGINT;

-- Who stands in a meeting that was imported knows it as it came; its conversion, the only change with an ID of its own, is
-- what the outbox tells.
UPDATE attendee SET
    told_sequence = (SELECT m.sequence - (SELECT COUNT(*) FROM id_move i WHERE i.meeting_uid = m.uid)
        FROM meeting m WHERE m.uid = attendee.meeting_uid),
    told_id = (SELECT COALESCE((SELECT MIN(i.old_id) FROM id_move i WHERE i.meeting_uid = m.uid), m.conference_id)
        FROM meeting m WHERE m.uid = attendee.meeting_uid)
    WHERE EXISTS (SELECT 1 FROM meeting m WHERE m.uid = attendee.meeting_uid AND m.ical IS NOT NULL);
