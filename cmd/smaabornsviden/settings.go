package main

import (
	"fmt"
	"io"
	"log/slog"
	"os"
)

// defaultData is the data folder when none is named.
const defaultData = "./smaabornsviden-data"

// dataFlag adds the flags that say where everything is kept.
func dataFlag(f *flags, at *place) {
	engineFlag(f, &at.engine)
	f.StringVar(&at.dir, "data", defaultData, "Keeps everything in this `FOLDER`, which one process holds at a time.")
}

func registerFlag(f *flags, file *string) {
	f.StringVar(file, "partners", "", "Reads the register of partner sites from this YAML `FILE` instead of the one that the program carries.")
}

func addrFlag(f *flags, addr *string) {
	f.StringVar(addr, "addr", "127.0.0.1:8080", "Serves the search page on this `HOST:PORT`.")
}

// logFlag makes the logger once the flags are read.
func logFlag(f *flags) func() (*slog.Logger, error) {
	level := f.String("log", "info", "Logs from this `LEVEL` on: debug, info, warn or error.")
	return func() (*slog.Logger, error) {
		var l slog.Level
		if err := l.UnmarshalText([]byte(*level)); err != nil {
			return nil, usagef("-log %q is none of debug, info, warn, error", *level)
		}
		return slog.New(slog.NewTextHandler(f.env.stderr, &slog.HandlerOptions{Level: l})), nil
	}
}

// quiet is for commands whose output is the answer.
func quiet(w io.Writer) *slog.Logger {
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: slog.LevelError}))
}

// maxRegister bounds a register file; ours has 30 kB.
const maxRegister = 16 << 20

func readAll(file string) ([]byte, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxRegister+1))
	if err == nil && len(data) > maxRegister {
		err = fmt.Errorf("%s has more than %s", file, size(maxRegister))
	}
	return data, err
}

// noArguments parses the flags of a command that takes nothing else.
func noArguments(f *flags, args []string) error {
	rest, err := f.parse(args)
	if err != nil {
		return err
	}
	if len(rest) > 0 {
		return usagef("takes no arguments, got %q", rest[0])
	}
	return nil
}
