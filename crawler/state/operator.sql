-- What a person decides about the crawl.
ALTER TABLE blocked ADD COLUMN root TEXT NOT NULL DEFAULT ''; -- entry along with which this one came; '' when it was asked for itself

CREATE TABLE paused (
  source TEXT    PRIMARY KEY,
  at     INTEGER NOT NULL,
  note   TEXT    NOT NULL
) STRICT, WITHOUT ROWID;
