package partition

import (
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// indexes returns the statements that give the indexes of a partition that is called
// otherwise the names that PostgreSQL would give them by the new one. It made them
// itself, and where it called one in another way that stays.
func (c *change) indexes(from, to part) []string {
	if from.Name == to.Name {
		return nil
	}
	var texts []string
	for _, ending := range c.endings() {
		was, is := from.Name+ending, to.Name+ending
		if len(was) <= model.MaxName && len(is) <= model.MaxName {
			texts = append(texts, "ALTER INDEX IF EXISTS "+sdk.Qualified(to.Schema, was)+" RENAME TO "+sdk.Ident(is))
		}
	}
	return texts
}

// endings are what stands behind the name of a partition in those of its indexes.
func (c *change) endings() []string {
	var list []string
	add := func(ending string) {
		if !slices.Contains(list, ending) {
			list = append(list, ending)
		}
	}
	for _, o := range c.Pass.From.Children(c.object.Parent, model.ConstraintKind, model.IndexKind) {
		if o.Address.Kind() == model.IndexKind {
			if x := sdk.AttrsOf[model.Index](c.Work, o); x.Partition == nil && c.keyed(x) != "" {
				add("_" + c.keyed(x) + "_idx")
			}
			continue
		}
		switch con := sdk.AttrsOf[model.Constraint](c.Work, o); {
		case con.Partition != nil:
		case con.Type == model.PrimaryKey:
			add("_pkey")
		case con.Type == model.Unique:
			var columns []string
			for _, field := range con.Fields {
				columns = append(columns, c.From.Field(field.Address).Column)
			}
			add("_" + strings.Join(columns, "_") + "_key")
		}
	}
	return list
}

// keyed returns the columns of an index as they stand in its name, or nothing where
// it is over an expression.
func (c *change) keyed(index model.Index) string {
	var columns []string
	for _, key := range index.Keys {
		if key.Value.Kind != expression.Field {
			return ""
		}
		columns = append(columns, c.From.Field(key.Value.Path[0].Address).Column)
	}
	return strings.Join(columns, "_")
}
