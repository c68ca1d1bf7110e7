//go:build linux || darwin

package pdftext

import (
	"math"
	"runtime/debug"
	"syscall"
	"time"
)

// confine asks the kernel to hold the child to its limits, should the child itself fail to: memory, processor time,
// no files written, no core dumped. A limit that cannot be set is left to watch and to the parent.
func confine(l limits) {
	debug.SetMemoryLimit(l.Memory * 3 / 4)
	seconds := uint64(math.Ceil((l.Time + time.Second).Seconds()))
	for what, limit := range map[int]uint64{
		syscall.RLIMIT_CPU:   seconds,
		syscall.RLIMIT_DATA:  uint64(l.Memory) + reserve,
		syscall.RLIMIT_FSIZE: 0,
		syscall.RLIMIT_CORE:  0,
	} {
		_ = syscall.Setrlimit(what, &syscall.Rlimit{Cur: limit, Max: limit})
	}
}

// reserve is what the Go runtime and the program's own data map beside the heap, in bytes.
const reserve = 256 << 20
