-- A dial-in number as it was typed, with its blanks and dashes; '': in groups of our own.
ALTER TABLE dial_in_number ADD COLUMN typed TEXT NOT NULL DEFAULT '';
