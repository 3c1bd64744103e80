package resolve

import (
	"fmt"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/expression"
	kinds "github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/pgtype"
	"github.com/whimbreldb/whimbrel/core/state"
)

// field makes the objects of a field: itself, its constraints, its options.
func (b *builder) field(f *field) {
	b.l.checkArguments(f)
	if f.relation != nil && f.relation.many {
		b.manyToMany(f)
		b.options(f.options, f.addr, f)
		return
	}
	if f.typ == nil {
		return
	}
	u := &uses{}
	attrs := kinds.Field{Collate: f.collate, Column: f.column, Type: f.typ.Type}
	u.ofType(f.typ, state.Exists|state.Type|state.Definition)
	attrs.Null = b.l.isTrue(f.file, f.attrs.null)
	if f.attrs.comment != nil {
		attrs.Comment, _ = b.l.text(f.file, f.attrs.comment)
	}
	b.identity(f, &attrs)
	b.l.tuneField(f, &attrs)
	b.values(f, &attrs, u)
	if f.relation != nil {
		to := address.RefTo(f.relation.field.addr)
		attrs.Relation = &kinds.Relation{Field: &to, Target: address.RefTo(f.relation.target.addr)}
	}
	b.l.put(object{addr: f.addr, parent: b.model.addr, attrs: attrs, uses: u, rank: f.rank, app: b.model.app, at: f.at()})
	if f.isUnique(b.l) {
		b.uniqueField(f)
	}
	if f.relation != nil {
		b.foreignKeyField(f)
	}
	b.options(f.options, f.addr, f)
}

// identity decides whether a column is an identity column. The serial types are
// read as such columns.
func (b *builder) identity(f *field, attrs *kinds.Field) {
	switch {
	case f.implicit:
		attrs.Identity = "by_default"
	case f.attrs.identity != nil:
		attrs.Identity, _ = b.l.keyword(f.file, f.attrs.identity, "by_default", "always")
	case f.relation == nil && f.typ.serial():
		attrs.Identity = "by_default"
		b.l.serial(f)
	}
	if attrs.Identity == "" {
		return
	}
	attrs.Sequence = kinds.Name(b.model.table, f.column, "seq")
	b.l.claim(nameKey{class: relationName, schema: b.model.schema, name: attrs.Sequence}, f.at(), owner{"an identity column's sequence", b.model})
	conflict := func(a *declare.Attr, text string) {
		if a != nil {
			b.l.report(declare.Place{Document: f.file, Span: a.Name.Span}, codeConflict, fmt.Sprintf("identity field %q %s", f.name, text), "PostgreSQL numbers the rows of an identity column itself.", "take one of the two out")
		}
	}
	conflict(f.attrs.def, "cannot have a default")
	if attrs.Null {
		conflict(f.attrs.null, "cannot be null")
	}
	if t := f.typ; t.Dimensions > 0 || t.category() != pgtype.Integer {
		b.l.report(f.at(), codeConflict, fmt.Sprintf("identity field %q is no integer", f.name), "An identity column is smallint, integer or bigint.", "write type = bigint")
	}
}

// values reads the default or the generating expression of a field.
func (b *builder) values(f *field, attrs *kinds.Field, u *uses) {
	what := fmt.Sprintf("field %q", f.name)
	if f.attrs.def != nil {
		attrs.Default = b.l.defaultOf(f.file, f.app, f.attrs.def, f.typ, defaultUse{what, f.addr, !attrs.Null}, u)
	}
	if f.generated == nil {
		return
	}
	if f.attrs.def != nil || attrs.Identity != "" {
		b.l.report(f.at(), codeConflict, fmt.Sprintf("%s is generated and has a default or identity", what), "PostgreSQL computes a generated column from the others.", "take one of the two out")
	}
	s := &scope{
		l: b.l, file: f.file, app: f.app, model: b.model, part: f.addr,
		what: fmt.Sprintf("the expression of generated field %q", f.name), stored: true,
		aspects: state.Exists | state.Type | state.Definition, uses: u, kept: true,
	}
	n, ok := s.translate(f.generated)
	if !ok {
		return
	}
	attrs.Generated, attrs.Virtual = &n, f.virtual
	b.l.generatedText(f, n)
	for _, named := range n.Fields() {
		if other := b.l.fieldAt(named); other != nil && other.generated != nil {
			b.l.report(declare.Place{Document: f.file, Span: f.generated.Span}, codeExpression, fmt.Sprintf("generated field %q names generated field %q", f.name, other.name),
				"PostgreSQL generates columns from columns that are not generated.", "repeat the expression of the other field")
		}
	}
}

