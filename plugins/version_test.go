package plugins

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// The order is that of https://semver.org, section 11.
func TestVersionsInOrder(t *testing.T) {
	t.Parallel()
	order := []string{
		"0.9.9", "1.0.0-0", "1.0.0-2", "1.0.0-10", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2",
		"1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.1-rc.9", "1.0.1-rc.10", "1.0.1", "1.2", "1.10.0",
	}
	for i, a := range order {
		for j, b := range order {
			v, err := parseVersion(a)
			require.NoError(t, err)
			w, err := parseVersion(b)
			require.NoError(t, err)
			require.Equal(t, sign(i-j), v.compare(w), "%s and %s", a, b)
		}
	}
}

func sign(n int) int { return min(1, max(-1, n)) }

func TestSatisfies(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		have, constraint string
		want             bool
	}{
		{"1.0.0", "", true},
		{"v1.2.3+build.7", "= 1.2.3", true},
		{"1.2", "1.2.0", true},
		{"1.10.0", "> 1.9", true},
		{"1.0.0-rc.10", "> 1.0.0-rc.9", true},
		{"1.0.0-rc.9", "> 1.0.0-rc.10", false},
		{"1.0.0-rc.1", ">= 1.0.0", false},
		{"1.0.0-rc.1", "< 1.0.0-rc.1.1", true},
		{"1.4.2", "~> 1.2", true},
		{"2.0.0", "~> 1.2", false},
		{"1.2.9", "~> 1.2.3", true},
		{"1.3.0", "~> 1.2.3", false},
		{"1.9.0", "~> 1", true},
		{"1.5.0", ">= 1.0, != 1.5.0", false},
	} {
		got, err := satisfies(c.have, c.constraint)
		require.NoError(t, err)
		require.Equal(t, c.want, got, "%s %s", c.have, c.constraint)
	}
	for _, c := range [][2]string{{"1.x", "1.0"}, {"1.0", "1.0.0.0"}, {"1.0.0-rc.01", "1.0"}, {"1.0.0-a_b", "1.0"}, {"1.0", "=> 1.0"}, {"", "1.0"}} {
		_, err := satisfies(c[0], c[1])
		require.Error(t, err, c)
	}
}
