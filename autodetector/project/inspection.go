package project

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/autodetector"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/state"
)

// An Inspection compares what a plugin sees in a database with what the migrations
// made.
type Inspection struct {
	plugin Plugin
	from   *state.State // that the migrations lead to, in today's shape
	config []byte
	place  diag.Range // of the plugin in the project file
}

// Inspection returns that of a plugin of the project, which has to have catalog
// queries.
func (p *Project) Inspection(ctx context.Context, name string) (*Inspection, error) {
	plugin, err := p.Plugin(ctx, name)
	if err != nil {
		return nil, err
	}
	if len(plugin.Manifest().Queries) == 0 {
		return nil, noQueries(name)
	}
	history, err := p.History(ctx)
	if err != nil {
		return nil, err
	}
	from, err := history.State()
	if err != nil {
		return nil, err
	}
	from, former, err := autodetector.Upgraded(ctx, from, []detect.Detector{plugin.Detector})
	if err = cmp.Or(err, former.Err()); err != nil {
		return nil, err
	}
	return &Inspection{plugin: plugin, from: from, config: p.configs()[name], place: placeOf(p.file)(name)}, nil
}

func noQueries(name string) error {
	return diag.Diagnostic{
		Code:    "WH0146",
		Summary: fmt.Sprintf("plugin %q cannot inspect a database", name),
		Detail:  "Its manifest has no catalog queries.",
		Next:    "ask its author for some; whimbrel plugin show " + diag.ShellWord(name) + " says what it can do",
	}
}

// Linked reports whether the plugin is part of this program, so that its queries can
// be run by anybody.
func (i *Inspection) Linked() bool { return i.plugin.Linked }

// A Finding is an object that is in the database, in the history or in both.
type Finding struct {
	Address string
	State   Presence
	Unlike  []string // the attributes that differ
}

// A Presence says where an object is.
type Presence string

// The states of an inspected object.
const (
	Same       Presence = "same"
	Different  Presence = "different"
	Missing    Presence = "missing"    // the migrations made it, the database does not have it
	Unexpected Presence = "unexpected" // the database has it, no migration made it
)

// Read runs the queries of the plugin and returns the objects of its kinds, by
// address.
func (i *Inspection) Read(ctx context.Context, reader postgres.CatalogReader) ([]Finding, error) {
	rows, server, err := reader.Read(ctx, i.plugin.Manifest().Queries)
	if err != nil {
		return nil, i.about(err)
	}
	found, err := i.plugin.Detector.(detect.Inspector).Inspect(ctx, detect.Catalog{
		Server: server, State: i.from, Rows: rows, Config: i.config,
	})
	if err != nil {
		return nil, err
	}
	return compared(i.plugin.Manifest(), i.from, state.New(found...)), nil
}

// about gives what is wrong with a plugin's queries the place of the plugin.
func (i *Inspection) about(err error) error {
	var found diag.Diagnostic
	if !errors.As(err, &found) {
		return err
	}
	if found.Range == (diag.Range{}) {
		found.Range = i.place
	}
	return found
}

// compared holds what is in a database against what the migrations made.
func compared(m *detect.Manifest, made, seen *state.State) []Finding {
	var list []Finding
	for o := range made.All() {
		if !slices.ContainsFunc(m.Kinds, func(k detect.Kind) bool { return k.Name == o.Address.Kind() }) {
			continue
		}
		object := Finding{Address: o.Address.String(), State: Same}
		if other := seen.Get(o.Address); other == nil {
			object.State = Missing
		} else if object.Unlike = m.Unlike(o, other); len(object.Unlike) > 0 {
			object.State = Different
		}
		list = append(list, object)
	}
	for o := range seen.All() {
		if !made.Has(o.Address) {
			list = append(list, Finding{Address: o.Address.String(), State: Unexpected})
		}
	}
	slices.SortStableFunc(list, func(a, b Finding) int { return cmp.Compare(a.Address, b.Address) })
	return list
}
