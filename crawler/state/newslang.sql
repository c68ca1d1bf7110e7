-- The language of a piece of news: what is read out to people has to be read in it.
ALTER TABLE news ADD COLUMN lang TEXT NOT NULL DEFAULT ''; -- of title, before and after; '' where it is not known

-- What was told before this was kept is told of documents that are mostly still there.
UPDATE news SET lang=coalesce((SELECT json_extract(d.json,'$.lang.value') FROM document d WHERE d.id=news.doc),'') WHERE title<>'';
