package branch

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/migration"
)

// A Comparison is what has to be known besides the migrations.
type Comparison struct {
	Graph *migration.Graph
	// Scripts returns the SQL of each migration.
	Scripts Scripts
	// Siblings returns the kinds that an object of a kind depends on, as Siblings of
	// detect.Kind.
	Siblings func(kind string) []string
}

// Overlaps returns why the lines that lead to two migrations do not commute, and nothing
// if they do. An error means that the migrations do not replay, or cannot be read.
func (c Comparison) Overlaps(left, right string) ([]Overlap, error) {
	base, leftLine, rightLine := Fork(c.Graph, left, right)
	from, err := migration.StateAfter(base)
	if err != nil {
		return nil, err
	}
	ofLeft, err := newFootprint(from, leftLine, c.Siblings)
	if err != nil {
		return nil, err
	}
	ofRight, err := newFootprint(from, rightLine, c.Siblings)
	if err != nil {
		return nil, err
	}
	if found := overlaps(ofLeft, ofRight, from); len(found) > 0 {
		return found, nil
	}
	return c.inSQL(base, leftLine, rightLine)
}

// inSQL returns what the SQL of two lines says, which their edits do not.
func (c Comparison) inSQL(base []*migration.Migration, left, right Line) ([]Overlap, error) {
	ofLeft, err := c.Scripts.read(left)
	if err != nil {
		return nil, err
	}
	ofRight, err := c.Scripts.read(right)
	if err != nil {
		return nil, err
	}
	catalog, err := c.Scripts.catalog(base)
	if err != nil {
		return nil, err
	}
	found := slices.Concat(byHand(ofLeft, ofRight, false), byHand(ofRight, ofLeft, true))
	if len(found) == 0 {
		found = run{catalog: catalog, first: ofLeft, second: ofRight}.overlap()
	}
	if len(found) == 0 {
		found = run{catalog: catalog, first: ofRight, second: ofLeft, swapped: true}.overlap()
	}
	return found, nil
}
