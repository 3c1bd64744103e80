package shop

import (
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

// T is a state with one model named t, which has a key and the given parts.
func T(parts ...Part) *state.State {
	return State(Table("t", append([]Part{ID(), Key()}, parts...)...))
}

// ID is the field of t that Key is over.
func ID() Part { return Field("id", "bigint", Identity("t_id_seq")) }

// Key is the primary key of t.
func Key() Part {
	return Constraint("pkey", model.Constraint{Type: model.PrimaryKey, Fields: Refs("t.id")})
}

// IndexOn is an index of t over one field.
func IndexOn(field string) Part {
	return Index("by_"+field, model.Index{Keys: []model.Key{{Value: Col("t." + field)}}})
}

// Check is a check of a model, with the label sane.
func Check(n expression.Node) Part {
	return Constraint("sane", model.Constraint{Type: model.Check, Check: &n})
}

// Child is a model c with a foreign key to t, of a type as Type reads it.
func Child(typ string) Part {
	return Table("c", Field("t", typ), Constraint("t_fkey", model.Constraint{
		Type: model.ForeignKey, Fields: Refs("c.t"), Target: Model("t"), TargetFields: Refs("t.id"), OnDelete: "cascade",
	}))
}
