-- The first schema: one organization, its directory, conference IDs, meetings, history and reminders.
-- One text for SQLite and PostgreSQL: only TEXT, BIGINT and INTEGER columns. Instants are UTC seconds,
-- NULL where there is none or no end. Local times are basic texts (20261124T090000). Rows of
-- conference_id and history are never deleted. Checks of three values and more are written out: for a
-- longer IN, SQLite makes and fills a table of its own at each row that is written.

CREATE TABLE schema_migration (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    program TEXT NOT NULL,
    at BIGINT NOT NULL
);

CREATE TABLE organization (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    name TEXT NOT NULL,
    dynamic_since BIGINT,
    id_digits INTEGER NOT NULL CHECK (id_digits BETWEEN 8 AND 12),
    quarantine_days INTEGER NOT NULL CHECK (quarantine_days BETWEEN 0 AND 36500),
    margin_minutes INTEGER NOT NULL CHECK (margin_minutes BETWEEN 0 AND 1440),
    early_minutes INTEGER NOT NULL CHECK (early_minutes BETWEEN 0 AND 1440),
    join_url TEXT,
    version BIGINT NOT NULL
);

INSERT INTO organization VALUES (1, '', NULL, 8, 365, 15, 15, NULL, 1);

-- email_key is the folded address, search the folded name and address (and the order of lists).
CREATE TABLE organizer (
    uid TEXT NOT NULL PRIMARY KEY,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    tz TEXT NOT NULL,
    lang TEXT NOT NULL,
    dial_in INTEGER NOT NULL CHECK (dial_in IN (0, 1)),
    provider TEXT NOT NULL CHECK (provider = 'none' OR provider = 'microsoft'
        OR provider = 'third-party'),
    static_id TEXT,
    third_party_name TEXT,
    third_party_number TEXT,
    third_party_toll_free TEXT,
    third_party_passcode TEXT,
    search TEXT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX organizer_search ON organizer (search);

CREATE TABLE dial_in_number (
    e164 TEXT NOT NULL PRIMARY KEY,
    toll_free INTEGER NOT NULL CHECK (toll_free IN (0, 1)),
    city TEXT NOT NULL,
    country TEXT NOT NULL,
    langs TEXT NOT NULL,
    is_default INTEGER NOT NULL CHECK (is_default IN (0, 1))
);
CREATE UNIQUE INDEX dial_in_number_default ON dial_in_number (toll_free) WHERE is_default = 1;

-- span_class k: the whole span lasts at most 86400 * 2^k seconds (the smallest such k, from 0); 99: no
-- end. A look at some days then reads, class by class, what starts close enough to reach into them.
-- search holds what a search can find, folded: title, location, ID, organizer, attendees.
CREATE TABLE meeting (
    seq INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    organizer_uid TEXT NOT NULL REFERENCES organizer (uid) DEFERRABLE INITIALLY DEFERRED,
    title TEXT NOT NULL,
    location TEXT NOT NULL,
    start_local TEXT NOT NULL,
    tz TEXT NOT NULL,
    duration BIGINT NOT NULL,
    all_day INTEGER NOT NULL CHECK (all_day IN (0, 1)),
    rrule TEXT,
    rdates TEXT NOT NULL,
    exdates TEXT NOT NULL,
    start_at BIGINT NOT NULL,
    end_at BIGINT NOT NULL,
    span_start BIGINT NOT NULL,
    span_end BIGINT,
    span_class INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('scheduled', 'cancelled')),
    conference_id TEXT,
    id_kind TEXT NOT NULL CHECK (id_kind = 'none' OR id_kind = 'dynamic' OR id_kind = 'static'
        OR id_kind = 'third-party'),
    sequence BIGINT NOT NULL,
    lang TEXT,
    created BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    version BIGINT NOT NULL,
    search TEXT NOT NULL,
    notes TEXT NOT NULL,
    ical TEXT,
    CHECK (end_at >= start_at),
    CHECK (span_end IS NULL OR span_end >= span_start),
    CHECK ((id_kind IN ('dynamic', 'static')) = (conference_id IS NOT NULL))
);
CREATE INDEX meeting_span ON meeting (span_class, span_start);
CREATE INDEX meeting_organizer ON meeting (organizer_uid, span_class, span_start);
CREATE INDEX meeting_conference_id ON meeting (conference_id, span_end) WHERE conference_id IS NOT NULL;
CREATE INDEX meeting_start ON meeting (start_at);
CREATE INDEX meeting_legacy ON meeting (organizer_uid, span_end)
    WHERE id_kind = 'static' AND status = 'scheduled';
