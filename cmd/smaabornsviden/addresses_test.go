package main

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestRobotsPrintsAVerdictPerAddress(t *testing.T) {
	file := filepath.Join(t.TempDir(), "robots.txt")
	write(t, file, "User-agent: *\nDisallow: /intern/\n\nUser-agent: andenbot\nDisallow: /\nAllow: /$\n")
	tests := []struct {
		agent string
		want  string
	}{
		{"smaabornsviden", "allow\ndisallow\nallow\n"},
		{"andenbot", "allow\ndisallow\ndisallow\n"},
	}
	for _, tt := range tests {
		res := invoke(t, nil, "robots", "-agent", tt.agent, "-file", file, "https://x.example/", "https://x.example/intern/a", "https://x.example/leg")
		if res.code != exitOK || res.stdout != tt.want {
			t.Errorf("%s: exit %d, printed %q, want %q", tt.agent, res.code, res.stdout, tt.want)
		}
	}
	if res := invokeIn(t, strings.NewReader("User-agent: *\nDisallow: /\n"), nil, "robots", "-file", "-", "https://x.example/"); res.stdout != "disallow\n" {
		t.Errorf("from standard input: %q %q", res.stdout, res.stderr)
	}
	for _, args := range [][]string{{"robots"}, {"robots", "-file", file}, {"robots", "https://x.example/"}} {
		if res := invoke(t, nil, args...); res.code != exitUsage {
			t.Errorf("%v: exit %d, want %d", args, res.code, exitUsage)
		}
	}
}

func TestCanonicalPrintsALinePerAddress(t *testing.T) {
	register := filepath.Join(t.TempDir(), "r.yaml")
	write(t, register, "sources:\n  - {id: x, name: X, sector: kommune, policy: index, home: \"https://x.example/\", include: [/viden/], drop_params: [b]}\n")
	tests := []struct {
		name    string
		args    []string
		in, out string
	}{
		{"in general", nil, "HTTPS://X.example:443/a/../b?utm_source=n&q=1#x\r\nmailto:a@b.dk\n\nhttp://[", "https://x.example/b?q=1\nrefused: scheme\nrefused: parse\nrefused: parse\n"},
		{"against a base", []string{"-base", "https://x.example/a/"}, "../ø", "https://x.example/%C3%B8\n"},
		{"of a source", []string{"-source", "x", "-partners", register}, "http://www.x.example/viden/leg?b=2&c=3\nhttps://x.example/om\nhttps://y.example/viden/\n", "https://x.example/viden/leg?c=3\nrefused: not-included\nrefused: out-of-scope\n"},
		{"as the standard has it", []string{"-parse"}, "HTTP://X.example/?utm_source=n#x\nFTP://x.example:21\nhttp://[", "http://x.example/?utm_source=n#x\nftp://x.example/\nrefused: parse\n"},
		{"nothing", nil, "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			res := invokeIn(t, strings.NewReader(tt.in), nil, append([]string{"canonical"}, tt.args...)...)
			if res.code != exitOK || res.stdout != tt.out {
				t.Errorf("exit %d, printed %q %s, want %q", res.code, res.stdout, res.stderr, tt.out)
			}
		})
	}
	if res := invoke(t, nil, "canonical", "-source", "y", "-partners", register); res.code != exitUsage || !strings.Contains(res.stderr, `no source "y"`) {
		t.Errorf("unknown source: exit %d, %q", res.code, res.stderr)
	}
}
