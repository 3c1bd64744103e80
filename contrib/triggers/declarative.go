package triggers

import (
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/expression"
)

// declarative points to the constraints of PostgreSQL's own that would say the
// same: they cost less and hold at every isolation level.
func (c *constraint) declarative() diag.List {
	note := diag.Diagnostic{
		Code: "WH6109", Severity: diag.Note,
		Detail: "A constraint of PostgreSQL's own costs less than a trigger and holds at every isolation level.",
	}
	switch {
	case c.isUnique():
		note.Summary = fmt.Sprintf("constraint trigger %s could be a unique constraint", c.label)
		note.Next = c.asUnique()
	case c.isExclusion():
		note.Summary = fmt.Sprintf("constraint trigger %s could be an exclusion constraint", c.label)
		note.Next = fmt.Sprintf(`if the two are a range, write instead: exclude %q { using = gist  on = [with(FIELD, "="), with(RANGE, "&&")] }`, c.label)
	default:
		return nil
	}
	return diag.List{note}
}

// isUnique reports whether a group may have one row, and is one of columns.
func (c *constraint) isUnique() bool {
	return c.most != nil && c.most.rows == 1 && len(c.joins) == 1 && !c.syntax.raw &&
		!slices.ContainsFunc(c.keys, func(k key) bool { return k.column == nil || k.row })
}

func (c *constraint) asUnique() string {
	names, more := make([]string, len(c.keys)), ""
	for i, k := range c.keys {
		names[i] = k.column.address.Name()
		if k.column.null {
			more = "  nulls_distinct = false"
		}
	}
	fields := strings.Join(names, ", ")
	if len(c.where) > 0 || len(c.most.count) > 0 || more != "" {
		if len(c.where) > 0 || len(c.most.count) > 0 {
			more += "  where = FILTER"
		}
		return fmt.Sprintf("write instead: index %q { fields = [%s]  unique = true%s }", c.label, fields, more)
	}
	return fmt.Sprintf("write instead: unique %q { fields = [%s] }", c.label, fields)
}

// isExclusion reports whether a row excludes others of its table that it overlaps
// with, which two inequalities say.
func (c *constraint) isExclusion() bool {
	found := false
	for _, node := range c.Query.Where {
		node.Walk(func(n expression.Node) {
			if n.Kind == expression.Select && n.Path[0].Address == c.table.address && len(n.Args) == 1 {
				found = found || inequalities(n.Args[0]) == 2
			}
		})
	}
	return found
}

// inequalities returns how many comparisons with what is outside a subquery have
// to hold.
func inequalities(n expression.Node) int {
	if n.Kind != expression.Operator || len(n.Args) != 2 {
		return 0
	}
	switch n.Text {
	case "&&":
		return inequalities(n.Args[0]) + inequalities(n.Args[1])
	case "<", "<=", ">", ">=":
		if n.Has(expression.Outer) {
			return 1
		}
	}
	return 0
}
