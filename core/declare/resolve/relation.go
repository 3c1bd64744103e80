package resolve

import (
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	kinds "github.com/whimbreldb/whimbrel/core/model"
)

// The types of relations.
const (
	foreignKey = "foreign_key"
	oneToOne   = "one_to_one"
	manyToMany = "many_to_many"
)

// A relation is where a field leads.
type relation struct {
	kind    string
	many    bool
	target  *model
	field   *field // nil for many_to_many
	through *model // that is written
}

// resolve finds the type of a field. A foreign key has that of its target.
func (l *loader) resolve(f *field) {
	switch {
	case f.read:
		return
	case f.reading:
		l.report(f.at(), codeCycle, fmt.Sprintf("field %q of model %q takes its type from itself, through foreign keys", f.name, f.model.name),
			"A foreign key has the type of the field that it leads to.", "give one of the models a primary key with a type of its own")
		return
	}
	f.reading = true
	if f.relationWord() != "" {
		l.resolveRelation(f)
	} else {
		l.resolveType(f)
	}
	f.reading, f.read = false, true
}

func (l *loader) resolveType(f *field) {
	if f.attrs.collate != nil {
		f.collate, _ = l.text(f.file, f.attrs.collate)
	}
	if f.attrs.typ == nil {
		l.report(f.at(), codeMissing, fmt.Sprintf("field %q of model %q has no type", f.name, f.model.name), "", "write type = text")
		return
	}
	f.typ, _ = typeReader{l, f.file, f.app}.read(f.attrs.typ.Value)
}

func (l *loader) resolveRelation(f *field) {
	call := strip(f.attrs.typ.Value)
	if len(call.Args) != 1 {
		l.report(declare.Place{Document: f.file, Span: call.Span}, codeRelation, call.Text+" takes one argument, a model", "", "write type = "+call.Text+"(MODEL)")
		return
	}
	if l.ownModel(f, call.Args[0]) {
		return
	}
	target := l.lookModel(f.file, f.app, call.Args[0])
	if target == nil {
		return
	}
	f.relation = &relation{kind: call.Text, many: call.Text == manyToMany, target: target}
	if f.relation.many {
		l.readThrough(f)
		return
	}
	if f.relation.field = l.targetField(f); f.relation.field == nil {
		return
	}
	l.resolve(f.relation.field)
	if f.relation.field.typ != nil {
		f.typ, f.collate = f.relation.field.typ, f.relation.field.collate
	}
	if f.attrs.collate != nil {
		f.collate, _ = l.text(f.file, f.attrs.collate)
	}
}

// targetField returns the field that a foreign key leads to, or nil after reporting.
func (l *loader) targetField(f *field) *field {
	target := f.relation.target
	if f.attrs.toField != nil {
		to := l.oneField(target, f.file, f.attrs.toField.Value, fmt.Sprintf("to_field of field %q", f.name))
		if to != nil && l.keyOver(target, []*field{to}).IsZero() && !target.partial {
			l.report(declare.Place{Document: f.file, Span: f.attrs.toField.Value.Span}, codeRelation, fmt.Sprintf("field %q of model %q is not unique, so no foreign key can lead to it", to.name, target.name),
				"Every row of a foreign key leads to exactly one row.", fmt.Sprintf("write unique = true in field %q", to.name))
			return nil
		}
		return to
	}
	switch len(target.key.fields) {
	case 1:
		return target.key.fields[0]
	case 0:
		l.noTarget(declare.Place{Document: f.file, Span: strip(f.attrs.typ.Value).Span}, target, "to_field = FIELD")
		return nil
	}
	l.report(declare.Place{Document: f.file, Span: strip(f.attrs.typ.Value).Span}, codeRelation,
		fmt.Sprintf("model %q has a primary key of %d fields, which one field cannot lead to", target.name, len(target.key.fields)),
		"A foreign key has one column for each field of the key.", compositeExample(f.model, target, f.name))
	return nil
}

