package key

import (
	"maps"
	"slices"
	"strings"
)

// Parameters returns storage parameters with their values, sorted.
func Parameters(storage map[string]string) []string {
	var list []string
	for _, name := range slices.Sorted(maps.Keys(storage)) {
		list = append(list, name+" = "+storage[name])
	}
	return list
}

// Tune returns the statements that give an index other storage parameters.
func Tune(index string, from, to map[string]string) []string {
	var gone, texts []string
	changed := map[string]string{}
	for name, value := range to {
		if from[name] != value {
			changed[name] = value
		}
	}
	for _, name := range slices.Sorted(maps.Keys(from)) {
		if _, there := to[name]; !there {
			gone = append(gone, name)
		}
	}
	if len(gone) > 0 {
		texts = append(texts, "ALTER INDEX "+index+" RESET ("+strings.Join(gone, ", ")+")")
	}
	if len(changed) > 0 {
		texts = append(texts, "ALTER INDEX "+index+" SET ("+strings.Join(Parameters(changed), ", ")+")")
	}
	return texts
}
