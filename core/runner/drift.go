package runner

import (
	"cmp"
	"context"
	"slices"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/postgres"
)

// A Drift is an object that is not as the last migration that touched it left it.
type Drift struct {
	Kind, Name     string
	Change         DriftChange
	Was, Is        string // how the server defined and defines it; empty where it cannot be written as SQL
	App, Migration string // who touched it last; empty: no migration, or nobody knows
}

// A DriftChange says what has become of an object.
type DriftChange string

// The changes.
const (
	DriftChanged   DriftChange = "changed"
	DriftMissing   DriftChange = "missing"   // a migration made it, the database does not have it
	DriftExtra     DriftChange = "extra"     // the database has it, no migration made it
	DriftUnmodeled DriftChange = "unmodeled" // likewise, and the model language has no word for it
)

// A Drifted is what differs between a database and what was recorded.
type Drifted struct {
	Objects int // that were compared
	List    []Drift
}

// Drift compares the objects that the queries find with what was recorded when they
// were applied. Strict includes what was there before the first migration, and what
// whimbrel cannot write as SQL. Where nothing is recorded the error says so.
func (r *Runner) Drift(ctx context.Context, queries []detect.CatalogQuery, strict bool) (Drifted, error) {
	recorded, err := r.db.Defined(ctx)
	if err != nil {
		return Drifted{}, err
	}
	if !slices.ContainsFunc(recorded, func(o postgres.DefinedObject) bool { return o.Ours }) {
		applied, err := r.db.Applied(ctx)
		if err != nil || len(applied) == 0 {
			return Drifted{}, err
		}
		return Drifted{}, unrecorded()
	}
	now, err := r.db.Definitions(ctx, queries)
	if err != nil {
		return Drifted{}, err
	}
	return newComparison(recorded, now, strict).drifted(), nil
}

func unrecorded() error {
	return diag.Diagnostic{
		Code:    "WH0160",
		Summary: "it is not recorded how the database was when its migrations were applied",
		Detail:  "They were applied by an older whimbrel, which recorded no definitions, so there is nothing to compare with.",
		Next:    "look whether the database is as it should be, then have it recorded: whimbrel drift --record; the next migrate does so too",
	}
}

// A comparison is what was recorded beside what there is.
type comparison struct {
	recorded map[string]postgres.DefinedObject
	now      map[string]detect.Definition
	schemas  map[string]bool // in which a migration made something
	strict   bool
}

func newComparison(recorded []postgres.DefinedObject, now []detect.Definition, strict bool) comparison {
	c := comparison{map[string]postgres.DefinedObject{}, map[string]detect.Definition{}, map[string]bool{"": true}, strict}
	for _, o := range recorded {
		c.recorded[o.Key()] = o
		if o.Ours {
			c.schemas[o.Schema] = true
		}
	}
	for _, d := range now {
		c.now[d.Key()] = d
	}
	return c
}

// drifted returns the differences by what they are and by name. Parts of what is
// missing or extra are not told one by one.
func (c comparison) drifted() Drifted {
	var found Drifted
	for key, was := range c.recorded {
		if was.Ours || c.strict {
			found.Objects++
			found.List = append(found.List, c.compared(key, was)...)
		}
	}
	for key, is := range c.now {
		found.List = append(found.List, c.extra(key, is)...)
	}
	slices.SortFunc(found.List, func(a, b Drift) int {
		return cmp.Or(cmp.Compare(a.Change, b.Change), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Name, b.Name))
	})
	return found
}

func (c comparison) compared(key string, was postgres.DefinedObject) []Drift {
	d := Drift{Kind: was.Kind, Name: was.Name, Was: was.Text, App: was.App, Migration: was.Migration}
	is, there := c.now[key]
	switch {
	case !there:
		if _, whole := c.recorded[was.Whole]; whole && !c.has(was.Whole) {
			return nil
		}
		d.Change = DriftMissing
	case is.Text() != was.Text:
		d.Change, d.Is = DriftChanged, is.Text()
	default:
		return nil
	}
	return []Drift{d}
}

func (c comparison) extra(key string, is detect.Definition) []Drift {
	_, known := c.recorded[key]
	whole, part := c.recorded[is.Whole]
	_, new := c.now[is.Whole]
	switch {
	case known, !c.schemas[is.Schema], new && !part, part && !whole.Ours && !c.strict:
		return nil
	case is.Text() != "":
		return []Drift{{Kind: is.Kind, Name: is.Name, Change: DriftExtra, Is: is.Text()}}
	case c.strict:
		return []Drift{{Kind: is.Kind, Name: is.Name, Change: DriftUnmodeled}}
	}
	return nil
}

func (c comparison) has(key string) bool {
	_, there := c.now[key]
	return there
}