// compositeExample returns the block that leads to a key of several fields.
func compositeExample(from, target *model, label string) string {
	var own, theirs []string
	for _, k := range target.key.fields {
		own, theirs = append(own, target.name+"_"+k.name), append(theirs, k.name)
	}
	name := target.name
	if from.app != target.app {
		name = target.app.label + "." + name
	}
	return fmt.Sprintf("declare fields of the same types and write\n    foreign_key %q {\n      fields        = [%s]\n      target        = %s\n      target_fields = [%s]\n    }",
		label, strings.Join(own, ", "), name, strings.Join(theirs, ", "))
}

// keyOver returns the primary key, unique constraint or unique index of a model
// that covers exactly the given fields, or the zero address.
func (l *loader) keyOver(m *model, fields []*field) address.Address {
	if m.key != nil && sameFields(m.key.fields, fields) {
		return m.addr.Child(kinds.ConstraintKind, pkey)
	}
	if len(fields) == 1 && fields[0].isUnique(l) {
		return m.addr.Child(kinds.ConstraintKind, kinds.Name(fields[0].column, "key"))
	}
	for _, p := range m.parts {
		if covered, ok := l.uniqueFields(m, p); ok && sameFields(covered, fields) {
			kind := kinds.ConstraintKind
			if p.block.Type.Text == "index" {
				kind = kinds.IndexKind
			}
			return m.addr.Child(kind, p.label(covered))
		}
	}
	return address.Address{}
}

// isUnique reports whether a field has a unique constraint of its own.
func (f *field) isUnique(l *loader) bool {
	if f.primary && len(f.model.key.fields) == 1 {
		return false
	}
	return f.relationWord() == oneToOne || l.isTrue(f.file, f.attrs.unique)
}

func sameFields(a, b []*field) bool {
	if len(a) != len(b) {
		return false
	}
	for _, f := range a {
		if !slices.Contains(b, f) {
			return false
		}
	}
	return true
}

// uniqueFields returns the fields of a unique block, or of a unique index over
// fields without a condition.
func (l *loader) uniqueFields(m *model, p part) ([]*field, bool) {
	unique := p.block.Type.Text == "unique"
	var list *declare.Expr
	for _, a := range p.block.Body.Attrs {
		switch a.Name.Text {
		case "where", "on", "deferrable", partitionWord:
			return nil, false
		case "unique":
			unique = strip(a.Value).Text == "true"
		case "fields":
			list = strip(a.Value)
		}
	}
	if !unique || list == nil {
		return nil, false
	}
	var fields []*field
	for _, e := range list.Args {
		e = strip(e)
		name := word(e)
		if e.Kind == declare.String {
			name = e.Text
		}
		f := m.byName[name]
		if f == nil {
			return nil, false
		}
		fields = append(fields, f)
	}
	return fields, true
}

// readThrough reads the join model of a many_to_many.
func (l *loader) readThrough(f *field) {
	if f.attrs.through == nil {
		return
	}
	through := l.lookModel(f.file, f.app, f.attrs.through.Value)
	if through == nil {
		return
	}
	f.relation.through = through
	if through.partial || l.incomplete {
		return
	}
	sides := []*model{f.model, f.relation.target}
	need := map[*model]int{}
	for _, side := range sides {
		need[side]++
	}
	have := map[*model]int{}
	for _, k := range through.fields {
		if kind := k.relationWord(); kind != foreignKey && kind != oneToOne || len(strip(k.attrs.typ.Value).Args) != 1 {
			continue
		}
		if a, name := l.qualified(k.app, strip(strip(k.attrs.typ.Value).Args[0])); a != nil && a.models[name] != nil {
			have[a.models[name]]++
		}
	}
	for _, side := range slices.Compact(sides) {
		if have[side] < need[side] {
			l.report(declare.Place{Document: f.file, Span: f.attrs.through.Value.Span}, codeThrough,
				fmt.Sprintf("model %q has %s to model %q and cannot join %q with %q", through.name, fewer(have[side]), side.name, f.model.name, f.relation.target.name),
				"A join model has a foreign key to each of the two models.",
				fmt.Sprintf("add to model %q:\n    field %q { type = foreign_key(%s) }", through.name, side.name, strings.Trim(inApp(through.app, side.app, side.name), `"`)))
		}
	}
}

func fewer(have int) string {
	if have == 0 {
		return "no foreign key"
	}
	return "one foreign key only"
}
