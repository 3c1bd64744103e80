package sdk

import (
	"context"
	"fmt"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

// Queries lets a plugin say which of its objects there are in a database. Each
// query is one SELECT over the catalog; whimbrel runs them and calls inspect with
// the answers. The plugin never sees the database.
func Queries(inspect func(Catalog) ([]*Object, error), queries ...CatalogQuery) Part {
	return func(d *definition) {
		switch {
		case d.inspect != nil:
			wrong("two parts are Queries: put all queries into one")
		case inspect == nil:
			wrong("Queries has no function: give it one that says which objects the answers are")
		case len(queries) == 0:
			wrong("Queries has no query, so that its function has nothing to look at: add one")
		}
		d.manifest.Queries = append(d.manifest.Queries, queries...)
		d.inspect = func(_ context.Context, catalog Catalog) ([]*Object, error) {
			objects, err := inspect(catalog)
			for _, o := range objects {
				d.label(o)
			}
			return objects, err
		}
	}
}

// label gives an object the version and the rendering of its kind.
func (d *definition) label(o *Object) {
	for _, kind := range d.manifest.Kinds {
		if kind.Name == o.Address.Kind() {
			o.Version, o.Rendering = kind.Version, kind.Rendering
		}
	}
}

// Rows returns the answer of a query: for each row its values as text by column.
// Columns that are NULL are not among them.
func Rows(catalog Catalog, query string) []map[string]string {
	var rows []map[string]string
	for _, answer := range catalog.Rows {
		if answer.Query != query {
			continue
		}
		for _, cells := range answer.Rows {
			row := map[string]string{}
			for i, cell := range cells {
				if cell != nil && i < len(answer.Columns) {
					row[answer.Columns[i]] = *cell
				}
			}
			rows = append(rows, row)
		}
	}
	return rows
}

// ModelOf returns the model of a table, or nil if the migrations know none.
func ModelOf(s *State, schema, table string) *Object {
	for o := range s.All() {
		if o.Address.Kind() != model.ModelKind {
			continue
		}
		attrs, err := state.Decode[model.Model](o)
		if err == nil && attrs.Schema == schema && attrs.Table == table {
			return o
		}
	}
	return nil
}

// BlockOf returns the block of a kind, one that stands by itself, by what it is
// called in the database, or nil if the migrations know none.
func BlockOf(s *State, kind, schema, name string) *Object {
	for o := range s.All() {
		if o.Address.Kind() != kind || !o.Parent.IsZero() {
			continue
		}
		if in, is, err := called(o); err == nil && in == schema && is == name {
			return o
		}
	}
	return nil
}

// ObjectOf returns the object of a kind that an option on parent makes, with the
// label of a labelled one. Of a block that stands by itself parent is the block's
// own address; see BlockOf. attrs becomes JSON: the arguments as they would be
// written, without those that are absent.
func ObjectOf(kind string, parent Address, label string, attrs any) (*Object, error) {
	encoded, err := state.Encode(attrs)
	if err != nil {
		return nil, fmt.Errorf("the attributes of a %s on %s: %w", kind, parent, err)
	}
	if parent.Kind() == kind && label == "" {
		return &Object{Address: parent, Attrs: encoded}, nil
	}
	return &Object{Address: addressOf(kind, parent, label), Parent: parent, Attrs: encoded}, nil
}

func addressOf(kind string, parent address.Address, label string) address.Address {
	if label == "" {
		return parent.WithKind(kind)
	}
	return parent.Child(kind, label)
}
