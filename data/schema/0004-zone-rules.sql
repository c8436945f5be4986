-- The rules of a zone by which a meeting's instants were worked out, so that a change of the zone database can be told from
-- damage, and what it moves be named with both instants. fingerprint: of the zone's file; changes: the offsets from UTC in
-- force, and since when (core/zone_changes.h). Rows are never deleted: there is one a zone and version of its rules.
-- meeting.zone_rules is a fingerprint; 0: UTC, or not known (a meeting from before this schema).
CREATE TABLE zone_rules (
    fingerprint BIGINT NOT NULL PRIMARY KEY,
    changes TEXT NOT NULL
);
ALTER TABLE meeting ADD COLUMN zone_rules BIGINT NOT NULL DEFAULT 0;
