package usertype

import "github.com/whimbreldb/whimbrel/core/expression"

// Changed is the fact, about a type, that its values change. The owner of the type
// states it, and that of the columns leaves to it what it sees to.
const Changed = "type_changed"

// A Change is the value of the fact Changed.
type Change struct {
	// Renamed are the new names of values by the old ones. PostgreSQL follows them.
	Renamed map[string]string `json:"renamed,omitempty"`
	// Remade: the type is exchanged for a new one, which sees to the defaults of its
	// columns, and on the way back to NOT NULL as well.
	Remade bool `json:"remade,omitempty"`
}

// IsZero reports whether nothing of it concerns columns.
func (c Change) IsZero() bool { return len(c.Renamed) == 0 && !c.Remade }

// Default returns a default with the new names of values.
func (c Change) Default(n *expression.Node) *expression.Node {
	if n == nil {
		return nil
	}
	mapped := *n
	if name, renamed := c.Renamed[n.Text]; renamed && n.Kind == expression.String {
		mapped.Text = name
	}
	mapped.Args = nil
	for i := range n.Args {
		mapped.Args = append(mapped.Args, *c.Default(&n.Args[i]))
	}
	return &mapped
}
