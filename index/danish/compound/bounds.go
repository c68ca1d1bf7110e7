package compound

// Within keeps the bounds that lie in the first n bytes.
func Within(bounds []int, n int) []int {
	for i, b := range bounds {
		if b > n {
			return bounds[:i]
		}
	}
	return bounds
}

// SharedPrefix is the length in bytes of the beginning that two words share.
func SharedPrefix(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}
