package resolve

import (
	"slices"
	"strings"
)

// Nearest returns the candidate that a misspelt name was most likely meant to be, or
// "", as messages about model files find it.
func Nearest(name string, candidates []string) string { return nearest(name, candidates) }

// nearest returns the candidate that a misspelt name was most likely meant to
// be, or "".
func nearest(name string, candidates []string) string {
	best, bestDistance := "", 1+max(1, min(3, len(name)/3))
	sorted := slices.Clone(candidates)
	slices.Sort(sorted)
	for _, candidate := range sorted {
		if strings.EqualFold(name, candidate) {
			return candidate
		}
		if d := distance(name, candidate, bestDistance); d < bestDistance {
			best, bestDistance = candidate, d
		}
	}
	return best
}

// distance returns the number of characters to insert, delete, replace or
// exchange to get from a to b, or limit if it is that or more.
func distance(a, b string, limit int) int {
	from, to := []rune(a), []rune(b)
	if abs(len(from)-len(to)) >= limit {
		return limit
	}
	before, last, row := make([]int, len(to)+1), make([]int, len(to)+1), make([]int, len(to)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(from); i++ {
		row[0] = i
		for j := 1; j <= len(to); j++ {
			cost := 1
			if from[i-1] == to[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && from[i-1] == to[j-2] && from[i-2] == to[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return min(last[len(to)], limit)
}

func abs(n int) int { return max(n, -n) }

// didYouMean returns the end of a message that proposes a candidate, or "".
func didYouMean(name string, candidates []string) string {
	if best := nearest(name, candidates); best != "" {
		return "; did you mean " + quote(best) + "?"
	}
	return ""
}

// instead returns what to do about a misspelt name: write the candidate that is
// near it, or otherwise.
func instead(name string, candidates []string, otherwise string) string {
	if best := nearest(name, candidates); best != "" {
		return "write " + best
	}
	return otherwise
}

// insteadQuoted is instead for text in quotes.
func insteadQuoted(text string, candidates []string, otherwise string) string {
	if best := nearest(text, candidates); best != "" {
		return "write " + quote(best)
	}
	return otherwise
}

// oneOf lists names for people.
func oneOf(names []string) string {
	switch len(names) {
	case 0:
		return "nothing"
	case 1:
		return names[0]
	}
	return strings.Join(names[:len(names)-1], ", ") + " or " + names[len(names)-1]
}

// capital returns a word with a capital letter.
func capital(word string) string { return strings.ToUpper(word[:1]) + word[1:] }

func quote(name string) string { return `"` + name + `"` }
