package resolve

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	kinds "github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A sqlCatalog says what the names in one text mean: what is declared, in the app's
// schema, then in public. It remembers what it was asked.
type sqlCatalog struct {
	l       *loader
	text    sqlText
	lookups []string
	gone    []gone // what was asked for and is no longer there
}

var _ parser.Catalog = (*sqlCatalog)(nil)

// schemas returns where a name is looked for.
func (c *sqlCatalog) schemas(written string) []string {
	switch {
	case written != "":
		return []string{written}
	case c.text.app.Schema == publicSchema:
		return []string{publicSchema}
	}
	return []string{c.text.app.Schema, publicSchema}
}

func (c *sqlCatalog) note(class, schema, name string) {
	c.lookups = append(c.lookups, strings.Join([]string{class, schema, name}, "\x1f"))
}

// Relation is that of parser.Catalog.
func (c *sqlCatalog) Relation(schema, name string) (parser.Relation, bool) {
	c.note(relationName, schema, name)
	found, ok := c.relation(schema, name)
	if !ok {
		c.miss(relationName, schema, name)
	}
	found.Open = found.Open || c.queryless(found.Object)
	return found, ok
}

// queryless reports whether something that can be selected from has columns that no
// model and no query says, as a sequence has.
func (c *sqlCatalog) queryless(a address.Address) bool {
	for _, t := range c.l.namedBlocks() {
		if t.addr == a {
			return !slices.ContainsFunc(t.owned.option.Shape.Attrs, func(a detect.Attr) bool { return a.SQL == detect.SQLQuery })
		}
	}
	return false
}

func (c *sqlCatalog) relation(schema, name string) (parser.Relation, bool) {
	for _, s := range c.schemas(schema) {
		if found := c.l.selectables()[nameKey{class: relationName, schema: s, name: name}]; found != nil {
			return c.known(found), true
		}
	}
	return parser.Relation{}, false
}

// known returns a selectable with its columns, which for one that is a query are
// found by reading it.
func (c *sqlCatalog) known(s *selectable) parser.Relation {
	r := parser.Relation{Object: s.addr}
	columns := s.columns
	if s.block != nil {
		var known bool
		columns, known = c.l.queryColumns(s.block)
		r.Open = !known
	}
	for _, column := range columns {
		r.Columns = append(r.Columns, parser.Column{Name: column.name, Object: column.addr, Type: column.typ, Row: column.of.row(0)})
	}
	return r
}

// Type is that of parser.Catalog.
func (c *sqlCatalog) Type(schema, name string) (parser.Type, bool) {
	found, ok := c.asked(typeName, schema, name)
	return parser.Type{Object: found}, ok
}

// Function is that of parser.Catalog.
func (c *sqlCatalog) Function(schema, name string, args []string) (parser.Function, bool) {
	_, ok := c.asked(functionName, schema, name)
	if !ok {
		return parser.Function{}, false
	}
	called := c.called(schema, name, args)
	if len(called) == 0 {
		return parser.Function{}, false
	}
	return parser.Function{Object: called[0], Others: called[1:], Row: c.row(functionName, schema, name), Unfit: c.unfit(schema, name, args)}, true
}

// Sequence is that of parser.Catalog.
func (c *sqlCatalog) Sequence(schema, name string) (address.Address, bool) {
	return c.asked(relationName, schema, name)
}

func (c *sqlCatalog) asked(class, schema, name string) (address.Address, bool) {
	c.note(class, schema, name)
	found, ok := c.object(class, schema, name)
	if !ok {
		c.miss(class, schema, name)
	}
	return found, ok
}

// object returns the object of a class of names that has a name.
func (c *sqlCatalog) object(class, schema, name string) (address.Address, bool) {
	if t := c.block(class, schema, name); t != nil {
		return t.addr, true
	}
	return address.Address{}, false
}

// block returns the block of a class of names that has a name, or nil.
func (c *sqlCatalog) block(class, schema, name string) *top {
	for _, s := range c.schemas(schema) {
		if found, ok := c.l.namedBlocks()[nameKey{class: class, schema: s, name: name}]; ok {
			return found
		}
	}
	return nil
}

// sortedLookups returns what was asked, each once.
func (c *sqlCatalog) sortedLookups() []string {
	slices.Sort(c.lookups)
	c.lookups = slices.Compact(c.lookups)
	return c.lookups
}

