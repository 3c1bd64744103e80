package resolve

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	kinds "github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

// An enum is an enumerated type.
type enum struct {
	topBlock
	addr    address.Address
	values  []string
	sqlName string
	schema  string
	comment string
}

// A domain is a type with constraints.
type domain struct {
	topBlock
	addr    address.Address
	typ     *typ
	null    bool
	sqlName string
	schema  string
	comment string
	def     *declare.Attr
	check   *declare.Expr
}

var (
	enumGrammar   = grammar{what: "an enum", attrs: []string{"values", "comment", "name", "schema", "renamed_from", "renamed_values"}}
	domainGrammar = grammar{what: "a domain", attrs: []string{"type", "null", "default", "check", "comment", "name", "schema", "renamed_from"}}
)

// prepareTypes reads the enums and domains of an app.
func (l *loader) prepareTypes(a *app) {
	for _, name := range sortedKeys(a.enums) {
		l.readEnum(a.enums[name])
	}
	for _, name := range sortedKeys(a.domains) {
		l.readDomain(a.domains[name])
	}
}

func sortedKeys[T any](m map[string]T) []string { return slices.Sorted(maps.Keys(m)) }

func (l *loader) readEnum(e *enum) {
	f, body := e.file, e.block.Body
	e.sqlName, e.schema = e.name, e.app.Schema
	found := false
	l.checkRepeated(f, body, enumGrammar)
	for _, a := range body.Attrs {
		switch a.Name.Text {
		case "values":
			found = true
			l.enumValues(e, a)
		case "comment":
			e.comment, _ = l.text(f, a)
		case "name":
			e.sqlName, _ = l.identifier(f, a)
		case "schema":
			e.schema, _ = l.schemaName(f, a)
		case "renamed_from":
			l.renamedTop(e.topBlock, e.addr, a)
		case "renamed_values":
		default:
			l.unknownAttr(f, a.Name, enumGrammar)
		}
	}
	l.noBlocks(f, body, enumGrammar)
	l.fits(e.at, "enum", e.sqlName)
	if !found {
		l.report(e.at, codeMissing, fmt.Sprintf("enum %q has no values", e.name), "", `write values = ["...", "..."]`)
		return
	}
	for _, a := range body.Attrs {
		if a.Name.Text == "renamed_values" {
			l.renamedValues(e, a)
		}
	}
}

func (l *loader) noBlocks(f *declare.Document, body *declare.Body, g grammar) {
	for _, b := range body.Blocks {
		l.unknownBlock(f, b.Type, g)
	}
}

func (l *loader) enumValues(e *enum, a *declare.Attr) {
	values, places, ok := l.textList(e.file, a)
	if ok && len(values) == 0 {
		l.report(declare.Place{Document: e.file, Span: a.Value.Span}, codeEnum, fmt.Sprintf("enum %q has no values", e.name), "A column of it could hold nothing.", `write values = ["...", "..."]`)
	}
	seen := map[string]bool{}
	for i, v := range values {
		at := declare.Place{Document: e.file, Span: places[i]}
		switch {
		case seen[v]:
			l.report(at, codeEnum, fmt.Sprintf("value %q stands in enum %q twice", v, e.name), "", "take one of the two out")
		case len(v) > kinds.MaxName:
			l.fits(at, "enum value", v)
		}
		seen[v] = true
	}
	e.values = values
}

// renamedValues reads renamed_values = { old = "new" }.
func (l *loader) renamedValues(e *enum, a *declare.Attr) {
	value := strip(a.Value)
	if value.Kind != declare.Object {
		l.badValue(e.file, a, "old values with new ones", `{ old = "new" }`)
		return
	}
	renamed := map[string]string{}
	for i, key := range value.Keys {
		key, to := strip(key), strip(value.Args[i])
		from := word(key)
		if key.Kind == declare.String {
			from = key.Text
		}
		if from == "" && key.Kind != declare.String || to.Kind != declare.String {
			l.report(declare.Place{Document: e.file, Span: key.Span}, codeValue, "a renamed value is written old = \"new\"", "", `write { old = "new" }`)
			continue
		}
		if l.isValue(declare.Place{Document: e.file, Span: to.Span}, e, to.Text) {
			renamed[from] = to.Text
		}
	}
	if len(renamed) > 0 {
		l.values[e.addr] = renamed
	}
}

// buildTypes makes the objects of an app's enums and domains.
func (l *loader) buildTypes(a *app) {
	for _, name := range sortedKeys(a.enums) {
		e := a.enums[name]
		u := &uses{}
		u.schema(e.schema)
		l.claim(nameKey{class: typeName, schema: e.schema, name: e.sqlName}, e.at, owner{what: "enum " + quote(e.name)})
		l.put(object{
			addr: e.addr, app: a, at: e.at, uses: u,
			attrs: kinds.Enum{Comment: e.comment, Name: e.sqlName, Schema: e.schema, Values: nonNil(e.values)},
		})
	}
	for _, name := range sortedKeys(a.domains) {
		l.buildDomain(a.domains[name])
	}
}

func nonNil(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

func (l *loader) buildDomain(d *domain) {
	if d.typ == nil {
		return
	}
	u := &uses{}
	u.schema(d.schema)
	u.ofType(d.typ, state.Exists|state.Type|state.Definition)
	if d.selfUsing() {
		l.report(d.at, codeCycle, fmt.Sprintf("domain %q is built on itself", d.name), "", "write another type")
		return
	}
	attrs := kinds.Domain{Comment: d.comment, Name: d.sqlName, Null: d.null, Schema: d.schema, Type: d.typ.Type}
	if d.def != nil {
		attrs.Default = l.defaultOf(d.file, d.app, d.def, d.typ, fmt.Sprintf("domain %q", d.name), !d.null, u)
	}
	if d.check != nil {
		s := &scope{l: l, file: d.file, app: d.app, what: fmt.Sprintf("the check of domain %q", d.name), value: true, uses: u}
		if n, ok := s.translate(d.check); ok {
			attrs.Check = &n
		}
	}
	l.claim(nameKey{class: typeName, schema: d.schema, name: d.sqlName}, d.at, owner{what: "domain " + quote(d.name)})
	l.put(object{addr: d.addr, app: d.app, at: d.at, uses: u, attrs: attrs})
}

// selfUsing reports whether a domain's type leads back to it.
func (d *domain) selfUsing() bool {
	for t, steps := d.typ, 0; t != nil && t.domain != nil; t, steps = t.domain.typ, steps+1 {
		if t.domain == d || steps > 64 {
			return true
		}
	}
	return false
}

// schemaName reads the name of a schema that tables or types can stand in.
func (l *loader) schemaName(f *declare.Document, a *declare.Attr) (string, bool) {
	name, ok := l.identifier(f, a)
	if !ok {
		return publicSchema, false
	}
	return name, l.ourSchema(declare.Place{Document: f, Span: a.Value.Span}, name)
}

// ourSchema reports schemas that are somebody else's.
func (l *loader) ourSchema(at declare.Place, name string) bool {
	switch {
	case strings.HasPrefix(name, "pg_") || name == "information_schema":
		l.report(at, codeName, fmt.Sprintf("schema %q is PostgreSQL's own", name), "Names that begin with pg_ are reserved.", "choose another name")
	case name == "whimbrel":
		l.report(at, codeName, `schema "whimbrel" is taken`, "whimbrel keeps its record of applied migrations there.", "choose another name")
	default:
		return true
	}
	return false
}
