package autodetector

import (
	"maps"
	"slices"
)

// openRenames returns which of the renames that the models declare for the values of a
// type are still to be made. A new name is one that nobody has, or that its owner gives
// up; an old one is gone, or another value has taken it over.
//
// Where values exchange their names, all names are there before and after. PostgreSQL
// leaves a renamed value in its place, so the order of the values tells: as soon as it
// is that of the new names, the exchange is made.
func openRenames(declared map[string]string, was, is []string) map[string]string {
	open := maps.Clone(declared)
	maps.DeleteFunc(open, func(old, name string) bool {
		return old == name || !slices.Contains(was, old) || !slices.Contains(is, name)
	})
	first := map[string]string{} // by the new name
	for _, old := range slices.Backward(slices.Sorted(maps.Keys(open))) {
		first[open[old]] = old
	}
	maps.DeleteFunc(open, func(old, name string) bool { return first[name] != old })
	for before := len(open) + 1; len(open) < before; {
		before = len(open)
		taken := map[string]bool{}
		for _, name := range open {
			taken[name] = true
		}
		maps.DeleteFunc(open, func(old, name string) bool {
			_, given := open[name]
			return slices.Contains(was, name) && !given || slices.Contains(is, old) && !taken[old]
		})
	}
	for _, old := range slices.Sorted(maps.Keys(open)) {
		if ring := ringOf(open, old); len(ring) > 0 && !moves(open, ring, was, is) {
			maps.DeleteFunc(open, func(old, _ string) bool { return ring[old] })
		}
	}
	return open
}

// ringOf returns the values that exchange their names with one, nil without any.
func ringOf(renamed map[string]string, value string) map[string]bool {
	ring := map[string]bool{}
	for next, ok := value, true; ok; next, ok = renamed[next] {
		if ring[next] {
			if next == value {
				return ring
			}
			return nil
		}
		ring[next] = true
	}
	return nil
}

// moves reports whether the values of a ring stand in the order of their new names.
func moves(renamed map[string]string, ring map[string]bool, was, is []string) bool {
	var before, after []string
	for _, value := range was {
		if ring[value] {
			before = append(before, renamed[value])
		}
	}
	for _, value := range is {
		if ring[value] {
			after = append(after, value)
		}
	}
	return slices.Equal(before, after)
}
