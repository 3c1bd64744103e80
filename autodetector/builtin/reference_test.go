package builtin_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/autodetector/builtin"
	"github.com/whimbreldb/whimbrel/core/detect"
)

var quoted = regexp.MustCompile("`([a-z_]+)`")

// The tables for authors of plugins list every operation and every class of names, and
// none that there is not.
func TestTablesForAuthors(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../docs/plugins/reference.md")
	require.NoError(t, err)
	_, tables, _ := strings.Cut(string(text), "| kind | made |")
	operations, rest, _ := strings.Cut(tables, "\n\n")
	var emitted, listed []string
	for _, d := range builtin.Detectors() {
		for _, kind := range d.Manifest().Emits {
			if !strings.Contains(kind, ".") { // what answers another one's operation is not observed
				emitted = append(emitted, kind)
			}
		}
	}
	for _, found := range quoted.FindAllStringSubmatch(operations, -1) {
		if verb, _, is := strings.Cut(found[1], "_"); is && slices.Contains([]string{"create", "alter", "drop"}, verb) {
			listed = append(listed, found[1])
		}
	}
	require.ElementsMatch(t, emitted, listed)

	_, names, _ := strings.Cut(rest, "| unique in |")
	names, _, _ = strings.Cut(names, "\n\n")
	var classes []string
	for line := range strings.Lines(names) {
		for _, class := range detect.NameClasses() {
			if strings.Contains(line, "`"+string(class)+"`") {
				classes = append(classes, string(class))
				require.Contains(t, line, "| a "+string(class.Scope())+" |", class)
			}
		}
	}
	var all []string
	for _, class := range detect.NameClasses() {
		all = append(all, string(class))
	}
	require.ElementsMatch(t, all, classes)
}