// generatedText reports an expression in quotes: text that is no value of the field.
func (l *loader) generatedText(f *field, n expression.Node) {
	if n.Kind != expression.String || f.typ == nil {
		return
	}
	if why, _ := mismatch(n, f.typ.base()); why != "" {
		l.report(declare.Place{Document: f.file, Span: f.generated.Span}, codeExpression,
			fmt.Sprintf("the expression of generated field %q is text in quotes, which is no value of type %s", f.name, f.typ),
			"Expressions stand without quotes.", "write "+unquoted(n.Text))
	}
}

// constraintOf makes the object of a constraint that a field has by itself.
func (b *builder) constraintOf(f *field, suffix string, attrs kinds.Constraint, u *uses, relation bool) {
	attrs.Name = kinds.Name(b.model.table, f.column, suffix)
	what := owner{"a field's constraint", b.model}
	if relation {
		b.l.claim(nameKey{class: relationName, schema: b.model.schema, name: attrs.Name}, f.at(), what)
	}
	b.l.claim(nameKey{class: constraintName, schema: b.model.schema, table: b.model.table, name: attrs.Name}, f.at(), what)
	b.l.put(object{
		addr: b.model.addr.Child(kinds.ConstraintKind, kinds.Name(f.column, suffix)), parent: b.model.addr, attrs: attrs, uses: u,
		rank: b.nextRank(), app: b.model.app, at: f.at(),
	})
}

func (b *builder) uniqueField(f *field) {
	if !b.l.ordered(codeIndex, fmt.Sprintf("the unique constraint of field %q", f.name), []*field{f}, (*field).at) {
		return
	}
	u := &uses{}
	b.constraintOf(f, "key", kinds.Constraint{Type: kinds.Unique, Fields: keyRefs([]*field{f}, u)}, u, true)
}

func (b *builder) foreignKeyField(f *field) {
	u := &uses{}
	attrs := kinds.Constraint{Type: kinds.ForeignKey, Fields: compared([]*field{f}, u)}
	b.target(&attrs, route{f.at(), []*field{f}, f.relation.target, []*field{f.relation.field}}, u)
	a := actions{b: b, file: f.file, fields: []*field{f}}
	if f.attrs.onDelete != nil {
		attrs.OnDelete = a.read(f.attrs.onDelete)
	}
	if f.attrs.onUpdate != nil {
		attrs.OnUpdate = a.read(f.attrs.onUpdate)
	}
	if f.attrs.deferrable != nil {
		attrs.Deferrable, _ = b.l.keyword(f.file, f.attrs.deferrable, "immediate", "deferred")
	}
	b.constraintOf(f, "fkey", attrs, u, false)
}

// A route is what a foreign key leads from and to.
type route struct {
	at     declare.Place
	from   []*field
	target *model
	to     []*field
}

// target fills in where a foreign key leads.
func (b *builder) target(attrs *kinds.Constraint, r route, u *uses) {
	b.l.equated(r)
	ref := address.RefTo(r.target.addr)
	attrs.Target = &ref
	u.ref(r.target.addr, state.Exists)
	attrs.TargetFields = compared(r.to, u)
	if key := b.l.keyOver(r.target, r.to); !key.IsZero() {
		u.ref(key, state.Exists|state.Definition)
	}
}