CREATE INDEX meeting_legacy_all ON meeting (span_end)
    WHERE id_kind = 'static' AND status = 'scheduled';

CREATE TABLE meeting_override (
    meeting_uid TEXT NOT NULL REFERENCES meeting (uid) DEFERRABLE INITIALLY DEFERRED,
    recurrence TEXT NOT NULL,
    start_local TEXT NOT NULL,
    duration BIGINT NOT NULL,
    title TEXT,
    location TEXT,
    notes TEXT,
    cancelled INTEGER NOT NULL CHECK (cancelled IN (0, 1)),
    PRIMARY KEY (meeting_uid, recurrence)
);

CREATE TABLE attendee (
    meeting_uid TEXT NOT NULL REFERENCES meeting (uid) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    search TEXT NOT NULL,
    PRIMARY KEY (meeting_uid, position)
);

-- state: 'live' lets somebody in, now or later; 'ended': its meeting is over, so it counts no more for
-- guesses, but stays its meeting's until reserved_until; 'retired': no meeting uses it any more.
-- ends: when its meeting's span is over. Both NULL: open.
CREATE TABLE conference_id (
    digits TEXT NOT NULL PRIMARY KEY,
    length INTEGER NOT NULL CHECK (length BETWEEN 4 AND 12),
    kind TEXT NOT NULL CHECK (kind IN ('dynamic', 'static')),
    organizer_uid TEXT NOT NULL REFERENCES organizer (uid) DEFERRABLE INITIALLY DEFERRED,
    meeting_uid TEXT REFERENCES meeting (uid) DEFERRABLE INITIALLY DEFERRED,
    state TEXT NOT NULL CHECK (state = 'live' OR state = 'ended' OR state = 'retired'),
    drawn INTEGER NOT NULL CHECK (drawn IN (0, 1)),
    issued BIGINT NOT NULL,
    retired BIGINT,
    reserved_until BIGINT,
    ends BIGINT,
    replaced_by TEXT,
    CHECK ((kind = 'dynamic') = (meeting_uid IS NOT NULL)),
    CHECK ((state = 'retired') = (retired IS NOT NULL))
);
-- A meeting has one live dynamic ID at most; of others any number. It is whole, as SQLite also looks here for
-- IDs that waited for a new meeting's row.
CREATE UNIQUE INDEX conference_id_meeting ON conference_id
    (meeting_uid, (CASE WHEN kind = 'dynamic' AND state = 'live' THEN '' ELSE digits END));
CREATE INDEX conference_id_ends ON conference_id (ends) WHERE kind = 'dynamic' AND state = 'live';
CREATE INDEX conference_id_organizer ON conference_id (organizer_uid) WHERE kind = 'static';

-- How many IDs of each length are live; kept in the transactions that change it.
CREATE TABLE id_count (
    length INTEGER PRIMARY KEY,
    live BIGINT NOT NULL
);
INSERT INTO id_count VALUES (4, 0), (5, 0), (6, 0), (7, 0), (8, 0), (9, 0), (10, 0), (11, 0), (12, 0);

CREATE TABLE id_move (
    old_id TEXT NOT NULL,
    meeting_uid TEXT NOT NULL REFERENCES meeting (uid) DEFERRABLE INITIALLY DEFERRED,
    new_id TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (meeting_uid, old_id)
);
CREATE INDEX id_move_old_id ON id_move (old_id);

CREATE TABLE history (
    seq INTEGER PRIMARY KEY,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    event TEXT NOT NULL,
    conference_id TEXT,
    meeting_uid TEXT,
    detail TEXT NOT NULL
);
CREATE INDEX history_conference_id ON history (conference_id, seq) WHERE conference_id IS NOT NULL;
CREATE INDEX history_meeting ON history (meeting_uid, seq) WHERE meeting_uid IS NOT NULL;

CREATE TABLE reminder (
    uid TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    meeting_uid TEXT NOT NULL REFERENCES meeting (uid) DEFERRABLE INITIALLY DEFERRED,
    recipient TEXT NOT NULL,
    old_id TEXT,
    new_id TEXT,
    state TEXT NOT NULL CHECK (state = 'queued' OR state = 'sending' OR state = 'sent'
        OR state = 'failed'),
    why TEXT NOT NULL,
    message_id TEXT NOT NULL,
    created BIGINT NOT NULL,
    changed BIGINT NOT NULL
);
CREATE INDEX reminder_state ON reminder (state, created, uid);
CREATE INDEX reminder_meeting ON reminder (meeting_uid);
