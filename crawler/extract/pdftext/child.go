package pdftext

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime/metrics"
	"strings"
	"time"
)

// ChildVariable is set in the environment of the child process. The main function of every program that calls
// Read must look at it before anything else:
//
//	if os.Getenv(pdftext.ChildVariable) != "" {
//		os.Exit(pdftext.Child(os.Stdin, os.Stdout))
//	}
const ChildVariable = "SMAABORNSVIDEN_PDFTEXT_CHILD"

// childArgument makes a program whose main forgets to ask for the variable stop at an unknown command.
const childArgument = "pdftext-child"

// What the child's exit code means.
const (
	exitOK = iota
	exitBadInput
	exitTime
	exitMemory
)

// maxAnswer bounds what is read from a child, in bytes.
const maxAnswer = 256 << 20

// answer is what a child writes: lines, or what was wrong.
type answer struct {
	Raw   raw    `json:"raw"`
	Kind  string `json:"kind,omitempty"`
	Error string `json:"error,omitempty"`
}

// kinds name the errors that cross from the child.
var kinds = map[string]error{
	"not-pdf": ErrNotPDF, "broken": ErrBroken, "encrypted": ErrEncrypted, "timeout": ErrTimeout,
}

// readChild reads a file in a child process that can be killed.
func readChild(ctx context.Context, data []byte, l limits, program string) (raw, error) {
	if os.Getenv(ChildVariable) != "" {
		// This is a child whose main does not call Child: starting children of its own would never end.
		return raw{}, fmt.Errorf("%w: main does not call pdftext.Child", ErrChild)
	}
	cmd, err := command(ctx, program)
	if err != nil {
		return raw{}, fmt.Errorf("%w: %w", ErrChild, err)
	}
	header, err := json.Marshal(l)
	if err != nil {
		return raw{}, fmt.Errorf("%w: %w", ErrChild, err)
	}
	var out, stderr bytes.Buffer
	cmd.Stdin = io.MultiReader(bytes.NewReader(header), strings.NewReader("\n"), bytes.NewReader(data))
	cmd.Stdout = &capped{Buffer: &out, left: maxAnswer}
	cmd.Stderr = &capped{Buffer: &stderr, left: 64 << 10}
	if err := cmd.Run(); err != nil {
		return raw{}, died(ctx, err, stderr.String())
	}
	return answered(out.Bytes())
}

// command prepares the child: no environment but the variable, killed when ctx ends.
func command(ctx context.Context, program string) (*exec.Cmd, error) {
	if program == "" {
		self, err := os.Executable()
		if err != nil {
			return nil, err
		}
		program = self
	}
	cmd := exec.CommandContext(ctx, program, childArgument)
	// One file takes one processor; its garbage collector must not take the others.
	cmd.Env = []string{ChildVariable + "=1", "GOMAXPROCS=1", "GOTRACEBACK=none"}
	cmd.WaitDelay = time.Second
	return cmd, nil
}

// died says why a child ended without an answer.
func died(ctx context.Context, err error, stderr string) error {
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return fmt.Errorf("%w: %w", ErrTimeout, ctx.Err())
	case !errors.As(err, &exit):
		return fmt.Errorf("%w: %w", ErrChild, err)
	case exit.ExitCode() == exitTime, strings.Contains(exit.String(), "cpu"), strings.Contains(exit.String(), "killed"):
		// The kernel kills a child that has used up its processor time.
		return fmt.Errorf("%w: %w", ErrTimeout, err)
	case exit.ExitCode() == exitMemory, strings.Contains(stderr, "out of memory"), strings.Contains(stderr, "cannot allocate memory"):
		return fmt.Errorf("%w: %w", ErrMemory, err)
	case strings.Contains(stderr, "stack overflow"), strings.Contains(stderr, "stack exceeds"):
		return fmt.Errorf("%w: nested too deeply", ErrBroken)
	}
	return fmt.Errorf("%w: %w: %.200s", ErrChild, err, stderr)
}

func answered(b []byte) (raw, error) {
	var a answer
	if err := json.Unmarshal(b, &a); err != nil {
		return raw{}, fmt.Errorf("%w: answer: %w", ErrChild, err)
	}
	if a.Kind == "" {
		return a.Raw, nil
	}
	kind, ok := kinds[a.Kind]
	if !ok {
		kind = ErrChild
	}
	return raw{}, fmt.Errorf("%w: %s", kind, strings.TrimPrefix(a.Error, kind.Error()+": "))
}

// capped keeps the first bytes and takes the rest without keeping them, so that a child never blocks on its output.
type capped struct {
	*bytes.Buffer
	left int
}

func (c *capped) Write(p []byte) (int, error) {
	keep := p[:min(len(p), c.left)]
	c.left -= len(keep)
	c.Buffer.Write(keep)
	return len(p), nil
}

// Child is the whole life of a child process: it reads limits and a file, writes what it found, and returns the exit
// code. It ends the process itself when it takes too long or too much memory.
func Child(in io.Reader, out io.Writer) int {
	r := bufio.NewReader(in)
	header, err := r.ReadBytes('\n')
	if err != nil {
		return exitBadInput
	}
	var l limits
	if err := json.Unmarshal(header, &l); err != nil || l.Time <= 0 || l.Memory <= 0 {
		return exitBadInput
	}
	confine(l)
	if used() > l.Memory {
		return exitMemory
	}
	go watch(l)
	data, err := io.ReadAll(r)
	if err != nil {
		return exitBadInput
	}
	// Three quarters of the time are for reading, so that what was read by then is still written.
	ctx, cancel := context.WithTimeout(context.Background(), l.Time*3/4)
	defer cancel()
	found, err := readHere(ctx, data, l, "")
	if err := json.NewEncoder(out).Encode(answerOf(found, err)); err != nil {
		return exitBadInput
	}
	return exitOK
}

func answerOf(found raw, err error) answer {
	if err == nil {
		return answer{Raw: found}
	}
	a := answer{Kind: "broken", Error: err.Error()}
	for kind, target := range kinds {
		if errors.Is(err, target) {
			a.Kind = kind
		}
	}
	return a
}

// watch ends the process when its time is up, also when the parent that should do so is gone, or when it has taken more
// memory than it may.
func watch(l limits) {
	end := time.Now().Add(l.Time)
	for time.Now().Before(end) {
		if used() > l.Memory {
			os.Exit(exitMemory)
		}
		time.Sleep(10 * time.Millisecond)
	}
	os.Exit(exitTime)
}

// used is the memory that the Go runtime holds, in bytes.
func used() int64 {
	sample := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(sample)
	return int64(sample[0].Value.Uint64() - sample[1].Value.Uint64())
}
