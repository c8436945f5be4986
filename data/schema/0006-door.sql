-- What bridges asked and were told, and how long after a meeting's end callers are still let in. digits: as they were
-- entered, without what cannot stand in an ID; caller: NULL: withheld; wrong: counts as a wrong try, whatever the verdict.
-- Rows live for 30 days. seq: when the row was written, so finely that no two are alike.
ALTER TABLE organization ADD COLUMN grace_minutes INTEGER NOT NULL DEFAULT 30;
CREATE TABLE call (
    seq BIGINT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    digits TEXT NOT NULL,
    number TEXT NOT NULL,
    caller TEXT,
    trunk TEXT NOT NULL,
    verdict TEXT NOT NULL,
    why TEXT NOT NULL,
    meeting_uid TEXT,
    wrong INTEGER NOT NULL CHECK (wrong IN (0, 1))
);
CREATE INDEX call_at ON call (at, seq);
CREATE INDEX call_digits ON call (digits, at);
CREATE INDEX call_caller ON call (caller, at) WHERE wrong = 1;
CREATE INDEX call_trunk ON call (trunk, at) WHERE wrong = 1;
CREATE INDEX call_meeting ON call (meeting_uid, at) WHERE meeting_uid IS NOT NULL;
