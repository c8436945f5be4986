-- tell: what a caller is told of a meeting before the caller check: 'nothing', 'organizer' or 'title'.
ALTER TABLE organization ADD COLUMN tell TEXT NOT NULL DEFAULT 'nothing';
