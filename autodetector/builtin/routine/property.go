package routine

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/whimbreldb/whimbrel/sdk"
)

// properties returns what is not PostgreSQL's default.
func properties(f Attrs) []string {
	var list []string
	add := func(text, usual, prefix string) {
		if text != "" && text != usual {
			list = append(list, prefix+strings.ToUpper(text))
		}
	}
	add(f.Volatility, "volatile", "")
	if f.Leakproof {
		list = append(list, "LEAKPROOF")
	}
	if f.Strict {
		list = append(list, "STRICT")
	}
	add(f.Security, "invoker", "SECURITY ")
	add(f.Parallel, "unsafe", "PARALLEL ")
	if f.Cost != nil {
		list = append(list, "COST "+strconv.FormatInt(*f.Cost, 10))
	}
	if f.Rows != nil {
		list = append(list, "ROWS "+strconv.FormatInt(*f.Rows, 10))
	}
	for _, setting := range slices.Sorted(maps.Keys(f.Set)) {
		list = append(list, "SET "+sdk.Ident(setting)+" = "+value(setting, f.Set[setting]))
	}
	return list
}

// value returns what a setting is set to. A search path is a list of names.
func value(setting, text string) string {
	if setting != "search_path" || text == "" {
		return sdk.Literal(text)
	}
	names := strings.Split(text, ",")
	for i, name := range names {
		names[i] = sdk.Ident(strings.Trim(strings.TrimSpace(name), `"`))
	}
	return strings.Join(names, ", ")
}

func or(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}
