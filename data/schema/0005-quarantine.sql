-- The shortest quarantine that was ever set: retired IDs may rest for a shorter time than is set now, but none
-- for less than this. Until this schema only the history's text knew the former settings ("quarantine days: 30 -> 365").
-- Each of them stands there before an arrow, as it was changed for the next one.
ALTER TABLE organization ADD COLUMN quarantine_least INTEGER NOT NULL DEFAULT 36500;
UPDATE organization SET quarantine_least = (
    WITH RECURSIVE days (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM days WHERE n < 36500),
    changes (detail) AS (SELECT '; ' || detail FROM history WHERE event = 'organization changed'
        AND replace(detail, 'quarantine days: ', '') <> detail)
    SELECT MIN(ever.n) FROM (SELECT quarantine_days AS n FROM organization UNION ALL
        SELECT d.n FROM changes c CROSS JOIN days d
        WHERE replace(c.detail, '; quarantine days: ' || CAST(d.n AS TEXT) || ' -> ', '') <> c.detail) AS ever);
