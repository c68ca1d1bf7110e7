package main

import (
	"math/bits"

	"smaabornsviden/index/danish/compound"
)

// ln2 is the natural logarithm of 2 in units of 2^-32.
const ln2 = 2977044472

// surprise is -ln(part/whole) as a cost, for 0 < part <= whole. It is worked out in whole numbers, since the
// logarithms of floating point differ in the last digit between machines.
func surprise(part, whole uint64) compound.Cost {
	bitsOf := log2(whole) - log2(part) // in 2^-16
	nats := bitsOf * (ln2 >> 16)       // in 2^-32
	return compound.Cost((nats*uint64(compound.Nat) + 1<<31) >> 32)
}

// log2 is the logarithm to base 2 in units of 2^-16, for x > 0.
func log2(x uint64) uint64 {
	whole := uint64(bits.Len64(x) - 1)
	result := whole << 16
	// The mantissa as a number in [1, 2) in units of 2^-31; squaring it shifts its logarithm one bit to the left.
	m := x << (63 - whole) >> 32
	for bit := uint64(1) << 15; bit > 0; bit >>= 1 {
		m = m * m >> 31
		if m >= 1<<32 {
			m >>= 1
			result |= bit
		}
	}
	return result
}
