-- What readers are told of as new: documents that came, changed or went, by run.
CREATE TABLE news (
  id     INTEGER PRIMARY KEY,
  at     INTEGER NOT NULL,
  run    INTEGER NOT NULL,
  doc    TEXT    NOT NULL,
  kind   INTEGER NOT NULL, -- of NewsKind
  source TEXT    NOT NULL,
  title  TEXT    NOT NULL, -- '' where the source does not want it found any more
  before TEXT    NOT NULL, -- the sentence that changed, as it was
  after  TEXT    NOT NULL  -- and as it is now
) STRICT;
CREATE INDEX news_at  ON news (at);
CREATE INDEX news_doc ON news (doc);
