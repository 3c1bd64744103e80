package constraint

import (
	"slices"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/key"
	"github.com/whimbreldb/whimbrel/autodetector/builtin/partitioning"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

func add(at sdk.Moment, o *sdk.Object) string {
	return "ALTER TABLE " + table(at, o) + " ADD " + clause(at, o)
}

// table returns the one that has the constraint.
func table(at sdk.Moment, o *sdk.Object) string {
	return partitioning.SQLTable(at, o, attrs(at.Work, o).Partition)
}

func drop(at sdk.Moment, o *sdk.Object) string {
	return "ALTER TABLE " + table(at, o) + " DROP CONSTRAINT " + address.Quote(attrs(at.Work, o).Name)
}

// commented returns the statements that make a constraint.
func commented(at sdk.Moment, o *sdk.Object) []string {
	texts := []string{add(at, o)}
	if c := attrs(at.Work, o); c.Comment != "" {
		texts = append(texts, comment(table(at, o), c))
	}
	return texts
}

func comment(table string, c model.Constraint) string {
	return sdk.Comment("CONSTRAINT "+address.Quote(c.Name)+" ON "+table, c.Comment)
}

func alter(table, schema string, from, to model.Constraint) []string {
	var texts []string
	if from.Name != to.Name {
		texts = append(texts, "ALTER TABLE "+table+" RENAME CONSTRAINT "+address.Quote(from.Name)+" TO "+address.Quote(to.Name))
	}
	if from.Deferrable != to.Deferrable {
		mode := " NOT DEFERRABLE"
		if to.Deferrable != "" {
			mode = deferrable(to)
		}
		texts = append(texts, "ALTER TABLE "+table+" ALTER CONSTRAINT "+address.Quote(to.Name)+mode)
	}
	if from.NotValid && !to.NotValid {
		texts = append(texts, "ALTER TABLE "+table+" VALIDATE CONSTRAINT "+address.Quote(to.Name))
	}
	if from.Comment != to.Comment {
		texts = append(texts, comment(table, to))
	}
	return append(texts, key.Tune(address.Qualify(schema, to.Name), from.Storage, to.Storage)...)
}

// inline returns a constraint as a clause of CREATE TABLE. Of two unique ones over
// the same columns PostgreSQL would keep only the first there, without a word, so
// the other one stays an operation of its own.
func inline(at sdk.Moment, s *state.State, o *sdk.Object) *operation.Inline {
	c := attrs(at.Work, o)
	if c.Partition != nil || c.Comment != "" || c.NotValid {
		return nil
	}
	if c.Type == model.Unique {
		for _, sibling := range s.Children(o.Parent, model.ConstraintKind) {
			other := attrs(at.Work, sibling)
			twin := hasIndex(other) && slices.Equal(c.Fields, other.Fields)
			if twin && (other.Type == model.PrimaryKey || address.Compare(sibling.Address, o.Address) < 0) {
				return nil
			}
		}
	}
	return &operation.Inline{Clause: operation.Clause{SQL: clause(at, o), Group: 1, Rank: o.Rank}}
}
