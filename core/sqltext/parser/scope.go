package parser

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
)

// A column is an output column of a query or of an entry of FROM.
type column struct {
	name  string
	named address.Address   // the object whose name it bears; zero: the text names it
	role  Role              // of that object
	base  address.Address   // the column that it is, under whatever name
	also  []address.Address // columns that are one with it by USING or NATURAL, or that it is under another name
	kept  bool              // PostgreSQL keeps its name as text
	typ   string
	row   *Type // the composite type that its values are of, where typ does not say it
}

// A source is an entry of FROM, by whose name columns can be qualified.
type source struct {
	name, schema string
	named        address.Address // the object whose name it bears; zero: an alias
	called       bool            // that object is a function: PostgreSQL keeps its name as text
	relation     address.Address // what it is, under whatever name
	composite    bool            // it is no relation but a type
	columns      []column
	open         bool // it may have other columns too
	hidden       bool // its columns are known only with its name before them
}

func (s *source) column(name string) (column, bool) {
	i := slices.IndexFunc(s.columns, func(c column) bool { return c.name == name })
	if i < 0 {
		return column{}, false
	}
	return s.columns[i], true
}

// renamed returns the source under an alias, whose list of names is for the
// first columns.
func (s *source) renamed(alias node) *source {
	if alias == nil {
		return s
	}
	given := names(alias.list("colnames"))
	as := &source{name: alias.text("aliasname"), relation: s.relation, columns: slices.Clone(s.columns), open: s.open}
	for i, name := range given {
		if i < len(as.columns) {
			as.columns[i] = as.columns[i].called(name)
		} else if s.open {
			as.columns = append(as.columns, column{name: name})
		}
	}
	return as
}

// called returns the column under a name that the text gives it.
func (c column) called(name string) column {
	c.name, c.named, c.kept = name, address.Address{}, false
	if !c.base.IsZero() {
		c.also = append(slices.Clone(c.also), c.base)
	}
	return c
}

// A namespace is what the entries of FROM offer: sources by name, and columns
// without one, in the order of *.
type namespace struct {
	sources []*source
	columns []column
	open    bool
}

func only(s *source) namespace {
	return namespace{sources: []*source{s}, columns: s.columns, open: s.open}
}

// beside returns the namespace of two entries with a comma between them.
func (n namespace) beside(other namespace) namespace {
	return namespace{
		sources: slices.Concat(n.sources, other.sources),
		columns: slices.Concat(n.columns, other.columns),
		open:    n.open || other.open,
	}
}

func (n namespace) source(schema, name string) *source {
	for _, s := range n.sources {
		if s.name == name && (schema == "" || s.schema == "" && !s.named.IsZero() || s.schema == schema) {
			return s
		}
	}
	return nil
}

func (n namespace) matches(name string) []column {
	var found []column
	for _, c := range n.columns {
		if c.name == name {
			found = append(found, c)
		}
	}
	return found
}

// A scope is a namespace and those around it.
type scope struct {
	namespace
	outer *scope
}

// find returns the nearest source of a name.
func (s *scope) find(schema, name string) *source {
	for ; s != nil; s = s.outer {
		if found := s.namespace.source(schema, name); found != nil {
			return found
		}
	}
	return nil
}

// An environment is what the names in a part of a query can mean.
type environment struct {
	scope *scope
	ctes  *ctes
}

// within returns the environment inside of a namespace.
func (e environment) within(n namespace) environment {
	return environment{scope: &scope{namespace: n, outer: e.scope}, ctes: e.ctes}
}

// ctes are the names of a WITH and of those around it.
type ctes struct {
	byName map[string]*source
	outer  *ctes
}

func (c *ctes) find(name string) *source {
	for ; c != nil; c = c.outer {
		if s := c.byName[name]; s != nil {
			return s
		}
	}
	return nil
}

// systemColumns are those that every table has.
const systemColumns words = " tableoid xmin cmin xmax cmax ctid "
