-- Version 1. Times are unix milliseconds, 0 means never; durations are milliseconds.
CREATE TABLE kv (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE host (
  id              INTEGER PRIMARY KEY,
  origin          TEXT    NOT NULL UNIQUE, -- scheme://host[:port]
  robots          BLOB,                    -- body of the last robots.txt that was read
  robots_status   INTEGER NOT NULL DEFAULT 0,
  robots_at       INTEGER NOT NULL DEFAULT 0, -- last attempt
  robots_ok       INTEGER NOT NULL DEFAULT 0, -- last attempt that gave an answer
  robots_failing  INTEGER NOT NULL DEFAULT 0, -- since when no answer came
  robots_etag     TEXT    NOT NULL DEFAULT '',
  robots_modified TEXT    NOT NULL DEFAULT '',
  delay           INTEGER NOT NULL DEFAULT 0,
  next_ok         INTEGER NOT NULL DEFAULT 0,
  fails           INTEGER NOT NULL DEFAULT 0, -- in a row
  open_until      INTEGER NOT NULL DEFAULT 0, -- circuit
  last_ok         INTEGER NOT NULL DEFAULT 0,
  last_error      TEXT    NOT NULL DEFAULT '',
  last_error_at   INTEGER NOT NULL DEFAULT 0,
  probe_at        INTEGER NOT NULL DEFAULT 0,
  probe_status    INTEGER NOT NULL DEFAULT 0,
  probe_text      TEXT    NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE url (
  id            INTEGER PRIMARY KEY,
  url           TEXT    NOT NULL UNIQUE,
  host          INTEGER NOT NULL DEFAULT 0,
  source        TEXT    NOT NULL,
  kind          TEXT    NOT NULL,
  via           TEXT    NOT NULL,
  referrer      INTEGER NOT NULL DEFAULT 0,
  depth         INTEGER NOT NULL DEFAULT 0,
  hops          INTEGER NOT NULL DEFAULT 0,
  state         TEXT    NOT NULL,
  reason        TEXT    NOT NULL DEFAULT '',
  detail        TEXT    NOT NULL DEFAULT '',
  trouble       TEXT    NOT NULL DEFAULT '',
  priority      INTEGER NOT NULL DEFAULT 0,
  due           INTEGER NOT NULL DEFAULT 0,
  lease         INTEGER NOT NULL DEFAULT 0,
  etag          TEXT    NOT NULL DEFAULT '',
  last_modified TEXT    NOT NULL DEFAULT '',
  status        INTEGER NOT NULL DEFAULT 0,
  hash          BLOB,
  body_hash     BLOB,
  target        INTEGER NOT NULL DEFAULT 0,
  canonical     INTEGER NOT NULL DEFAULT 0,
  doc           TEXT    NOT NULL DEFAULT '',
  held          INTEGER NOT NULL DEFAULT 0,
  checks        INTEGER NOT NULL DEFAULT 0,
  changes       INTEGER NOT NULL DEFAULT 0,
  misses        INTEGER NOT NULL DEFAULT 0,
  fails         INTEGER NOT NULL DEFAULT 0,
  first_miss    INTEGER NOT NULL DEFAULT 0,
  first_seen    INTEGER NOT NULL,
  last_visit    INTEGER NOT NULL DEFAULT 0,
  last_ok       INTEGER NOT NULL DEFAULT 0,
  last_change   INTEGER NOT NULL DEFAULT 0,
  interval      INTEGER NOT NULL DEFAULT 0,
  claimed       INTEGER NOT NULL DEFAULT 0,
  sketch        INTEGER NOT NULL DEFAULT 0,
  pipeline      TEXT    NOT NULL DEFAULT ''
) STRICT;

-- What is due on one host: one seek per priority class, then rows in the order of due.
CREATE INDEX url_due       ON url (host, priority, due)    WHERE due > 0;
CREATE INDEX url_leased    ON url (lease)                  WHERE lease > 0;
CREATE INDEX url_source    ON url (source, kind, state, reason);
CREATE INDEX url_twins     ON url (source, hash)           WHERE doc <> '';
CREATE INDEX url_target    ON url (target)                 WHERE target > 0;
CREATE INDEX url_canonical ON url (canonical)              WHERE canonical > 0;
CREATE INDEX url_documents ON url (host)                   WHERE doc <> '';
CREATE INDEX url_held      ON url (source)                 WHERE held > 0;

CREATE TABLE document (
  id      TEXT    PRIMARY KEY,
  url     INTEGER NOT NULL UNIQUE,
  source  TEXT    NOT NULL,
  version INTEGER NOT NULL, -- the outbox seq that announced it: rises for ever, also over deletions
  hash    BLOB    NOT NULL, -- of what matters in json
  created INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  json    TEXT    NOT NULL
) STRICT;
CREATE INDEX document_source ON document (source);

-- One row per document id ever announced: a later change takes the place of the earlier one, so that
-- the whole table read from 0 rebuilds an index.
CREATE TABLE outbox (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  doc TEXT    NOT NULL UNIQUE,
  op  INTEGER NOT NULL -- 0 put, 1 delete
) STRICT;

CREATE TABLE body (
  url    INTEGER PRIMARY KEY,
  header TEXT    NOT NULL,
  packed BLOB    NOT NULL, -- deflate of the masked body
  at     INTEGER NOT NULL
) STRICT;

CREATE TABLE visit (
  url    INTEGER NOT NULL,
  at     INTEGER NOT NULL,
  run    INTEGER NOT NULL,
  status INTEGER NOT NULL,
  state  TEXT    NOT NULL,
  reason TEXT    NOT NULL,
  bytes  INTEGER NOT NULL,
  ms     INTEGER NOT NULL,
  PRIMARY KEY (url, at)
) STRICT, WITHOUT ROWID;

CREATE TABLE removal (
  id     INTEGER PRIMARY KEY,
  at     INTEGER NOT NULL,
  run    INTEGER NOT NULL,
  source TEXT    NOT NULL,
  doc    TEXT    NOT NULL,
  url    INTEGER NOT NULL,
  reason TEXT    NOT NULL,
  braked INTEGER NOT NULL -- 1: of the kind that the brake counts
) STRICT;
CREATE INDEX removal_source ON removal (source, at);
CREATE INDEX removal_url    ON removal (url);

CREATE TABLE run (
  id      INTEGER PRIMARY KEY,
  started INTEGER NOT NULL,
  ended   INTEGER NOT NULL DEFAULT 0,
  every   INTEGER NOT NULL, -- 1: all pages were made due
  sources TEXT    NOT NULL  -- comma-separated filter, '' for all
) STRICT;

CREATE TABLE tally (
  run    INTEGER NOT NULL,
  source TEXT    NOT NULL,
  name   TEXT    NOT NULL,
  n      INTEGER NOT NULL,
  PRIMARY KEY (run, source, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE pattern (
  source   TEXT    NOT NULL,
  key      TEXT    NOT NULL,
  fetched  INTEGER NOT NULL,
  useful   INTEGER NOT NULL,
  sketches BLOB    NOT NULL,
  PRIMARY KEY (source, key)
) STRICT, WITHOUT ROWID;
