package usertype

import (
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/expression"
)

// Changed is the fact, about a type, that its values change. The owner of the type
// states it, and that of the columns leaves to it what it sees to.
const Changed = "type_changed"

// CompositeChanged is the same fact about a composite: a fact has one owner.
const CompositeChanged = "composite_changed"

// RangeChanged is the same fact about a range.
const RangeChanged = "range_changed"

// Facts are all of them.
func Facts() []string { return []string{Changed, CompositeChanged, RangeChanged} }

// A Change is the value of such a fact.
type Change struct {
	// Renamed are the new names of values by the old ones. PostgreSQL follows them.
	Renamed map[string]string `json:"renamed,omitempty"`
	// Remade: the type is exchanged for a new one, which sees to the defaults of its
	// columns, and on the way back to NOT NULL as well.
	Remade bool `json:"remade,omitempty"`
	// Reshaped: a value has other parts, or parts of other names and types. What names
	// them in SQL is another text.
	Reshaped bool `json:"reshaped,omitempty"`
	// Grown: a value has more parts. What is a literal of it is another text.
	Grown bool `json:"grown,omitempty"`
}

// IsZero reports whether nothing of it concerns columns.
func (c Change) IsZero() bool { return len(c.Renamed) == 0 && !c.Remade && !c.Reshaped && !c.Grown }

// Renames reports whether something in SQL that names what is of the type is another
// text afterwards.
func (c Change) Renames() bool { return len(c.Renamed) > 0 || c.Reshaped }

// Value returns a literal, or what is made of literals, with the new names.
func (c Change) Value(n expression.Node) expression.Node {
	first := len(n.Args) // of those that are values themselves
	switch n.Kind {
	case expression.String:
		if name, renamed := c.Renamed[n.Text]; renamed {
			n.Text = name
		}
	case expression.List:
		first = 0
	case expression.Conditional:
		first = 1
	}
	n.Args = slices.Clone(n.Args)
	for i := first; i < len(n.Args); i++ {
		n.Args[i] = c.Value(n.Args[i])
	}
	return n
}

// Hides reports whether an expression names a renamed value where nobody can tell that
// it is one: in SQL, or as an argument of a function.
func (c Change) Hides(n *expression.Node) bool {
	found := n != nil && (c.Reshaped || c.Grown)
	if n == nil || found {
		return found
	}
	n.Walk(func(part expression.Node) {
		for old := range c.Renamed {
			named := func(arg expression.Node) bool { return arg.Kind == expression.String && arg.Text == old }
			found = found || part.Kind == expression.SQL && strings.Contains(part.Text, address.Literal(old)) ||
				part.Kind == expression.Call && !slices.Contains(comparisons, part.Text) && slices.ContainsFunc(part.Args, named)
		}
	})
	return found
}
