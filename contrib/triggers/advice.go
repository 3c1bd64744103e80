package triggers

import (
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/state"
)

// warnings says what a constraint does not watch, which of its checks cost the
// more, the more rows there are, and what PostgreSQL could do by itself.
func (c *constraint) warnings(s *state.State, o *state.Object) diag.List {
	list := c.unwatched()
	if c.whole() && c.locking() != lockNothing {
		list = append(list, c.unscoped())
	}
	if !c.whole() {
		list = append(list, c.unlinked()...)
	}
	list = append(list, c.unindexed(s)...)
	for i := range list {
		list[i].Severity = diag.Warning
	}
	list = append(list, c.declarative()...)
	for i := range list {
		list[i].Address = o.Address.String()
	}
	return list
}

// unwatched names the tables that nobody watches.
func (c *constraint) unwatched() diag.List {
	var list diag.List
	for _, j := range c.joins {
		if j.Unmanaged {
			list = append(list, diag.Diagnostic{
				Code:    "WH6104",
				Summary: fmt.Sprintf("changes of %s are not watched by constraint trigger %s", j.address.Path(), c.label),
				Detail:  "The model has managed = false, so no trigger is put on its table.",
				Next:    "make sure in another way that it cannot break the constraint",
			})
		}
	}
	for _, name := range slices.Compact(slices.Sorted(slices.Values(c.syntax.others))) {
		list = append(list, diag.Diagnostic{
			Code:    "WH6104",
			Summary: fmt.Sprintf("changes of %s are not watched by constraint trigger %s", name, c.label),
			Detail:  "It stands in SQL, and no model has a table of that name.",
			Next:    "make sure in another way that it cannot break the constraint, or declare a model for it",
		})
	}
	return list
}

// unscoped says that a check is of everything.
func (c *constraint) unscoped() diag.Diagnostic {
	d := diag.Diagnostic{
		Code:    "WH6106",
		Summary: fmt.Sprintf("each check of constraint trigger %s reads all rows of %s", c.label, c.table.address.Path()),
		Detail:  "A written row does not say which results of the query it can change: " + c.reason() + ".",
		Next:    "write level = deferred_bulk for one check a transaction, or name fields of the model itself in values",
	}
	if c.Level == levelBulk {
		d.Next = "name fields of the model itself in values, if the table is large"
	}
	return d
}

func (c *constraint) reason() string {
	switch {
	case c.syntax.opaque:
		return "it has SQL with a query of its own"
	case len(c.keys) == 0:
		return "the model has no primary key"
	}
	return "what it groups by is not in the rows of the model"
}

// unlinked names the tables of subqueries whose rows do not say what to check.
func (c *constraint) unlinked() diag.List {
	var list diag.List
	for at, j := range c.joins {
		if !j.isRoot(at) || j.linked || j.Unmanaged {
			continue
		}
		list = append(list, diag.Diagnostic{
			Code: "WH6106",
			Summary: fmt.Sprintf("each change of %s has constraint trigger %s read all rows of %s",
				j.address.Path(), c.label, c.table.address.Path()),
			Detail: "A row that the subquery reads does not say which results of the query it can change.",
			Next:   "write an equality with outer(...) in the subquery, such as NAME == outer(NAME), if the tables are large",
		})
	}
	return list
}
