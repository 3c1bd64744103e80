package resolve

import (
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	kinds "github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A primaryKey is the primary key of a model.
type primaryKey struct {
	at         declare.Place
	block      *declare.Block // nil: that of one field
	fields     []*field
	name       string
	deferrable string
	include    []*field
}

// pkey is the label of every primary key.
const pkey = "pkey"

var keyGrammar = grammar{what: "primary_key", attrs: []string{"fields", "name", "deferrable", "include", "comment", "storage"}}

// keyBlock notes the primary_key block of a model.
func (l *loader) keyBlock(m *model, b *declare.Block) {
	at := declare.Place{Document: m.file, Span: b.Type.Span}
	if m.key != nil {
		l.report(at, codePrimaryKey, fmt.Sprintf("model %q has two primary_key blocks", m.name), "", "take one of the two out")
		return
	}
	l.unlabelled(m.file, b)
	m.key = &primaryKey{at: at, block: b}
}

// withoutKey notes that a model has no primary key.
func (l *loader) withoutKey(m *model, a *declare.Attr) {
	if word(strip(a.Value)) == "none" {
		m.keyless = a
		return
	}
	l.badValue(m.file, a, "none, for a table without one", "none, or a block: primary_key { fields = [...] }")
}

// prepareKeys finds the primary key of every model of an app.
func (l *loader) prepareKeys(a *app) {
	for _, m := range a.order {
		l.prepareKey(m)
	}
}

func (l *loader) prepareKey(m *model) {
	var marked []*field
	for _, f := range m.fields {
		if f.primary {
			marked = append(marked, f)
		}
	}
	switch {
	case m.keyless != nil && (m.key != nil || len(marked) > 0):
		l.report(declare.Place{Document: m.file, Span: m.keyless.Name.Span}, codePrimaryKey, fmt.Sprintf("model %q has primary_key = none and a primary key", m.name), "", "take one of the two out")
	case m.key != nil && len(marked) > 0:
		l.report(marked[0].at(), codePrimaryKey, fmt.Sprintf("model %q has a primary_key block and field %q with primary_key = true", m.name, marked[0].name),
			"A table has one primary key.", "take one of the two out")
	case len(marked) > 1:
		l.report(marked[1].at(), codePrimaryKey, fmt.Sprintf("fields %q and %q of model %q both have primary_key = true", marked[0].name, marked[1].name, m.name),
			"A table has one primary key.", fmt.Sprintf("for a key of both write primary_key { fields = [%s, %s] }", marked[0].name, marked[1].name))
	}
	switch {
	case m.key != nil:
		l.readKeyBlock(m)
	case len(marked) > 0:
		m.key = &primaryKey{at: marked[0].at(), fields: marked[:1], name: kinds.Name(m.table, pkey)}
	case m.keyless != nil:
		m.key = &primaryKey{at: m.at}
	default:
		l.noKey(m)
	}
	for _, f := range m.key.fields {
		f.primary = true
	}
}

func (l *loader) noKey(m *model) {
	if id := m.byName["id"]; id != nil {
		l.report(id.at(), codePrimaryKey, fmt.Sprintf("field \"id\" of model %q is not its primary key, and it has no other", m.name),
			"A model without a primary key gets a field id of its own, and there is one already.",
			"write primary_key = true in the field, or name the key: primary_key { fields = [...] }; a table without one has primary_key = none")
		m.partial = true
		m.key = &primaryKey{at: m.at}
		return
	}
	l.implicitID(m)
	m.key = &primaryKey{at: m.at, fields: append(m.fields[:1:1], l.dividedBy(m)...), name: kinds.Name(m.table, pkey)}
}

func (l *loader) readKeyBlock(m *model) {
	k := m.key
	k.name = kinds.Name(m.table, pkey)
	l.checkRepeated(m.file, k.block.Body, keyGrammar)
	l.noBlocks(m.file, k.block.Body, keyGrammar)
	found := false
	for _, a := range k.block.Body.Attrs {
		switch a.Name.Text {
		case "fields":
			found = true
			k.fields = l.fieldList(m, m.file, a, "the primary key")
		case "comment", "storage": // see tuneKey
		case "include":
			k.include = l.fieldList(m, m.file, a, "the primary key")
		case "name":
			if name, ok := l.identifier(m.file, a); ok {
				k.name = name
			}
		case "deferrable":
			k.deferrable, _ = l.keyword(m.file, a, "immediate", "deferred")
		default:
			l.unknownAttr(m.file, a.Name, keyGrammar)
		}
	}
	l.few(k.at, codePrimaryKey, fmt.Sprintf("the primary key of model %q", m.name), len(k.fields)+len(k.include))
	if !found {
		l.report(k.at, codeMissing, fmt.Sprintf("the primary key of model %q has no fields", m.name), "", "write primary_key { fields = [...] }")
	}
}

// noTarget reports what leads to the primary key of a model that has none. What is wrong
// with a key is reported where that is.
func (l *loader) noTarget(at declare.Place, target *model, argument string) {
	if target.keyless != nil {
		l.report(at, codeRelation, fmt.Sprintf("model %q has no primary key to lead to", target.name), "", fmt.Sprintf("write %s with what is unique in it", argument))
	}
}

// fieldList reads a list of fields of a model.
func (l *loader) fieldList(m *model, f *declare.Document, a *declare.Attr, what string) []*field {
	list, ok := l.elements(f, a)
	if ok && len(list) == 0 {
		l.report(declare.Place{Document: f, Span: a.Value.Span}, codeValue, fmt.Sprintf("argument %q names no field", a.Name.Text), "", "write at least one field")
	}
	var found []*field
	for _, e := range list {
		one := l.oneField(m, f, e, what)
		if one == nil {
			m.partial = true
			continue
		}
		if slices.Contains(found, one) {
			l.report(declare.Place{Document: f, Span: e.Span}, codeRepeated, fmt.Sprintf("%s names field %q twice", what, one.name), "", "take one of the two out")
			continue
		}
		found = append(found, one)
	}
	return found
}

// oneField returns the field that a bare word or a string names, or nil after
// reporting.
func (l *loader) oneField(m *model, f *declare.Document, e *declare.Expr, what string) *field {
	e = strip(e)
	name := word(e)
	if e.Kind == declare.String {
		name = e.Text
	}
	at := declare.Place{Document: f, Span: e.Span}
	if name == "" {
		l.report(at, codeValue, fmt.Sprintf("%s takes names of fields here", what), "A field is named by a bare word, or in quotes if it is no plain word.", "write a field's name")
		return nil
	}
	found := l.fieldOf(m, at, name, what)
	if found != nil && found.column == "" {
		l.noColumn(at, found)
		return nil
	}
	return found
}

// placeIn returns where a list names a field.
func placeIn(f *declare.Document, list *declare.Attr, named *field) declare.Place {
	at := declare.Place{Document: f, Span: list.Value.Span}
	for _, e := range strip(list.Value).Args {
		if e = strip(e); word(e) == named.name || e.Kind == declare.String && e.Text == named.name {
			at.Span = e.Span
		}
	}
	return at
}

// primaryKey makes the object of the primary key.
func (b *builder) primaryKey() {
	m, k := b.model, b.model.key
	if len(k.fields) == 0 {
		return
	}
	b.l.ordered(codePrimaryKey, fmt.Sprintf("the primary key of model %q", m.name), k.fields, func(f *field) declare.Place {
		if k.block == nil {
			return f.at()
		}
		return placeIn(m.file, attrOf(k.block, "fields"), f)
	})
	u := &uses{}
	attrs := kinds.Constraint{Deferrable: k.deferrable, Fields: keyRefs(k.fields, u), Include: keyRefs(k.include, u), Name: k.name, Type: kinds.PrimaryKey}
	b.l.tuneKey(m, &attrs)
	b.l.claim(nameKey{class: relationName, schema: m.schema, name: k.name}, k.at, owner{"the primary key", m})
	b.l.claim(nameKey{class: constraintName, schema: m.schema, table: m.table, name: k.name}, k.at, owner{"the primary key", m})
	b.l.put(object{addr: m.addr.Child(kinds.ConstraintKind, pkey), parent: m.addr, attrs: attrs, uses: u, rank: b.nextRank(), app: m.app, at: k.at})
}

// keyRefs notes the columns of an index, which PostgreSQL keeps whatever type they get.
func keyRefs(fields []*field, u *uses) []address.Ref { return refsTo(fields, u, state.Exists) }

// compared notes the columns of a foreign key: it holds as long as both sides are
// compared as they are.
func compared(fields []*field, u *uses) []address.Ref {
	return refsTo(fields, u, state.Exists|state.Definition)
}

func refsTo(fields []*field, u *uses, aspects state.Aspects) []address.Ref {
	refs := make([]address.Ref, len(fields))
	for i, f := range fields {
		refs[i] = address.RefTo(f.addr)
		u.ref(f.addr, aspects)
	}
	return refs
}
