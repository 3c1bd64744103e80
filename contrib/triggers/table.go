package triggers

import (
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A table is a model as the database has it.
type table struct {
	model.Model
	address address.Address
	columns []column // by name
	key     []column // of the primary key, by name; empty without one
}

// A column is a field that has one.
type column struct {
	address address.Address
	name    string
	null    bool
	collate string
	typ     columnType
	masked  bool // its values are not recorded
	// history is what it is called in the history table.
	history string
	former  bool // its audit is one from before auditRendering
}

// readTable returns the table of a model with its columns and primary key.
func readTable(s *state.State, a address.Address) (*table, error) {
	o := s.Get(a)
	if o == nil {
		return nil, fmt.Errorf("the pass lacks %s", a)
	}
	m, err := state.Decode[model.Model](o)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", a, err)
	}
	t := &table{Model: m, address: a}
	for _, child := range s.Children(a, model.FieldKind) {
		if err := t.addField(s, child); err != nil {
			return nil, err
		}
	}
	// Sorted by name, the SQL does not depend on the order in the source.
	slices.SortFunc(t.columns, compareColumns)
	return t, t.readKey(s)
}

func (t *table) addField(s *state.State, o *state.Object) error {
	f, err := state.Decode[model.Field](o)
	if err != nil {
		return fmt.Errorf("reading %s: %w", o.Address, err)
	}
	if f.Column == "" {
		return nil // many_to_many has none
	}
	typ, err := readType(s, f.Type)
	if err != nil {
		return fmt.Errorf("reading %s: %w", o.Address, err)
	}
	t.columns = append(t.columns, column{
		address: o.Address, name: f.Column, null: f.Null, collate: f.Collate, typ: typ,
	})
	return nil
}

func (t *table) readKey(s *state.State) error {
	for _, child := range s.Children(t.address, model.ConstraintKind) {
		c, err := state.Decode[model.Constraint](child)
		if err != nil {
			return fmt.Errorf("reading %s: %w", child.Address, err)
		}
		if c.Type != model.PrimaryKey {
			continue
		}
		for _, ref := range c.Fields {
			found, err := t.column(ref.Address)
			if err != nil {
				return err
			}
			t.key = append(t.key, found)
		}
	}
	slices.SortFunc(t.key, compareColumns)
	return nil
}

func compareColumns(a, b column) int { return strings.Compare(a.name, b.name) }

func (t *table) column(a address.Address) (column, error) {
	for _, c := range t.columns {
		if c.address == a {
			return c, nil
		}
	}
	return column{}, fmt.Errorf("%s has no column for %s", t.address, a)
}

// sql returns the table as an identifier.
func (t *table) sql() string { return address.Qualify(t.Schema, t.Table) }

// of returns the column of the row that an alias stands for.
func (c column) of(row string) string { return row + "." + address.Quote(c.name) }

// differs returns the condition that two rows differ in the column: in what is
// stored, even where the type takes two values for equal or has no equality.
func (c column) differs(a, b string) string {
	return c.exact(a) + " IS DISTINCT FROM " + c.exact(b)
}

// same returns the condition that two rows have the same value, not NULL.
func (c column) same(a, b string) string { return c.exact(a) + " = " + c.exact(b) }

func (c column) exact(row string) string {
	switch {
	case !c.typ.exact():
		return c.of(row) + "::text"
	case c.collate != "":
		return c.of(row) + ` COLLATE "C"`
	case c.typ.enum != "" && c.typ.domain && !c.typ.array:
		return c.of(row) + "::" + c.typ.enum // a domain over an enum has no operators of its own
	}
	return c.of(row)
}
