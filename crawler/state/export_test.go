package state

import (
	"context"
	"fmt"
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
