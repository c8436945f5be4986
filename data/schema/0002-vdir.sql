-- What the store and the files of a vdir (one .ics file a meeting) last agreed on, one row a meeting and
-- directory. directory: the machine's name and the canonical path; organizer_uid: whose calendar is kept
-- there. hash: of the file's bytes, NULL where there is no file; pending: of the bytes that are about to be
-- written, NULL where nothing is; content: of what the file says, however it is written; version: the
-- meeting's that it says.
-- The meeting comes first in the key, as SQLite also looks here for a new meeting's row.
CREATE TABLE vdir_file (
    meeting_uid TEXT NOT NULL REFERENCES meeting (uid) DEFERRABLE INITIALLY DEFERRED,
    directory TEXT NOT NULL,
    organizer_uid TEXT NOT NULL REFERENCES organizer (uid) DEFERRABLE INITIALLY DEFERRED,
    name TEXT NOT NULL,
    hash TEXT,
    pending TEXT,
    content TEXT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (meeting_uid, directory)
);
CREATE INDEX vdir_file_directory ON vdir_file (directory);
