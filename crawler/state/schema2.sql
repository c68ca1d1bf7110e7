-- Version 2: what OAI-PMH providers tell, addresses taken down on request, and whether lastmod can be believed.
CREATE TABLE harvest (
  url      INTEGER PRIMARY KEY, -- the provider's row, one per set
  progress TEXT    NOT NULL     -- JSON of Harvest
) STRICT;

CREATE TABLE record (
  provider  INTEGER NOT NULL, -- row of the harvest that told it last
  id        TEXT    NOT NULL, -- the provider's own
  url       INTEGER NOT NULL, -- row of the landing page
  withdrawn INTEGER NOT NULL DEFAULT 0,
  seen      INTEGER NOT NULL, -- last told
  json      TEXT    NOT NULL,
  PRIMARY KEY (provider, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX record_url ON record (url);

CREATE TABLE blocked (
  entry TEXT    PRIMARY KEY, -- a canonical address, or a host name
  at    INTEGER NOT NULL,
  note  TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

ALTER TABLE host ADD COLUMN lies INTEGER NOT NULL DEFAULT 0; -- claims of a change in a row that were none
