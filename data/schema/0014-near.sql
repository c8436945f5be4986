-- near: an ID within one wrong digit or one swap may be there, as one of the two was taken from elsewhere. An ID that is drawn
-- keeps its distance, so it is 0 but for those that were taken in and their neighbours. Of what was there before it is not known.
ALTER TABLE conference_id ADD COLUMN near INTEGER NOT NULL DEFAULT 1;
