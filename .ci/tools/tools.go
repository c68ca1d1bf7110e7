//go:build tools

// Package tools pins the linters that .ci/run builds, apart from the product's own modules.
package tools

import (
	_ "honnef.co/go/tools/cmd/staticcheck"
	_ "mvdan.cc/gofumpt"
)
