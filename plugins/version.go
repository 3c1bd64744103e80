package plugins

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/mod/semver"
)

// A version is a semantic version without build metadata.
type version struct {
	numbers    []int  // as many as were written, one to three
	prerelease string // with its hyphen; empty: a release
}

func parseVersion(text string) (version, error) {
	text, _, _ = strings.Cut(strings.TrimPrefix(strings.TrimSpace(text), "v"), "+")
	core, prerelease, is := strings.Cut(text, "-")
	var parsed version
	if is {
		parsed.prerelease = "-" + prerelease
	}
	for _, part := range strings.Split(core, ".") {
		n, err := strconv.ParseUint(part, 10, 31)
		if err != nil || len(parsed.numbers) == 3 {
			return version{}, notVersion(text)
		}
		parsed.numbers = append(parsed.numbers, int(n))
	}
	if !semver.IsValid(parsed.canonical()) {
		return version{}, notVersion(text)
	}
	return parsed, nil
}

func notVersion(text string) error { return fmt.Errorf("%q is no version such as 1.4.0", text) }

// compare orders versions as https://semver.org does; absent numbers are 0.
func (v version) compare(w version) int { return semver.Compare(v.canonical(), w.canonical()) }

// canonical returns the version in the form that the package semver reads.
func (v version) canonical() string {
	n := v.padded()
	return fmt.Sprintf("v%d.%d.%d%s", n[0], n[1], n[2], v.prerelease)
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
