package resolve

import (
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	kinds "github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

var partGrammars = map[string]grammar{
	"index":  {what: "an index", attrs: []string{"fields", "on", "unique", "where", "include", "method", "nulls_distinct", "name", "partition", "comment", "storage", "tablespace"}},
	"unique": {what: "a unique constraint", attrs: []string{"fields", "include", "nulls_distinct", "deferrable", "name", "partition", "comment", "storage"}},
	"check":  {what: "a check", attrs: []string{"that", "name", "partition", "comment", "no_inherit", "not_valid"}},
	"exclude": {
		what:  "an exclusion constraint",
		attrs: []string{"using", "on", "where", "include", "deferrable", "name", "partition", "comment", "storage"},
	},
	"foreign_key": {what: "a foreign key", attrs: []string{"fields", "target", "target_fields", "on_delete", "on_update", "deferrable", "name", "partition", "comment", "match", "on_delete_fields", "not_valid"}},
}

// A partReader is a part with its arguments by name.
type partReader struct {
	part
	b     *builder
	attrs map[string]*declare.Attr
	what  string // for messages: index "by_name"
	uses  *uses
	alone *kinds.PartOf // the partition that alone has it, nil: all of the model
	place string        // the schema of its table
}

// part makes the object of an index or constraint.
func (b *builder) part(p part) {
	w := &partReader{part: p, b: b, attrs: map[string]*declare.Attr{}, uses: &uses{}, place: b.model.schema}
	g := partGrammars[p.block.Type.Text]
	w.what = strings.ReplaceAll(p.block.Type.Text, "_", " ")
	if len(p.block.Labels) > 0 {
		name, ok := b.l.label(p.file, p.block)
		if !ok {
			return
		}
		w.what += " " + quote(name.Text)
	}
	b.l.checkRepeated(p.file, p.block.Body, g)
	b.l.noBlocks(p.file, p.block.Body, g)
	for _, a := range p.block.Body.Attrs {
		if !slices.Contains(g.attrs, a.Name.Text) {
			w.unknown(a, g)
			continue
		}
		w.attrs[a.Name.Text] = a
	}
	if !w.readPartition() {
		return
	}
	switch p.block.Type.Text {
	case "index":
		w.index()
	case "unique":
		w.unique()
	case "check":
		w.check()
	case "exclude":
		w.exclude()
	case "foreign_key":
		w.foreignKey()
	}
}

func (w *partReader) unknown(a *declare.Attr, g grammar) {
	if w.block.Type.Text == "unique" && (a.Name.Text == "where" || a.Name.Text == "on") {
		w.b.l.report(declare.Place{Document: w.file, Span: a.Name.Span}, codeUnknownArgument, fmt.Sprintf("a unique constraint has no argument %q", a.Name.Text),
			"PostgreSQL's unique constraints are over columns and all rows.", fmt.Sprintf("write an index with unique = true and %s = ...", a.Name.Text))
		return
	}
	w.b.l.unknownAttr(w.file, a.Name, g)
}

// at returns where the part is declared.
func (p part) at() declare.Place {
	if len(p.block.Labels) > 0 {
		return declare.Place{Document: p.file, Span: p.block.Labels[0].Span}
	}
	return declare.Place{Document: p.file, Span: p.block.Type.Span}
}

// label returns the label of a unique constraint or index.
func (p part) label(fields []*field) string {
	if len(p.block.Labels) > 0 {
		return p.block.Labels[0].Text
	}
	suffix := map[string]string{"index": "idx", "unique": "key", "foreign_key": "fkey"}[p.block.Type.Text]
	return kinds.Name(append(columns(fields), suffix)...)
}

func columns(fields []*field) []string {
	names := make([]string, 0, len(fields)+1)
	for _, f := range fields {
		names = append(names, f.column)
	}
	return names
}

// name returns the name in the database.
func (w *partReader) name(label string) string {
	if a := w.attrs["name"]; a != nil {
		if name, ok := w.b.l.identifier(w.file, a); ok {
			return name
		}
	}
	return kinds.Name(w.b.model.table, label)
}

func (w *partReader) require(name, example string) *declare.Attr {
	if a := w.attrs[name]; a != nil {
		return a
	}
	if !standsFor(w.block.Body, name, partGrammars[w.block.Type.Text]) {
		w.b.l.report(w.at(), codeMissing, fmt.Sprintf("%s has no %s", w.what, name), "", "write "+example)
	}
	return nil
}

// put adds the object under a label.
func (w *partReader) put(kind, label, name string, attrs any) {
	m, l := w.b.model, w.b.l
	addr := m.addr.Child(kind, label)
	if first, taken := l.at(addr); taken {
		w.labelTaken(label, first.String())
		return
	}
	what := owner{w.what, m}
	if kind == kinds.IndexKind || w.block.Type.Text == "unique" || w.block.Type.Text == "exclude" {
		l.claim(nameKey{class: relationName, schema: w.place, name: name}, w.at(), what)
	}
	if kind == kinds.ConstraintKind {
		table := m.table
		if w.alone != nil {
			table = w.alone.Of.String() + strings.Join(w.alone.Inner, ".")
		}
		l.claim(nameKey{class: constraintName, schema: m.schema, table: table, name: name}, w.at(), what)
	}
	l.put(object{addr: addr, parent: m.addr, attrs: attrs, uses: w.uses, rank: w.b.nextRank(), app: m.app, at: w.at()})
}

func (w *partReader) labelTaken(label, first string) {
	code, why := codeNameClash, ""
	if w.mixin != "" {
		code, why = codeMixin, fmt.Sprintf(" Mixin %q brings one of them.", w.mixin)
	}
	w.b.l.report(w.at(), code, fmt.Sprintf("%s of model %q has a label that is taken, %q", w.what, w.b.model.name, label),
		fmt.Sprintf("The other one is at %s.%s", first, why), "give one of the two another label")
}

// fields reads a list of fields and notes them.
func (w *partReader) fieldsOf(name, example string) ([]*field, []address.Ref, bool) {
	a := w.require(name, example)
	if a == nil {
		return nil, nil, false
	}
	found := w.b.l.fieldList(w.b.model, w.file, a, w.what)
	if len(found) == 0 || len(found) < len(strip(a.Value).Args) {
		return nil, nil, false
	}
	if !w.b.l.few(declare.Place{Document: w.file, Span: a.Value.Span}, codeIndex, w.what, len(found)) {
		return nil, nil, false
	}
	refs := map[bool]func([]*field, *uses) []address.Ref{true: compared, false: keyRefs}[w.block.Type.Text == "foreign_key"]
	return found, refs(found, w.uses), true
}

func (w *partReader) flag(name string) (value, is bool) {
	a := w.attrs[name]
	if a == nil {
		return false, false
	}
	value, is = w.b.l.flag(w.file, a)
	return value, is
}

func (w *partReader) deferrable() string {
	if a := w.attrs["deferrable"]; a != nil {
		value, _ := w.b.l.keyword(w.file, a, "immediate", "deferred")
		return value
	}
	return ""
}

func (w *partReader) included() []address.Ref {
	a := w.attrs["include"]
	if a == nil {
		return nil
	}
	return keyRefs(w.b.l.fieldList(w.b.model, w.file, a, w.what), w.uses)
}

func (w *partReader) scope(what string) *scope {
	kind, label := kinds.ConstraintKind, ""
	if w.block.Type.Text == "index" {
		kind = kinds.IndexKind
	}
	if len(w.block.Labels) > 0 {
		label = w.block.Labels[0].Text
	}
	part := w.b.model.addr.Child(kind, label)
	return &scope{l: w.b.l, file: w.file, app: w.app, model: w.b.model, part: part, what: what, aspects: state.Exists | state.Definition, uses: w.uses, kept: true}
}

func (w *partReader) unique() {
	fields, refs, ok := w.fieldsOf("fields", "fields = [...]")
	if !ok {
		return
	}
	at := func(f *field) declare.Place { return placeIn(w.file, w.attrs["fields"], f) }
	if !w.b.l.ordered(codeIndex, w.what, fields, at) {
		return
	}
	label := w.label(fields)
	distinct, is := w.flag("nulls_distinct")
	name, include := w.name(label), w.included()
	if !w.b.l.few(at(fields[0]), codeIndex, w.what, len(fields)+len(include)) {
		return
	}
	w.put(kinds.ConstraintKind, label, name, kinds.Constraint{
		Type: kinds.Unique, Fields: refs, Include: include, Deferrable: w.deferrable(),
		NullsNotDistinct: is && !distinct, Name: name, Partition: w.alone, Comment: w.comment(), Storage: w.storage(),
	})
}

func (w *partReader) check() {
	a := w.require("that", "that = ...")
	if a == nil {
		return
	}
	s := w.scope(w.what)
	n, ok := s.translate(a.Value)
	if !ok || !s.holds(a.Value, n, w.what) {
		return
	}
	label := "check"
	if named := n.Fields(); len(w.block.Labels) > 0 {
		label = w.block.Labels[0].Text
	} else if len(named) == 1 {
		label = kinds.Name(w.b.l.fieldAt(named[0]).column, "check")
	}
	name := w.name(label)
	attrs := kinds.Constraint{Type: kinds.Check, Check: &n, Name: name, Partition: w.alone, Comment: w.comment()}
	attrs.NoInherit, _ = w.flag("no_inherit")
	attrs.NotValid, _ = w.flag("not_valid")
	w.put(kinds.ConstraintKind, label, name, attrs)
}
