package migration

import (
	"bytes"
	"maps"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/diag"
)

// A tangle is whimbrel.sum as merging in git may leave it: with the lines of two
// branches, in any order, between marks or without. Each hash covers the line before
// it on its own branch. The zero tangle has no lines.
type tangle struct {
	lines []SumLine      // as they stand in the file
	first map[string]int // the first line of each file
	left  int            // how many more hashes may be tried
}

// maxTries is how many hashes are tried to find out how a folder was put together.
// It takes a second, and that of real merges takes a few.
const maxTries = 50_000

func newTangle(text []byte) *tangle {
	t := &tangle{first: map[string]int{}, left: maxTries}
	for line := range bytes.Lines(unixLines(text)) {
		if parts := sumLine().FindSubmatch(bytes.TrimSuffix(line, []byte("\n"))); parts != nil {
			t.lines = append(t.lines, SumLine{Name: string(parts[1]), Hash: string(parts[2])})
		}
	}
	for i, line := range slices.Backward(t.lines) {
		t.first[line.Name] = i
	}
	return t
}

// names returns the names of the files, sorted, each once.
func (t *tangle) names() []string {
	return slices.Sorted(maps.Keys(t.first))
}

// fits reports whether a file is as some branch wrote it: one of its lines has its
// hash, behind whatever line.
func (t *tangle) fits(name string, data []byte) bool {
	for i, line := range t.lines {
		if line.Name != name || t.left <= 0 {
			continue
		}
		for before := i - 1; before >= -1; before-- { // the nearest is most likely
			if t.follows(line, before, data) {
				return true
			}
		}
		for before := i + 1; before < len(t.lines); before++ {
			if t.follows(line, before, data) {
				return true
			}
		}
	}
	return false
}

// follows reports whether the hash of a line is that of the file behind another line,
// behind none for -1.
func (t *tangle) follows(line SumLine, before int, data []byte) bool {
	if t.left--; t.left < 0 {
		return false
	}
	alone := Sum{}
	if before >= 0 {
		alone.Lines = t.lines[before : before+1]
	}
	return alone.hash(len(alone.Lines), line.Name, data) == line.Hash
}

// tangled reports whether the sum has the lines of two branches: every file that is
// there is as one of them wrote it.
func (f *folder) tangled() bool {
	t := newTangle(f.text)
	for _, name := range t.names() {
		data, unread := read(f.fsys, name)
		if unread.HasErrors() || !t.fits(name, data) {
			return false
		}
	}
	return len(t.lines) > 0
}

// untangled returns diagnostics of a folder with one about its sum in place of those
// about files that only seem to be changed, as the lines of two branches are mixed.
func (f *folder) untangled(list diag.List) diag.List {
	var kept diag.List
	var mixed []string
	t := newTangle(f.text)
	for _, d := range list {
		if d.Code == changed("").Code {
			if data, unread := read(f.fsys, d.Range.File); !unread.HasErrors() && t.fits(d.Range.File, data) {
				mixed = append(mixed, d.Range.File)
				continue
			}
		}
		kept = append(kept, d)
	}
	if len(mixed) > 0 {
		kept = append(kept, tangledSum(strings.Join(mixed, ", ")))
	}
	return kept
}
