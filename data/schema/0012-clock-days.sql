-- How many days of the duration end at the same time of day, however long the clock makes them (iCalendar's DURATION:P1D).
ALTER TABLE meeting ADD COLUMN clock_days BIGINT NOT NULL DEFAULT 0 CHECK (clock_days >= 0);
