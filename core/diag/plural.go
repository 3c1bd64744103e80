package diag

import "fmt"

// Plural returns a number with its noun, "1 drop" or "2 drops", for texts that people read.
func Plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