// answersAgain reports whether names mean today what they meant when a text was
// read. Where a text asked something twice, programs of before did not keep what.
func (c *sqlCatalog) answersAgain(known state.Reading) bool {
	return known.Answers != "" && known.Answers == c.answers(known.Lookups) && !c.retaken(known.Lookups)
}

// answers returns a hash of what names mean.
func (c *sqlCatalog) answers(lookups []string) string {
	sum := sha256.New()
	for _, lookup := range lookups {
		parts := strings.Split(lookup, "\x1f")
		if len(parts) != 3 {
			return "" // not ours
		}
		relation, found := c.relation(parts[1], parts[2])
		object, named := c.object(parts[0], parts[1], parts[2])
		encoded, _ := json.Marshal(relation) // text always encodes
		fmt.Fprintf(sum, "%s\n%t %s\n%t %s\n", lookup, found, encoded, named, object)
		if row := c.row(parts[0], parts[1], parts[2]); !row.Object.IsZero() {
			encoded, _ = json.Marshal(row)
			fmt.Fprintf(sum, "%s\n", encoded)
		}
		if several := c.overloads(parts[0], parts[1], parts[2]); len(several) > 1 {
			fmt.Fprintf(sum, "%v\n", several)
		}
	}
	return hex.EncodeToString(sum.Sum(nil)[:12])
}

// columnsOf returns the names of a relation's columns.
func (c *sqlCatalog) columnsOf(a address.Address) []string {
	var names []string
	for _, s := range c.l.selectables() {
		if s.addr == a {
			for _, column := range c.known(s).Columns {
				names = append(names, column.Name)
			}
		}
	}
	slices.Sort(names)
	return names
}

// relationNames returns what a name without a schema could mean.
func (c *sqlCatalog) relationNames() []string {
	var names []string
	for key := range c.l.selectables() {
		if slices.Contains(c.schemas(""), key.schema) {
			names = append(names, key.name)
		}
	}
	slices.Sort(names)
	return names
}

// namedBlocks returns the blocks that detectors own by their names in the database.
func (l *loader) namedBlocks() map[nameKey]*top {
	if l.blocks != nil {
		return l.blocks
	}
	l.blocks, l.named, l.overloads = map[nameKey]*top{}, map[address.Address]*top{}, map[nameKey][]*top{}
	l.eachApp(func(l *loader, a *app) {
		for _, t := range a.tops {
			for _, class := range []string{relationName, typeName, functionName} {
				if key, ok := l.topName(t, class); ok {
					l.blocks[key], l.named[t.addr] = t, t
					if class == functionName {
						l.overloads[key] = append(l.overloads[key], t)
					}
				}
			}
		}
	})
	return l.blocks
}

// isBlock reports whether an object is that of a block that stands by itself and has
// a name in the database.
func (l *loader) isBlock(a address.Address) bool {
	l.namedBlocks()
	return l.named[a] != nil
}

// queryColumns returns the columns of a block that is a query, and whether they are
// known. A query that leads back to itself has none; see reportRings.
func (l *loader) queryColumns(t *top) (columns []column, known bool) {
	for _, a := range t.owned.option.Shape.Attrs {
		if a.Type == detect.TypeSQL && a.SQL == detect.SQLQuery {
			return l.columnsBy(t, a)
		}
	}
	return nil, true // a sequence has columns that nobody reads
}

// columnsBy reads the query of a block once.
func (l *loader) columnsBy(t *top, a detect.Attr) ([]column, bool) {
	if t.reading {
		l.ring(t)
		return nil, false
	}
	r := l.topReader(t)
	draft, ok := r.sqlDraft(a)
	if !ok {
		return nil, false
	}
	t.reading = true
	reading, ok := l.readSQL(draft)
	t.reading = false
	if !ok || reading.Columns == nil {
		return nil, false
	}
	var outputs []kinds.Column
	if err := json.Unmarshal(reading.Columns, &outputs); err != nil {
		return nil, false
	}
	names := r.writtenColumns(a)
	columns := make([]column, len(outputs))
	for i, output := range outputs {
		columns[i] = column{name: output.Name, typ: output.Type}
		if i < len(names) {
			columns[i].name = names[i]
		}
	}
	return columns, true
}

// ring reports a query that leads back to itself.
func (l *loader) ring(t *top) {
	l.report(t.at, codeCycle, fmt.Sprintf("%s reads itself, by way of others or directly", t.what()),
		"PostgreSQL makes a view from what is there already.", "write one of the queries without the others")
}
