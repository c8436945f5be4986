-- Whose a meeting is. invited_by: an ORGANIZER outside the directory, with the name that it came with; NULL: ours.
-- taken_as_own: its file names another ORGANIZER, and it was taken as the calendar's own all the same (import --own).
-- foreign_number, foreign_id: a dial-in that is not ours, as it came. A meeting that has one and no ID of ours is of
-- the kind 'foreign', which is not written down a second time: its id_kind is 'none'.
ALTER TABLE meeting ADD COLUMN invited_by TEXT;
ALTER TABLE meeting ADD COLUMN invited_by_name TEXT;
ALTER TABLE meeting ADD COLUMN taken_as_own INTEGER NOT NULL DEFAULT 0 CHECK (taken_as_own IN (0, 1));
ALTER TABLE meeting ADD COLUMN foreign_number TEXT;
ALTER TABLE meeting ADD COLUMN foreign_id TEXT;
CREATE INDEX meeting_foreign_id ON meeting (foreign_id) WHERE foreign_id IS NOT NULL;

-- Other addresses that name an organizer: as written, with single spaces between; and folded, so that an address names
-- one organizer alone.
ALTER TABLE organizer ADD COLUMN aliases TEXT NOT NULL DEFAULT '';
CREATE TABLE organizer_alias (
    address_key TEXT NOT NULL PRIMARY KEY,
    organizer_uid TEXT NOT NULL REFERENCES organizer (uid) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX organizer_alias_organizer ON organizer_alias (organizer_uid);