// An actions reads what a foreign key does when its target goes or changes.
type actions struct {
	b      *builder
	file   *declare.Document
	fields []*field
}

func (a actions) read(attr *declare.Attr) string {
	action, ok := a.b.l.keyword(a.file, attr, onChange...)
	if !ok || action == "no_action" {
		return ""
	}
	for _, f := range a.fields {
		null := f.attrs.null != nil && strip(f.attrs.null.Value).Text == "true"
		switch {
		case action == "set_null" && (!null || f.primary):
			a.b.l.report(declare.Place{Document: a.file, Span: attr.Value.Span}, codeRelation, fmt.Sprintf("%s = set_null, but field %q cannot be null", attr.Name.Text, f.name),
				"PostgreSQL would refuse to delete or change the row that it leads to.", fmt.Sprintf("write null = true in field %q, or another action", f.name))
		case action == "set_default" && !null && f.attrs.def == nil:
			a.b.l.report(declare.Place{Document: a.file, Span: attr.Value.Span}, codeRelation, fmt.Sprintf("%s = set_default, but field %q has no default and cannot be null", attr.Name.Text, f.name),
				"Without a default it would become null.", fmt.Sprintf("give field %q a default, or write another action", f.name))
		}
	}
	return action
}

// checkArguments reports arguments that do not go together with the field's type.
func (l *loader) checkArguments(f *field) {
	kind := f.relationWord()
	a := &f.attrs
	refuse := func(why, next string, attrs ...*declare.Attr) {
		for _, attr := range attrs {
			if attr != nil {
				l.report(declare.Place{Document: f.file, Span: attr.Name.Span}, codeConflict, fmt.Sprintf("field %q cannot have %s", f.name, attr.Name.Text), why, next)
			}
		}
	}
	if kind == "" {
		refuse("It is an argument of foreign keys and of one_to_one.", "take it out", a.onDelete, a.onUpdate, a.toField, a.deferrable)
	}
	if kind == foreignKey || kind == oneToOne {
		l.checkKeywords(f)
	}
	if kind != manyToMany {
		refuse("It is an argument of many_to_many.", "take it out", a.through, a.table)
	} else {
		refuse("A many_to_many has no column; its rows are in the join table.", "take it out", a.null, a.def, a.column, a.primaryKey, a.unique,
			a.identity, a.collate, a.onDelete, a.onUpdate, a.toField, a.deferrable, a.storage, a.compression, a.statistics)
	}
	if kind != "" {
		refuse("A foreign key has the values of the field that it leads to.", "take it out", a.identity)
	}
	if f.primary && a.null != nil && strip(a.null.Value).Text == "true" {
		l.report(declare.Place{Document: f.file, Span: a.null.Name.Span}, codePrimaryKey, fmt.Sprintf("field %q is in the primary key and cannot be null", f.name), "", "take null = true out")
	}
	l.checkCollate(f)
}

// checkKeywords reports keywords of a foreign key that there are not, whether it
// leads anywhere or not.
func (l *loader) checkKeywords(f *field) {
	for _, a := range []*declare.Attr{f.attrs.onDelete, f.attrs.onUpdate} {
		if a != nil {
			l.keyword(f.file, a, onChange...)
		}
	}
	if f.attrs.deferrable != nil {
		l.keyword(f.file, f.attrs.deferrable, "immediate", "deferred")
	}
}

// onChange is what a foreign key can do when its target goes or changes.
var onChange = []string{"cascade", "restrict", "set_null", "set_default", "no_action"}

// checkCollate reports a collation of something that is no text.
func (l *loader) checkCollate(f *field) {
	if f.attrs.collate == nil || f.typ == nil {
		return
	}
	if t := f.typ.base(); t.own() && t.category() != pgtype.Text || t.valued() != nil {
		l.report(declare.Place{Document: f.file, Span: f.attrs.collate.Name.Span}, codeConflict, fmt.Sprintf("field %q is no text and has no collation", f.name), "", "take collate out")
	}
}
