package usertype

import (
	"slices"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/column"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

// A Conversion is the exchange of a type for a new one of the same name. PostgreSQL
// cannot take values from an enum, change the type under a domain or of an attribute
// that columns hold, so the columns are converted from the old type to the new one.
type Conversion struct {
	Users []User
	// Value returns a column of the old type as a value of the one that it becomes.
	Value func(column string, to column.Type) string
	// Before and After are statements around those that convert.
	Before, After []string
	// Away are the statements that give the old type another name; nil for those of most
	// types.
	Away []string
	// Renaming gives old defaults, and domains over the type, the new names of values;
	// nil leaves them.
	Renaming *Renaming
	// As is the type at the time of the exchange, nil for as it will be.
	As *sdk.Object

	work   *sdk.Work
	of     address.Address
	name   Name
	old    Name          // of the type that goes, for the time being
	over   []*sdk.Object // types made of it as they were, each behind what it is made of
	remade bool          // all but a domain: its values are other values
}

// Convert returns the exchange of a type that has a name by now, by way of text.
func Convert(w *sdk.Work, t address.Address, name Name) Conversion {
	over := typesOver(w, t)
	users := Users(w, t)
	for _, other := range over {
		users = append(users, Users(w, other.Address)...)
	}
	return Conversion{
		Users: users, Value: byText, over: over,
		work: w, of: t, name: name, old: name.old(),
		remade: t.Kind() != model.DomainKind,
	}
}

// Statements returns the exchange; create makes the new type. Forth, columns end
// with their new defaults, else with the old ones.
func (c Conversion) Statements(create []string, forth bool) []string {
	away := c.Away
	if away == nil {
		away = []string{"ALTER TYPE " + c.name.SQL() + " RENAME TO " + address.Quote(c.old.Name)}
	}
	again, gone := c.remakeOver(forth)
	casts, uncast := c.casts()
	texts := slices.Concat(away, create, again, c.Before, casts)
	for _, user := range c.Users {
		texts = append(texts, c.convert(user, forth)...)
	}
	return slices.Concat(texts, uncast, c.After, gone, []string{"DROP TYPE " + c.old.SQL()})
}

func (c Conversion) convert(user User, forth bool) []string {
	was, is := c.column(user, user.Before), c.column(user, user.After)
	kind := was.Type // the column itself is altered after the type, and taken back before it
	if c.Renaming != nil {
		was.Default = column.Default(c.moment(user.After), c.Renaming.Value(was.Field.Default, was.Field.Type), was.Field.Type)
	}
	if !forth {
		was, is = is, was
	}
	var texts []string
	// On the way back of added values the column has its old default already.
	if was.Default != "" || !forth && is.Default != "" {
		texts = append(texts, was.Alter("DROP DEFAULT"))
	}
	texts = append(texts, was.Alter("TYPE "+kind.SQL+" USING "+c.value(was.Name, kind)))
	is.Name = was.Name
	texts = append(texts, is.Tune(is.Retyped())...)
	if is.Default != "" {
		texts = append(texts, is.SetDefault())
	}
	if !forth && was.Requires(is) {
		if is.Default != "" {
			texts = append(texts, is.Fill(is.Default)...)
		}
		texts = append(texts, is.Alter("SET NOT NULL"))
	}
	return texts
}

// value returns a value of an old type as one of the new type that takes its place.
func (c Conversion) value(old string, to column.Type) string {
	if to.IsMade() {
		return to.Cast(old) // see casts
	}
	return c.Value(old, to)
}

func byText(value string, to column.Type) string {
	return to.Cast(value + "::text" + to.Brackets())
}

// column returns a column as it is named at the time: its table is renamed
// already, it is itself altered later. The type has its new name.
func (c Conversion) column(user User, state *sdk.Object) column.Column {
	at := c.moment(user.After)
	rendered := column.Of(at, state)
	rendered.Name = at.Column(user.Before.Address)
	return rendered
}

// Needs are those of the operation: tables are renamed before, so that their names
// are known here.
func (c Conversion) Needs() []sdk.Need {
	var needs []sdk.Need
	seen := map[address.Address]bool{}
	for _, user := range c.Users {
		for o := user.After; o != nil; o = c.work.To.Get(o.Parent) {
			if o.Address.Kind() == model.ModelKind && !seen[o.Address] {
				seen[o.Address] = true
				needs = append(needs, sdk.Need{
					Verb: operation.Alter, Object: o.Address, Soft: true, Why: "columns of the type are converted under the new name of the table",
				})
			}
		}
	}
	return needs
}

// Touches are those of the operation: whatever depends on the columns has to make
// way, and what else names the type, such as a function that takes one.
func (c Conversion) Touches() []operation.Touch {
	var touches []operation.Touch
	for _, user := range c.Users {
		touches = append(touches, sdk.Touching(user.After.Address, state.Type|state.Definition)...)
	}
	for _, t := range c.family() {
		if c.named(t) {
			touches = append(touches, sdk.Touching(t, state.Type|state.Definition)...)
		}
	}
	return touches
}

// named reports whether something names a type that is no column of it, and no type
// that is made anew with it.
func (c Conversion) named(t address.Address) bool { return len(c.namers(t)) > 0 }

// namers returns what names a type so.
func (c Conversion) namers(t address.Address) []*sdk.Object {
	users := map[address.Address]bool{}
	for _, user := range c.Users {
		users[user.After.Address] = true
	}
	for _, other := range c.over {
		users[other.Address] = true
	}
	return slices.DeleteFunc(slices.Clone(c.work.Pass.To.Dependents(t)), func(o *sdk.Object) bool {
		return users[o.Address] || !c.work.From.Has(o.Address)
	})
}
