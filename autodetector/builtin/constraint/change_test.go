package constraint_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/autodetector/detecttest"
	"github.com/whimbreldb/whimbrel/autodetector/detecttest/shop"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

func TestConstraintChanges(t *testing.T) {
	t.Parallel()
	fk := func(c model.Constraint) *state.State {
		c.Type, c.Fields, c.Target, c.TargetFields = model.ForeignKey, shop.Refs("c.t"), shop.Model("t"), shop.Refs("t.id")
		return shop.State(shop.Table("t", shop.ID(), shop.Key()), shop.Table("c", shop.Field("t", "bigint"), shop.Constraint("t_fkey", c)))
	}
	ranged := func(parts ...shop.Part) *state.State {
		return shop.T(append([]shop.Part{shop.Field("a", "integer"), shop.Field("b", "integer", shop.Null), shop.Field("r", "int4range", shop.Null)}, parts...)...)
	}
	for name, s := range map[string]detecttest.Trial{
		"deferrability":     {From: fk(model.Constraint{}), To: fk(model.Constraint{Deferrable: "deferred"})},
		"foreign key rules": {From: fk(model.Constraint{}), To: fk(model.Constraint{OnDelete: "cascade", OnUpdate: "restrict"})},
		"primary key moves to other fields under a foreign key": {
			From: shop.State(shop.Table("t", shop.Field("id", "bigint"), shop.Field("b", "integer"), shop.Key()), shop.Child("bigint")),
			To: shop.State(shop.Table("t", shop.Field("id", "bigint"), shop.Field("b", "integer"),
				shop.Constraint("pkey", model.Constraint{Type: model.PrimaryKey, Fields: shop.Refs("t.id"), Include: shop.Refs("t.b")})), shop.Child("bigint")),
		},
		"every kind": {
			From: ranged(), To: ranged(
				shop.Constraint("u", model.Constraint{Type: model.Unique, Fields: shop.Refs("t.a", "t.b"), NullsNotDistinct: true, Include: shop.Refs("t.id"), Deferrable: "immediate"}),
				shop.Constraint("e", model.Constraint{
					Type: model.Exclude, Method: "gist", Where: new(shop.Op(">", shop.Col("t.a"), shop.Num("1"))),
					Keys: []model.Key{{Value: shop.Col("t.r"), Operator: "&&"}},
				}),
			),
		},
		"labels change": {
			From: ranged(shop.Constraint("u", model.Constraint{Type: model.Unique, Fields: shop.Refs("t.a")}), checkPositive()),
			To:   ranged(shop.Constraint("u2", model.Constraint{Type: model.Unique, Fields: shop.Refs("t.a")}), checkPositive()),
		},
	} {
		t.Run(name, func(t *testing.T) { t.Parallel(); s.Run(t) })
	}
}

func checkPositive() shop.Part {
	return shop.Check(shop.Op(">", shop.Col("t.a"), shop.Num("0")))
}
