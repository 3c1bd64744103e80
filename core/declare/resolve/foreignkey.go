package resolve

import (
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/declare"
	kinds "github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/pgtype"
)

func (w *partReader) foreignKey() {
	fields, refs, ok := w.fieldsOf("fields", "fields = [...]")
	to := w.require("target", "target = MODEL")
	if to == nil || !ok {
		return
	}
	target := w.b.l.lookModel(w.file, w.app, to.Value)
	if target == nil {
		return
	}
	theirs := target.key.fields
	if a := w.attrs["target_fields"]; a != nil {
		theirs = w.b.l.fieldList(target, w.file, a, "target_fields of "+w.what)
	}
	if !w.matches(fields, target, theirs) {
		return
	}
	label := w.label(fields)
	name := w.name(label)
	attrs := kinds.Constraint{Type: kinds.ForeignKey, Fields: refs, Name: name, Deferrable: w.deferrable(), Partition: w.alone, Comment: w.comment()}
	w.b.target(&attrs, route{w.at(), fields, target, theirs}, w.uses)
	attrs.NotValid, _ = w.flag("not_valid")
	if a := w.attrs["match"]; a != nil {
		attrs.Match, _ = w.b.l.keyword(w.file, a, "full")
	}
	acts := actions{b: w.b, file: w.file, fields: fields}
	if a := w.attrs["on_delete_fields"]; a != nil {
		acts.fields = w.b.l.fieldList(w.b.model, w.file, a, "on_delete_fields of "+w.what)
		attrs.OnDeleteFields = keyRefs(acts.fields, &uses{})
		w.within(a, acts.fields, fields)
	}
	if a := w.attrs["on_delete"]; a != nil {
		attrs.OnDelete = acts.read(a)
	}
	w.whatIsSet(attrs)
	acts.fields = fields
	if a := w.attrs["on_update"]; a != nil {
		attrs.OnUpdate = acts.read(a)
	}
	w.put(kinds.ConstraintKind, label, name, attrs)
}

// within reports a field that is set when the target goes and is none of the key.
func (w *partReader) within(a *declare.Attr, set, fields []*field) {
	for _, f := range set {
		if !slices.Contains(fields, f) {
			w.b.l.report(placeIn(w.file, a, f), codeRelation, fmt.Sprintf("field %q of on_delete_fields is none of the fields of %s", f.name, w.what), "", "name fields of the foreign key")
		}
	}
}

// whatIsSet reports fields that nothing is set in.
func (w *partReader) whatIsSet(attrs kinds.Constraint) {
	if a := w.attrs["on_delete_fields"]; a != nil && attrs.OnDelete != "set_null" && attrs.OnDelete != "set_default" {
		w.b.l.report(declare.Place{Document: w.file, Span: a.Name.Span}, codeConflict, "on_delete_fields says what on_delete = set_null or set_default is about", "", "write on_delete = set_null, or take it out")
	}
}

// matches reports fields of a foreign key that do not fit those that they lead to.
func (w *partReader) matches(fields []*field, target *model, theirs []*field) bool {
	l := w.b.l
	if len(theirs) == 0 && w.attrs["target_fields"] == nil {
		l.noTarget(w.at(), target, "target_fields = [...]")
	}
	if target.partial || len(theirs) == 0 {
		return false
	}
	if len(fields) != len(theirs) {
		l.report(w.at(), codeRelation, fmt.Sprintf("%s has %d fields and leads to %d", w.what, len(fields), len(theirs)),
			fmt.Sprintf("They are %s of model %q.", oneOf(fieldNames(theirs)), target.name), "name as many fields as target_fields, in the same order")
		return false
	}
	for i, f := range fields {
		if other := theirs[i]; f.typ != nil && other.typ != nil && !comparable(f.typ, other.typ) {
			l.report(w.at(), codeRelation, fmt.Sprintf("field %q of %s is not of the type of field %q of model %q", f.name, w.what, other.name, target.name),
				fmt.Sprintf("One is %s, the other %s.", f.typ, other.typ), fmt.Sprintf("give field %q the type %s", f.name, other.typ))
			return false
		}
	}
	if l.keyOver(target, theirs).IsZero() {
		l.report(w.at(), codeRelation, fmt.Sprintf("fields %s of model %q are not unique, so no foreign key can lead to them", oneOf(fieldNames(theirs)), target.name),
			"Every row of a foreign key leads to exactly one row.", fmt.Sprintf("add to model %q:\n    unique \"NAME\" { fields = [%s] }", target.name, strings.Join(fieldNames(theirs), ", ")))
		return false
	}
	return true
}

func fieldNames(fields []*field) []string {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.name
	}
	return names
}

// comparable reports whether a foreign key can lead from one type to another.
func comparable(from, to *typ) bool {
	a, b := from.base(), to.base()
	if !a.own() || !b.own() || a.Dimensions > 0 || b.Dimensions > 0 {
		return a.own() && b.own() || a.named == b.named && a.Dimensions == b.Dimensions || a.extension != "" || b.extension != "" || a.SQL != "" && b.SQL != ""
	}
	return family(a) == family(b) || pgtype.Between(a.name.Base(), b.name.Base()) == pgtype.Implicit || alike(a, b)
}

// alike reports whether PostgreSQL compares both types as one and the same.
func alike(a, b *typ) bool {
	one, ordered := pgtype.DefaultClass("btree", a.known())
	other, _ := pgtype.DefaultClass("btree", b.known())
	return ordered && one == other
}

// family names the types that PostgreSQL compares with each other.
func family(t *typ) string {
	switch c := t.category(); {
	case c.IsNumber():
		return "numbers"
	case c == pgtype.Text:
		return "strings"
	case c == pgtype.Date, c == pgtype.Timestamp:
		return "days"
	}
	return t.name.Base()
}
