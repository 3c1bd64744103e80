package plugins

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A version is a semantic version without build metadata.
type version struct {
	numbers    []int  // as many as were written, one to three
	prerelease string // behind the hyphen
}

func parseVersion(text string) (version, error) {
	text, _, _ = strings.Cut(strings.TrimPrefix(strings.TrimSpace(text), "v"), "+")
	core, prerelease, _ := strings.Cut(text, "-")
	parsed := version{prerelease: prerelease}
	for _, part := range strings.Split(core, ".") {
		n, err := strconv.ParseUint(part, 10, 31)
		if err != nil || len(parsed.numbers) == 3 {
			return version{}, fmt.Errorf("%q is no version such as 1.4.0", text)
		}
		parsed.numbers = append(parsed.numbers, int(n))
	}
	return parsed, nil
}

// compare orders versions; absent numbers are 0, a prerelease comes before its
// release.
func (v version) compare(w version) int {
	if c := slices.Compare(v.padded(), w.padded()); c != 0 {
		return c
	}
	switch {
	case v.prerelease == w.prerelease:
		return 0
	case v.prerelease == "":
		return 1
	case w.prerelease == "":
		return -1
	}
	return strings.Compare(v.prerelease, w.prerelease)
}

func (v version) padded() []int {
	padded := make([]int, 3)
	copy(padded, v.numbers)
	return padded
}

// satisfies reports whether a version meets a constraint: comparisons with =,
// !=, >, >=, <, <= and ~> ("the same but for the last number, which may be
// larger"), separated by commas. The empty constraint allows everything.
func satisfies(have, constraint string) (bool, error) {
	if strings.TrimSpace(constraint) == "" {
		return true, nil
	}
	v, err := parseVersion(have)
	if err != nil {
		return false, err
	}
	for _, part := range strings.Split(constraint, ",") {
		ok, err := v.meets(strings.TrimSpace(part))
		if err != nil || !ok {
			return false, err
		}
	}
	return true, nil
}

func (v version) meets(comparison string) (bool, error) {
	operator := comparison[:len(comparison)-len(strings.TrimLeft(comparison, "=!<>~"))]
	w, err := parseVersion(comparison[len(operator):])
	if err != nil {
		return false, err
	}
	c := v.compare(w)
	switch operator {
	case "", "=":
		return c == 0, nil
	case "!=":
		return c != 0, nil
	case ">":
		return c > 0, nil
	case ">=":
		return c >= 0, nil
	case "<":
		return c < 0, nil
	case "<=":
		return c <= 0, nil
	case "~>":
		kept := max(1, len(w.numbers)-1)
		return c >= 0 && slices.Equal(v.padded()[:kept], w.padded()[:kept]), nil
	}
	return false, fmt.Errorf("%q is no comparison of versions", operator)
}
