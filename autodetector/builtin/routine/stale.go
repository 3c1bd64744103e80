package routine

import (
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

// stale returns the hazards of another body: what PostgreSQL computed by the one before
// and keeps, wherever the function is called, by way of others too.
func (x Owner) stale(was, is Attrs, o *sdk.Object) []sdk.Hazard {
	if sdk.Same(computing(was), computing(is)) {
		return nil
	}
	s := staleness{Owner: x, name: sdk.Qualified(is.Schema, is.Name), seen: map[address.Address]bool{}}
	s.over(o.Address)
	slices.SortFunc(s.found, func(a, b sdk.Hazard) int { return address.Compare(a.Object, b.Object) })
	for _, h := range s.found {
		h.Down = true
		s.found = append(s.found, h)
	}
	return s.found
}

// computing is what the result of a routine depends on.
func computing(f Attrs) any {
	return struct {
		Body     sdk.Text
		Language string
		Set      map[string]string
		Strict   bool
	}{f.Body, f.Language, f.Set, f.Strict}
}

// A staleness is the search for what keeps values that a function gave.
type staleness struct {
	Owner
	name  string
	seen  map[address.Address]bool
	found []sdk.Hazard
}

// over looks at what depends on an object, and at what computes by that.
func (s *staleness) over(a address.Address) {
	for _, user := range s.Pass.To.Dependents(a) {
		before := s.Pass.From.Get(user.Address)
		if s.seen[user.Address] || before == nil {
			continue
		}
		s.seen[user.Address] = true
		if k, ok := s.keeper(user); ok {
			if was, _ := s.keeper(before); sdk.Same(was.computes, k.computes) {
				s.found = append(s.found, sdk.Hazard{Code: operation.Stale, Object: user.Address, Text: fmt.Sprintf("%s what %s gave before; %s", k.what, s.name, k.next)})
			}
		} else if s.passes(before, user) {
			s.over(user.Address)
		}
	}
}

// passes reports whether what calls the function is computed anew whenever it is asked,
// and gives the same otherwise: what only gets another name or comment stays where it is.
func (s *staleness) passes(before, after *sdk.Object) bool {
	switch after.Address.Kind() {
	case "function", "aggregate", "view":
		return state.SameBut(before, after, "columns", "comment", "name", "reads", "schema")
	}
	return false
}

// A keeper is something with values that PostgreSQL has computed and kept.
type keeper struct {
	computes   any // from what
	what, next string
}

// keeper returns what an object keeps, if it keeps anything.
func (s *staleness) keeper(o *sdk.Object) (keeper, bool) {
	switch o.Address.Kind() {
	case model.FieldKind:
		return s.column(o)
	case model.IndexKind:
		i := sdk.AttrsOf[model.Index](s.Work, o)
		name := sdk.Qualified(s.To.Model(o.Parent).Schema, i.Name)
		return keeper{[]any{i.Keys, i.Where}, "index " + name + " keeps", "to build it anew: REINDEX INDEX " + name}, s.To.Managed(o)
	case model.ConstraintKind:
		c := sdk.AttrsOf[model.Constraint](s.Work, o)
		return keeper{[]any{c.Check, c.Keys, c.Where}, "rows of " + s.To.Table(o.Parent) + " passed " + c.Name + " by", "nobody looks at them again"}, s.To.Managed(o)
	case model.DomainKind:
		d := sdk.AttrsOf[model.Domain](s.Work, o)
		return keeper{d.Check, "values of " + sdk.Qualified(d.Schema, d.Name) + " passed its check by", "nobody looks at them again"}, d.Check != nil
	case model.ModelKind:
		m := s.To.Model(o.Address)
		return keeper{m.PartitionBy, "rows of " + s.To.Table(o.Address) + " are in partitions by", "they are not moved"}, m.PartitionBy != nil
	case "materialized_view":
		v := sdk.AttrsOf[struct {
			Name   string   `json:"name"`
			Query  sdk.Text `json:"query"`
			Schema string   `json:"schema"`
		}](s.Work, o)
		name := sdk.Qualified(v.Schema, v.Name)
		return keeper{v.Query, "materialized view " + name + " keeps", "to read it anew: REFRESH MATERIALIZED VIEW " + name}, true
	}
	return keeper{}, false
}

// column returns what a generated column keeps. PostgreSQL computes it where a column is
// set that it reads.
func (s *staleness) column(o *sdk.Object) (keeper, bool) {
	f := sdk.AttrsOf[model.Field](s.Work, o)
	table, next := s.To.Table(o.Parent), "it is computed anew by dropping and adding it"
	for _, ref := range o.Refs {
		if to := s.Pass.To.Get(ref.Target); to != nil && to.Parent == o.Parent && ref.Target.Kind() == model.FieldKind {
			column := s.To.Column(ref.Target)
			next = fmt.Sprintf("to compute it anew: UPDATE %s SET %s = %s", table, column, column)
			break
		}
	}
	return keeper{f.Generated, "column " + table + "." + address.Quote(f.Column) + " keeps", next}, f.Generated != nil && s.To.Managed(o)
}
