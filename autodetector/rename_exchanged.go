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
	open := possible(declared, was, is)
	for before := -1; before != len(open); {
		before = len(open)
		dropBlocked(open, was, is)
	}
	for _, old := range slices.Sorted(maps.Keys(open)) {
		if ring := ringOf(open, old); len(ring) > 0 && !moves(open, ring, was, is) {
			maps.DeleteFunc(open, func(old, _ string) bool { return ring[old] })
		}
	}
	return open
}

// possible returns the renames from a value that was there to one that is there. Of
// several to one value the first counts.
func possible(declared map[string]string, was, is []string) map[string]string {
	open, first := map[string]string{}, map[string]bool{}
	for _, old := range slices.Sorted(maps.Keys(declared)) {
		name := declared[old]
		if old != name && slices.Contains(was, old) && slices.Contains(is, name) && !first[name] {
			open[old], first[name] = name, true
		}
	}
	return open
}

// dropBlocked takes renames out whose new name another value keeps, or whose old name
// stays without another value taking it over.
func dropBlocked(open map[string]string, was, is []string) {
	taken := map[string]bool{}
	for _, name := range open {
		taken[name] = true
	}
	blocked := map[string]bool{}
	for old, name := range open {
		_, given := open[name]
		blocked[old] = slices.Contains(was, name) && !given || slices.Contains(is, old) && !taken[old]
	}
	maps.DeleteFunc(open, func(old, _ string) bool { return blocked[old] })
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
