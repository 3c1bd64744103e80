package index_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/autodetector/detecttest"
	"github.com/whimbreldb/whimbrel/autodetector/detecttest/shop"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

func TestIndexChanges(t *testing.T) {
	t.Parallel()
	indexed := func(parts ...shop.Part) *state.State {
		return shop.T(append([]shop.Part{shop.Field("a", "integer"), shop.Field("b", "integer", shop.Null)}, parts...)...)
	}
	for name, s := range map[string]detecttest.Trial{
		"every clause": {
			From: indexed(), To: indexed(
				shop.Index("i", model.Index{
					Unique: true, NullsNotDistinct: true, Where: new(shop.Op("!=", shop.Col("t.b"), expression.Node{Kind: expression.Null})),
					Include: shop.Refs("t.id"), Keys: []model.Key{
						{Value: shop.Op("+", shop.Col("t.a"), shop.Num("1")), Desc: true, Nulls: "last"},
						{Value: shop.Call("lower", shop.Call("concat", shop.Col("t.a"), shop.Str("x"))), Opclass: "text_pattern_ops", Collate: "C"},
						{Value: shop.SQL("abs(b)")},
					},
				}),
				shop.Index("h", model.Index{Method: "hash", Keys: []model.Key{{Value: shop.Col("t.a")}}}),
			),
		},
		"another label": {
			From: indexed(shop.IndexOn("a")), To: indexed(shop.Index("i2", model.Index{Keys: []model.Key{{Value: shop.Col("t.a")}}})),
		},
		"another key": {
			From: indexed(shop.Index("i", model.Index{Keys: []model.Key{{Value: shop.Col("t.a")}}})),
			To:   indexed(shop.Index("i", model.Index{Keys: []model.Key{{Value: shop.Col("t.b")}}})),
		},
	} {
		t.Run(name, func(t *testing.T) { t.Parallel(); s.Run(t) })
	}
}
