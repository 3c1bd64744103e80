package column

import (
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/pgtype"
	"github.com/whimbreldb/whimbrel/sdk"
)

// Rewrites reports whether PostgreSQL writes every row anew for a change to another
// type. A domain without constraints is stored as what is under it.
func (t Type) Rewrites(to Type) bool {
	return to.constrained || (t.elements || to.elements) && t.SQL != to.SQL || t.Using("v", to) != "" || pgtype.Rewrites(t.name, to.name)
}

// OneByOne reports whether the type is an array of a domain, whose elements are
// converted one by one wherever the domain is another one, be it of the same name.
func (t Type) OneByOne() bool { return t.elements }

// Reindexes reports whether an index over a column is built anew for a change to
// another type that leaves the rows: other rules put values in order.
func (t Type) Reindexes(to Type) bool {
	if t.collate != to.collate {
		return true
	}
	was, _ := pgtype.DefaultClass("btree", t.name.String())
	is, _ := pgtype.DefaultClass("btree", to.name.String())
	return was != is
}

// isConstrained reports whether a type is a domain whose values have to be checked,
// or is over one.
func isConstrained(at sdk.Moment, t model.Type) bool {
	if t.Of == nil || t.Of.Kind() != model.DomainKind || t.Dimensions > 0 {
		return false
	}
	d := sdk.AttrsOf[model.Domain](at.Work, at.Find(t.Of.Address))
	return d.Check != nil || !d.Null || isConstrained(at, d.Type)
}

// RewritesAdded reports whether PostgreSQL writes every row anew where the column is
// added: a value that is the same for all rows it only notes. The value is the
// one-off default, nil for the declared one.
func (c Column) RewritesAdded(at sdk.Moment, once *expression.Node) bool {
	if c.Field.Virtual {
		return false
	}
	if c.Generated != "" || c.Field.Identity != "" || c.Type.constrained {
		return true
	}
	if once == nil {
		once = c.Field.Default
	}
	return once != nil && isVolatile(at.Work, *once)
}
