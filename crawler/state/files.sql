-- Files, such as PDFs, whose text belongs to the page that offers them.
CREATE TABLE claim (
  page  INTEGER NOT NULL, -- row of the page that offers the file as its own text
  file  INTEGER NOT NULL,
  stale INTEGER NOT NULL DEFAULT 0, -- the page's document was made before the file said what it says now
  PRIMARY KEY (page, file)
) STRICT, WITHOUT ROWID;
CREATE INDEX claim_file ON claim (file);
CREATE INDEX claim_stale ON claim (page) WHERE stale=1;

CREATE TABLE filetext (
  url  INTEGER PRIMARY KEY,
  json TEXT NOT NULL -- document of what was read
) STRICT;
