package parser

import (
	"strconv"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/sqltext"
)

// typeName resolves the name of a type, which may be that of a relation's rows.
// Arguments of types are constants.
func (r *resolver) typeName(n node) {
	parts := names(n.list("names"))
	if n.flag("pct_type") {
		r.typeOfColumn(n.at(), parts)
		return
	}
	place, from, ok := r.place(n.at(), parts...)
	if !ok {
		return
	}
	schema, name := qualified(parts)
	if found, ok := r.catalog.Type(schema, name); ok {
		r.addFrom(TypeName, found.Object, place, from, true)
	} else if found, ok := r.catalog.Relation(schema, name); ok {
		r.addFrom(RelationName, found.Object, place, from, true)
	}
}

// typeOfColumn resolves relation.column%TYPE.
func (r *resolver) typeOfColumn(at int, parts []string) {
	i, found := r.tokens.at(at)
	if places, _, ok := r.tokens.path(i, parts); found && ok {
		r.columnOf(parts, places)
	}
}

// columnOf resolves the names of a relation and of a column of it.
func (r *resolver) columnOf(parts []string, places []span) {
	last := len(parts) - 1
	if last < 1 {
		return
	}
	schema, name := qualified(parts[:last])
	relation, ok := r.catalog.Relation(schema, name)
	if !ok {
		r.analysis.Missing = append(r.analysis.Missing, Absence{Begin: places[0].begin, End: places[last-1].end, Schema: schema, Name: name})
		return
	}
	r.addFrom(RelationName, relation.Object, places[last-1], places[0].begin, true)
	s := &source{relation: relation.Object, columns: columnsOf(relation.Columns), open: relation.Open || relation.Object.IsZero()}
	r.member(s, parts[last], places[last])
}

// composite returns the attributes of a column's type that has some.
func (r *resolver) composite(c column) (*source, bool) {
	if c.row != nil {
		return &source{relation: c.row.Object, columns: columnsOf(c.row.Columns), composite: true}, len(c.row.Columns) > 0
	}
	parts, ok := path(c.typ)
	if !ok {
		return nil, false
	}
	schema, name := qualified(parts)
	if found, ok := r.catalog.Type(schema, name); ok {
		return &source{relation: found.Object, columns: columnsOf(found.Columns), composite: true}, len(found.Columns) > 0
	}
	if found, ok := r.catalog.Relation(schema, name); ok {
		return &source{relation: found.Object, columns: columnsOf(found.Columns), open: found.Open}, !found.Object.IsZero()
	}
	return nil, false
}

// path returns the names of a dotted name, if text is that and nothing else.
func path(text string) (parts []string, ok bool) {
	dots := 0
	for t := range sqltext.Scan(text) {
		part, named := t.Identifier()
		switch {
		case t.Kind.Blank():
		case named && len(parts) == dots:
			parts = append(parts, part)
		case t.Is(".") && len(parts) == dots+1:
			dots++
		default:
			return nil, false
		}
	}
	return parts, len(parts) == dots+1
}

// typeText returns a type as SQL, by its name in the catalog: int4, not integer.
func typeText(n node) string {
	text := typeOwnName(names(n.list("names")))
	if text == "interval" && len(n.list("typmods")) > 0 {
		return "" // its fields are a bit mask here
	}
	var args []string
	for _, v := range n.list("typmods") {
		constant, ok := is(v, "A_Const")
		if !ok || constant.of("ival") == nil {
			return ""
		}
		args = append(args, strconv.Itoa(constant.of("ival").number("ival")))
	}
	if len(args) > 0 {
		text += "(" + strings.Join(args, ",") + ")"
	}
	if n.flag("pct_type") || n.flag("setof") {
		return ""
	}
	return text + strings.Repeat("[]", len(n.list("arrayBounds")))
}

// typeOwnName writes the name of a type. Those of PostgreSQL are known without
// their schema and quotes, but for "char", which is not char.
func typeOwnName(parts []string) string {
	if len(parts) == 2 && parts[0] == "pg_catalog" && parts[1] != "char" {
		return parts[1]
	}
	quoted := make([]string, len(parts))
	for i, part := range parts {
		quoted[i] = address.Quote(part)
	}
	return strings.Join(quoted, ".")
}
