package main

import (
	"runtime/debug"
	"testing"
)

func TestAVersionAlwaysTellsOneBuildFromAnother(t *testing.T) {
	tests := map[string]struct {
		version  string
		settings []debug.BuildSetting
		day      string
		want     string
	}{
		"release":          {version: "v1.2.0", day: "2026-11-22", want: "v1.2.0"},
		"commit":           {version: "(devel)", settings: []debug.BuildSetting{{Key: "vcs.revision", Value: "0123456789abcdef"}}, want: "devel-0123456789ab"},
		"changed checkout": {settings: []debug.BuildSetting{{Key: "vcs.revision", Value: "0123456789abcdef"}, {Key: "vcs.modified", Value: "true"}}, want: "devel-0123456789ab+dirty"},
		"no checkout":      {version: "(devel)", day: "2026-11-22", want: "devel-2026-11-22"},
		"nothing known":    {want: "devel"},
	}
	for name, tt := range tests {
		info := &debug.BuildInfo{Main: debug.Module{Version: tt.version}, Settings: tt.settings}
		if got := buildOf(info, tt.day).version; got != tt.want {
			t.Errorf("%s: version %q, want %q", name, got, tt.want)
		}
	}
}
