package model_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/autodetector/detecttest"
	"github.com/whimbreldb/whimbrel/autodetector/detecttest/shop"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A join model with the table of the implicit one keeps the rows.
func TestJoinModelWritten(t *testing.T) {
	t.Parallel()
	many := address.New(model.FieldKind, "shop", "t", "others")
	implicit := func(parent address.Address, rank int) []*state.Object {
		a := many.WithKind(model.ModelKind)
		objects := []*state.Object{shop.Object(a, many, rank, model.Model{Schema: "public", Table: "t_others"})}
		for i, p := range []shop.Part{shop.Field("from", "bigint", shop.Column("t_id")), shop.Field("to", "bigint", shop.Column("other_id"))} {
			objects = append(objects, p(a, i)...)
		}
		return objects
	}
	through := func(path ...string) shop.Part {
		relation := &model.Relation{Many: true, Target: *shop.Model("t")}
		if len(path) > 0 {
			relation.Through = new(address.RefTo(address.New(model.ModelKind, path...)))
		}
		return func(parent address.Address, rank int) []*state.Object {
			return []*state.Object{shop.Object(many, parent, rank, model.Field{Relation: relation})}
		}
	}
	before := shop.State(shop.Table("t", shop.ID(), shop.Key(), through()), implicit)
	after := shop.State(shop.Table("t", shop.ID(), shop.Key(), through("shop", "t_others")),
		shop.Table("t_others", shop.Field("t", "bigint", shop.Column("t_id")), shop.Field("other", "bigint", shop.Column("other_id")), shop.Field("note", "text", shop.Null)))
	rows := "INSERT INTO t_others VALUES (1, 2)"
	for name, s := range map[string]detecttest.Trial{
		"written":           {From: before, To: after, Data: rows, Check: "SELECT t_id = 1 AND other_id = 2 FROM t_others"},
		"no longer written": {From: after, To: before, Data: rows, Check: "SELECT t_id = 1 AND other_id = 2 FROM t_others"},
	} {
		t.Run(name, func(t *testing.T) { t.Parallel(); s.Run(t) })
	}
}
