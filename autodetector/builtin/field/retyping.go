package field

import (
	"slices"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/column"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/operation"
)

// A retyping is the change of a column that stays in place: of its name, type,
// default, and so on. Read the other way round it is the way back.
type retyping struct {
	from, to column.Column
	retype   bool // the type or collation differs
	once     string
	// using and again are what the values become forth and back, as SQL; "" leaves it
	// to PostgreSQL.
	using, again string
	key          *rekeying // nil: the values are no keys, or those that they were
	// kept: the default is the same but for the names in it, or another
	// operation sees to it.
	kept bool
	// followed: the default names values that have other names by now.
	followed bool
	// exchanged: the type of the column is made anew. On the way back that sees to
	// NOT NULL as well.
	exchanged bool
	back      bool
}

// backwards returns the way back.
func (r retyping) backwards() retyping {
	r.from, r.to, r.once, r.back = r.to, r.from, "", !r.back
	r.using, r.again, r.key = r.again, r.using, r.key.backwards()
	return r
}

// statements returns the change in the order in which it works: what is in the
// way of the new type goes first, what needs it comes last.
func (r retyping) statements() []operation.Statement {
	if r.retype && r.key == nil {
		return r.converted()
	}
	texts := r.names()
	if r.losesIdentity() {
		texts = append(texts, r.to.Alter("DROP IDENTITY"))
	}
	if r.dropsDefault() {
		texts = append(texts, r.to.Alter("DROP DEFAULT"))
	}
	if r.key != nil {
		texts = append(texts, r.key.statements(r.from, r.to, r.retype)...)
	}
	texts = append(texts, r.null()...)
	texts = append(texts, r.identity()...)
	if r.setsDefault() {
		texts = append(texts, r.to.SetDefault())
	}
	return operation.SQL(append(append(texts, r.tuned(r.retype)...), r.comment()...)...)
}

// converted returns the change of the type as one statement with all that PostgreSQL
// does along with it, which can become one with those of other columns.
func (r retyping) converted() []operation.Statement {
	before, after := r.around()
	list := operation.SQL(slices.Concat(r.names(), r.apart(), before)...)
	list = append(list, operation.AlterTable(r.to.Table, operation.Altering, r.actions()...))
	if len(r.fill()) > 0 {
		after = append(after, r.null()...)
	}
	return append(list, operation.SQL(slices.Concat(after, r.identity(), r.tuned(true), r.comment())...)...)
}

// apart is what has to be done before the type changes: a column that numbers its rows
// is of an integer type.
func (r retyping) apart() []string {
	if r.losesIdentity() && !r.to.Type.Whole() {
		return []string{r.to.Alter("DROP IDENTITY")}
	}
	return nil
}

// around returns the statements before and after the one that converts the values.
func (r retyping) around() (before, after []string) {
	zone, _ := column.ZoneOf(r.from.Type, r.to.Type)
	if r.using != "" {
		return zone, nil
	}
	before, after = r.from.Type.Helper(r.to.Type)
	return append(zone, before...), after
}

// rewrites reports whether every row is written anew.
func (r retyping) rewrites() bool {
	return r.retype && (r.using != "" || r.key != nil || r.from.Type.Rewrites(r.to.Type))
}

// actions are those of the ALTER TABLE that changes the type.
func (r retyping) actions() []string {
	var list []string
	if r.losesIdentity() && r.to.Type.Whole() {
		list = append(list, r.to.Action("DROP IDENTITY"))
	}
	if r.dropsDefault() {
		list = append(list, r.to.Action("DROP DEFAULT"))
	}
	list = append(list, r.to.TypeAction(r.from, r.using))
	switch null := r.null(); {
	case len(null) != 1:
	case r.to.Field.Null:
		list = append(list, r.to.Action("DROP NOT NULL"))
	default:
		list = append(list, r.to.Action("SET NOT NULL"))
	}
	if r.setsDefault() {
		list = append(list, r.to.Action("SET DEFAULT "+r.to.Default))
	}
	return list
}

func (r retyping) losesIdentity() bool {
	return r.from.Field.Identity != "" && r.to.Field.Identity == ""
}

// tuned has the column stored as it is wanted.
func (r retyping) tuned(retyped bool) []string {
	if retyped {
		return r.to.Tune(r.from.Retyped())
	}
	return r.to.Tune(r.from)
}

func (r retyping) comment() []string {
	if r.from.Field.Comment == r.to.Field.Comment {
		return nil
	}
	return []string{r.to.SetComment()}
}

func (r retyping) names() []string {
	var texts []string
	if r.from.Name != r.to.Name {
		texts = append(texts, "ALTER TABLE "+r.to.Table+" RENAME COLUMN "+r.from.Name+" TO "+r.to.Name)
	}
	if r.renamesSequence() {
		texts = append(texts, "ALTER SEQUENCE "+address.Qualify(r.to.Schema, r.from.Field.Sequence)+
			" RENAME TO "+address.Quote(r.to.Field.Sequence))
	}
	return texts
}

func (r retyping) renamesSequence() bool {
	from, to := r.from.Field, r.to.Field
	return from.Identity != "" && to.Identity != "" && from.Sequence != to.Sequence && from.Sequence != "" && to.Sequence != ""
}

// dropsDefault: the default of the old type cannot always become one of the new
// type, and an identity column has none.
func (r retyping) dropsDefault() bool {
	return r.from.Default != "" && !r.keepsDefault() && (r.retype || r.to.Default == "")
}

func (r retyping) setsDefault() bool {
	return r.to.Default != "" && !r.keepsDefault() && (r.retype || r.from.Default != r.to.Default)
}

func (r retyping) keepsDefault() bool { return r.kept && !r.retype }

func (r retyping) null() []string {
	switch {
	case r.from.Field.Null == r.to.Field.Null, r.back && r.exchanged && r.from.Requires(r.to):
		return nil
	case r.to.Field.Null:
		return []string{r.to.Alter("DROP NOT NULL")}
	}
	return append(r.fill(), r.to.Alter("SET NOT NULL"))
}

// fill gives rows without a value the one-off value or the declared default.
func (r retyping) fill() []string {
	switch {
	case r.once != "":
		return r.to.Fill(r.once)
	case r.to.Default != "":
		return r.to.Fill(r.to.Default)
	case r.to.Field.Identity != "":
		return r.to.Number()
	}
	return nil
}

// filling says what fill gives.
func (r retyping) filling() string {
	if r.to.Default != "" {
		return "the default, " + r.to.Default
	}
	return "a number"
}

func (r retyping) identity() []string {
	from, to := r.from.Field.Identity, r.to.Field.Identity
	switch {
	case from == to || to == "":
		return nil
	case from == "":
		return r.to.AddIdentity()
	}
	return []string{r.to.Alter("SET GENERATED " + r.to.Mode())}
}
