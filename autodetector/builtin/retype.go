package builtin

import "github.com/whimbreldb/whimbrel/core/address"

// A retyping is the change of a column that stays in place: of its name, type,
// default, and so on. Read the other way round it is the way back.
type retyping struct {
	from, to column
	retype   bool // the type or collation differs
	once     string
	// kept: the default is the same but for the names in it, or another
	// operation sees to it.
	kept bool
	// exchanged: the enum of the column is made anew. On the way back that sees to
	// NOT NULL as well.
	exchanged bool
	back      bool
}

func (r retyping) reversed() retyping {
	r.from, r.to, r.once, r.back = r.to, r.from, "", !r.back
	return r
}

// statements returns the change in the order in which it works: what is in the
// way of the new type goes first, what needs it comes last.
func (r retyping) statements() []string {
	texts := r.names()
	if r.from.field.Identity != "" && r.to.field.Identity == "" {
		texts = append(texts, r.to.alter("DROP IDENTITY"))
	}
	if r.dropsDefault() {
		texts = append(texts, r.to.alter("DROP DEFAULT"))
	}
	if r.retype {
		before, after := helper(r.from.kind, r.to.kind)
		texts = append(append(append(texts, before...), r.to.setType(r.from)), after...)
	}
	texts = append(texts, r.null()...)
	texts = append(texts, r.identity()...)
	if r.setsDefault() {
		texts = append(texts, r.to.setDefault())
	}
	if r.from.field.Comment != r.to.field.Comment {
		texts = append(texts, r.to.comment())
	}
	return texts
}

func (r retyping) names() []string {
	var texts []string
	if r.from.name != r.to.name {
		texts = append(texts, "ALTER TABLE "+r.to.table+" RENAME COLUMN "+r.from.name+" TO "+r.to.name)
	}
	if r.renamesSequence() {
		texts = append(texts, "ALTER SEQUENCE "+address.Qualify(r.to.schema, r.from.field.Sequence)+
			" RENAME TO "+address.Quote(r.to.field.Sequence))
	}
	return texts
}

func (r retyping) renamesSequence() bool {
	from, to := r.from.field, r.to.field
	return from.Identity != "" && to.Identity != "" && from.Sequence != to.Sequence && from.Sequence != "" && to.Sequence != ""
}

// dropsDefault: the default of the old type cannot always become one of the new
// type, and an identity column has none.
func (r retyping) dropsDefault() bool {
	return r.from.value != "" && !r.keepsDefault() && (r.retype || r.to.value == "")
}

func (r retyping) setsDefault() bool {
	return r.to.value != "" && !r.keepsDefault() && (r.retype || r.from.value != r.to.value)
}

func (r retyping) keepsDefault() bool { return r.kept && !r.retype }

func (r retyping) null() []string {
	switch {
	case r.from.field.Null == r.to.field.Null, r.back && r.exchanged && setsNull(r.from.field, r.to.field):
		return nil
	case r.to.field.Null:
		return []string{r.to.alter("DROP NOT NULL")}
	}
	return append(r.fill(), r.to.alter("SET NOT NULL"))
}

// fill gives rows without a value the one-off value or the declared default.
func (r retyping) fill() []string {
	switch {
	case r.once != "":
		return r.to.fill(r.once)
	case r.to.value != "":
		return r.to.fill(r.to.value)
	case r.to.field.Identity != "":
		return r.to.number()
	}
	return nil
}

func (r retyping) identity() []string {
	from, to := r.from.field.Identity, r.to.field.Identity
	switch {
	case from == to || to == "":
		return nil
	case from == "":
		return r.to.addIdentity()
	}
	return []string{r.to.alter("SET GENERATED " + r.to.mode())}
}
