-- What tells the empty pages of a calendar from the pages of an archive: the links that lead out of their family.
ALTER TABLE pattern ADD COLUMN barren INTEGER NOT NULL DEFAULT 0; -- pages in a row without a text or a way out of their own
ALTER TABLE pattern ADD COLUMN exits  INTEGER NOT NULL DEFAULT 0; -- hash of the ways out of the last page
