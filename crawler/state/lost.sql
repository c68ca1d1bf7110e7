-- Readers who come back to a document that went are told when it did: its removal is looked up by its id.
CREATE INDEX removal_doc ON removal (doc);
