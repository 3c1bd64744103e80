package column

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/pgtype"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

// A Type is the type of a column: how it is written, and what its values are.
type Type struct {
	SQL string // the whole
	// name is that of the values: of a domain it is the type under it.
	name    pgtype.Name
	values  string // their type as SQL
	enum    bool
	labels  string // of an enum, as SQL with commas
	domain  bool
	made    bool // a composite or a range
	collate string
	// constrained: a domain whose values have to be checked.
	constrained bool
	// elements: an array of a domain, whose elements PostgreSQL takes one by one.
	elements bool
}

// TypeOf returns the type of a field.
func TypeOf(at sdk.Moment, f model.Field) Type {
	t := Type{SQL: at.Type(f.Type), collate: f.Collate, constrained: isConstrained(at, f.Type)}
	values, collate, collated := strings.Cut(t.resolve(at, f.Type), " COLLATE ")
	if collated {
		t.collate = collate
	}
	t.values = values
	t.name = nameOf(t.values)
	return t
}

// nameOf returns the name of a type. Text that says more than a type, such as one
// with COLLATE behind it, is a name that nobody knows.
func nameOf(sql string) pgtype.Name {
	name, err := pgtype.Parse(sql)
	if err != nil {
		name, _ = pgtype.Parse(address.Quote(sql))
	}
	return name
}

// resolve returns the name of a type of a field with what is under domains, and
// notes what was on the way.
func (t *Type) resolve(at sdk.Moment, of model.Type) string {
	name, dimensions := of.SQL, of.Dimensions
	switch {
	case of.Of == nil:
	case of.Of.Kind() == model.EnumKind:
		t.enum, t.labels = true, labels(at, of.Of.Address)
		name = at.Qualified(of.Of.Address)
	case of.Of.Kind() != model.DomainKind:
		t.made = true
		of.Dimensions = 0
		name = at.Type(of)
	default:
		t.domain = true
		t.elements = t.elements || of.Dimensions > 0
		name = t.resolve(at, sdk.AttrsOf[model.Domain](at.Work, at.Find(of.Of.Address)).Type)
	}
	return name + strings.Repeat("[]", dimensions)
}

func labels(at sdk.Moment, enum address.Address) string {
	var list []string
	for _, value := range sdk.AttrsOf[model.Enum](at.Work, at.Find(enum)).Values {
		list = append(list, address.Literal(value))
	}
	return strings.Join(list, ", ")
}

// IsMade reports whether the values, or those of an array, are of a composite or a
// range, as a domain over one is too.
func (t Type) IsMade() bool { return t.made }

// base returns the name of the values without arguments and dimensions.
func (t Type) base() string { return t.name.Base() }

// Whole reports whether it is smallint, integer or bigint: the types of columns that can
// number their rows.
func (t Type) Whole() bool {
	_, _, whole := pgtype.Range(t.base())
	return whole && !t.domain && !t.IsArray()
}

// category returns that of the values, or of the elements of an array.
func (t Type) category() pgtype.Category { return pgtype.CategoryOf(t.base()) }

// IsArray reports whether a type has dimensions.
func (t Type) IsArray() bool { return t.name.Dimensions() > 0 }

// Brackets returns the dimensions of an array as they stand behind a type.
func (t Type) Brackets() string { return strings.Repeat("[]", t.name.Dimensions()) }

// Dimensions returns how many dimensions the values have.
func (t Type) Dimensions() int { return t.name.Dimensions() }

// Cast returns an expression converted to the type.
func (t Type) Cast(expression string) string { return enclosed(expression) + "::" + t.SQL }

// Loosely returns an expression converted to the type but for the length of texts:
// written out, that cast would cut them off, where assignment refuses them.
func (t Type) Loosely(expression string) string {
	if !t.Cuts() {
		return t.Cast(expression)
	}
	return expression + "::" + t.name.Unlimited().String()
}

// plain returns the type of the values: of a domain it is the type under it.
func (t Type) plain() Type {
	if t.domain {
		t.SQL, t.domain = t.values, false
	}
	return t
}

// element returns the type of the elements of an array.
func (t Type) element() Type {
	t.name = t.name.Element()
	t.SQL, t.values = strings.TrimRight(t.SQL, "[]"), strings.TrimRight(t.values, "[]")
	return t
}

// Assigns reports whether PostgreSQL assigns values of the type to another one
// without a word: they could be the same values.
func (t Type) Assigns(to Type) bool {
	if t.name.Dimensions() != to.name.Dimensions() {
		return t.IsArray() && !to.IsArray() && to.category() == pgtype.Text
	}
	return t.cast(to) >= pgtype.Assignment
}

func (t Type) cast(to Type) pgtype.Cast { return pgtype.Between(t.base(), to.base()) }

// Zoned reports whether a conversion to another type depends on the time zone.
func (t Type) Zoned(to Type) bool { return !t.enum && !to.enum && pgtype.Zoned(t.name, to.name) }

// Cuts reports whether a cast to the type that is written out cuts off what is too
// long, where an assignment refuses it.
func (t Type) Cuts() bool {
	return t.category() == pgtype.Text && !t.enum && len(t.name.Numbers()) > 0
}

// Touched returns the aspects of a column that a change to another type disturbs.
// Only the length or precision may change without a change in what is stored of
// expressions over the column.
func (t Type) Touched(to Type) state.Aspects {
	if t.base() == to.base() && t.Brackets() == to.Brackets() && t.collate == to.collate && t.domain == to.domain {
		return state.Type
	}
	return state.Type | state.Definition
}
