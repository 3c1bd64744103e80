package constraint_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/autodetector/detecttest"
	"github.com/whimbreldb/whimbrel/autodetector/detecttest/shop"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A foreign key rests on any key over its target's columns, so that none of them
// can be dropped while it is there.
func TestKeysUnderForeignKeys(t *testing.T) {
	t.Parallel()
	unique := shop.Constraint("u", model.Constraint{Type: model.Unique, Fields: shop.Refs("t.id")})
	other := shop.Constraint("pkey", model.Constraint{Type: model.PrimaryKey, Fields: shop.Refs("t.b")})
	keyed := func(keys ...shop.Part) *state.State {
		c := model.Constraint{Type: model.ForeignKey, Fields: shop.Refs("c.t"), Target: shop.Model("t"), TargetFields: shop.Refs("t.id")}
		return shop.State(shop.Table("t", append([]shop.Part{shop.Field("id", "bigint"), shop.Field("b", "integer")}, keys...)...),
			shop.Table("c", shop.Field("t", "bigint"), shop.Constraint("t_fkey", c)))
	}
	rows := "INSERT INTO t VALUES (1, 2); INSERT INTO c VALUES (1)"
	for name, s := range map[string]detecttest.Trial{
		"a unique constraint takes the place of the primary key": {From: keyed(shop.Key()), To: keyed(unique, other), Data: rows},
		"and the other way round":                                {From: keyed(unique, other), To: keyed(shop.Key()), Data: rows},
	} {
		t.Run(name, func(t *testing.T) { t.Parallel(); s.Run(t) })
	}
}
