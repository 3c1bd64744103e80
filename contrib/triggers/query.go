package triggers

import (
	"slices"
	"strconv"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A query is a query of the model language as SQL. Its results are rows of the
// model, or groups of them, told apart by keys.
type query struct {
	joins   []join
	keys    []key
	where   []string
	having  []string
	grouped bool
	most    *most    // what having says, if it is that; else nil
	grows   polarity // how more rows change what having says
	syntax  syntax
	former  *former // it is as it was made before; else nil
}

// A key is one of the expressions that tell results apart.
type key struct {
	sql    string // over the tables of the query
	node   expression.Node
	column *column // where it is a column of the model itself
	local  bool    // where it is made of columns of the model only
	row    bool    // where it is part of the model's primary key, and all of that are keys
}

// name returns the key as errors show it.
func (k key) name() string {
	if k.column != nil {
		return k.column.name
	}
	return k.sql
}

// A compiler turns a query into SQL.
type compiler struct {
	joins *joins
	from  expression.Query
	query query
	adds  polarity         // of rows of a subquery that is printed now
	probe *expression.Node // what that has to be in the subquery
}

// compileQuery returns a query as SQL. It may read models beside those that are
// named in its expressions, in SQL. A diag.Diagnostic among the errors is a mistake
// of the user.
func compileQuery(s *state.State, q expression.Query, reads []address.Address, f *former) (query, error) {
	base, err := readTable(s, q.Model.Address)
	if err != nil {
		return query{}, err
	}
	c := compiler{joins: newJoins(s, base), from: q, adds: unknown, query: query{grouped: len(q.Annotate) > 0, former: f}}
	c.joins.former = f
	for _, step := range []func() error{c.readKeys, c.readWhere, c.readHaving, c.readMost} {
		if err := step(); err != nil {
			return query{}, err
		}
	}
	c.query.syntax = readSyntax(q, c.joins.list)
	if err := c.query.syntax.beside(c.joins, reads); err != nil {
		return query{}, err
	}
	c.query.joins = c.joins.list
	c.query.grows = polarityOf(q, c.joins.list)
	c.query.inGroups()
	return c.query, nil
}

// readKeys makes the keys: what is grouped by, else the primary key.
func (c *compiler) readKeys() error {
	if !c.query.grouped || len(c.from.Values) == 0 {
		return c.rowKeys()
	}
	for _, node := range c.from.Values {
		sql, err := c.printer(outermost).SQL(node)
		if err != nil {
			return err
		}
		k := key{sql: sql, node: node, local: true}
		if err := c.locate(&k); err != nil {
			return err
		}
		c.query.keys = append(c.query.keys, k)
	}
	return nil
}

// locate finds out whether a key can be read from a row of the model alone.
func (c *compiler) locate(k *key) error {
	var failed error
	k.node.WalkOwn(func(n expression.Node) {
		if n.Kind == expression.SQL || n.Kind == expression.Select {
			k.local = false
		}
		if n.Kind != expression.Field || failed != nil {
			return
		}
		at, found, err := c.joins.resolve(0, n.Path)
		failed = err
		if at != 0 {
			k.local = false
		} else if k.node.Kind == expression.Field {
			k.column = &found
		}
	})
	return failed
}

func (c *compiler) rowKeys() error {
	base := &c.joins.list[0]
	if c.query.grouped && len(base.key) == 0 {
		return diag.Diagnostic{
			Code:    "WH6102",
			Summary: "a query with annotate and without values needs a primary key",
			Detail:  base.address.String() + " has none, so its rows cannot be told apart.",
			Next:    "name the fields to group by: values = [...]",
		}
	}
	base.used.add(base.key...)
	for _, column := range base.key {
		k := key{sql: column.of(base.alias), column: &column, local: true, row: true}
		c.query.keys = append(c.query.keys, k)
	}
	return nil
}

func (c *compiler) readWhere() error {
	nodes := c.from.Where
	if !c.query.grouped {
		nodes = slices.Concat(nodes, c.from.Having)
	}
	var err error
	c.query.where, err = c.conditions(nodes)
	return err
}

func (c *compiler) readHaving() error {
	for _, a := range c.from.Annotate { // also those that no condition names are read
		if _, err := c.printer(outermost).SQL(a.Value); err != nil {
			return err
		}
	}
	if !c.query.grouped {
		return nil
	}
	var err error
	c.query.having, err = c.conditions(c.from.Having)
	return err
}

func (c *compiler) conditions(nodes []expression.Node) ([]string, error) {
	list := make([]string, len(nodes))
	for i, node := range nodes {
		sql, err := c.condition(outermost, node, grows)
		if err != nil {
			return nil, err
		}
		list[i] = "(" + sql + ")"
	}
	return list, nil
}

// printer writes expressions over the tables of the query, or of a subquery.
func (c *compiler) printer(p place) expression.Printer {
	return expression.Printer{
		Field: func(path []address.Ref) (string, error) {
			at, found, err := c.joins.resolve(p.root, path)
			return found.of(c.joins.list[at].alias), err
		},
		Name:   c.annotation,
		Type:   func(t address.Ref) (string, error) { return typeName(c.joins.state, model.Type{Of: &t}) },
		Select: func(n expression.Node) (string, error) { return c.subquery(p, n) },
		Outer:  func(n expression.Node) (string, error) { return c.outer(p, n) },
	}
}

// annotation writes the aggregate of that name: HAVING knows no output names.
func (c *compiler) annotation(name string) (string, error) {
	for i, a := range c.from.Annotate {
		if a.As != name {
			continue
		}
		earlier := *c // an annotation can only name those before it
		earlier.from.Annotate = c.from.Annotate[:i]
		return earlier.printer(outermost).Enclosed(a.Value)
	}
	return "", diag.Diagnostic{
		Code:    "WH6103",
		Summary: strconv.Quote(name) + " is no annotation of the query",
		Detail:  "An annotation can be named in the filters and annotations behind it.",
		Next:    "annotate = { " + name + " = ... }",
	}
}
