package state

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
)

// OpenBounded opens a store whose file may not grow beyond a number of pages: a disk that runs full.
func OpenBounded(ctx context.Context, path string, pages int) (*Store, error) {
	s, err := Open(ctx, path, Options{})
	if err != nil {
		return nil, err
	}
	_, err = s.write.ExecContext(ctx, fmt.Sprintf("PRAGMA max_page_count=%d", pages))
	return s, err
}

// BeforeNewsHadLanguages takes the file at path back to the schema before news had a language.
func BeforeNewsHadLanguages(ctx context.Context, path string) error {
	db, err := sql.Open("sqlite", dsn(path, "synchronous(OFF)", false))
	if err != nil {
		return err
	}
	defer db.Close()
	version := slices.Index(steps, "newslang.sql")
	_, err = db.ExecContext(ctx, fmt.Sprintf("ALTER TABLE news DROP COLUMN lang; ALTER TABLE pattern DROP COLUMN barren; ALTER TABLE pattern DROP COLUMN exits; DROP INDEX removal_doc; PRAGMA user_version=%d", version))
	return err
}
