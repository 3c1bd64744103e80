package domain_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/autodetector/detecttest"
	"github.com/whimbreldb/whimbrel/autodetector/detecttest/shop"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

func TestDomainChanges(t *testing.T) {
	t.Parallel()
	positive := func(check expression.Node) *expression.Node { return &check }
	using := func(d model.Domain) *state.State {
		return shop.State(shop.Domain("d", d), shop.Table("t", shop.ID(), shop.Key(), shop.Field("a", "domain d", shop.Null), checkPositive()))
	}
	value0 := shop.SQL("VALUE")
	for name, s := range map[string]detecttest.Trial{
		"altered": {
			From: using(model.Domain{Type: shop.Type("integer"), Check: positive(shop.Op(">", value0, shop.Num("0")))}),
			To: using(model.Domain{
				Type: shop.Type("integer"), Check: positive(shop.Op(">=", value0, shop.Num("0"))), Default: new(shop.Num("2")), Null: true,
				Comment: "d",
			}),
			Data: "INSERT INTO t (a) VALUES (1)",
		},
		"renamed": {
			From: using(model.Domain{Type: shop.Type("integer"), Check: positive(shop.Op(">", value0, shop.Num("0")))}),
			To:   using(model.Domain{Name: "D", Type: shop.Type("integer"), Check: positive(shop.Op(">", value0, shop.Num("0")))}),
		},
		"renamed and altered": {
			From: using(model.Domain{Type: shop.Type("integer"), Default: new(shop.Num("7"))}),
			To:   using(model.Domain{Name: "D", Type: shop.Type("integer"), Check: positive(shop.Op(">", value0, shop.Num("0"))), Comment: "d"}),
		},
		"renamed and unchecked": {
			From: using(model.Domain{Type: shop.Type("integer"), Check: positive(shop.Op(">", value0, shop.Num("0")))}),
			To:   using(model.Domain{Name: "D", Type: shop.Type("bigint"), Null: true}),
		},
		"type changed": {
			From: using(model.Domain{Type: shop.Type("integer"), Check: positive(shop.Op(">", value0, shop.Num("0")))}),
			To:   using(model.Domain{Type: shop.Type("numeric(8,2)"), Default: new(shop.Num("2"))}),
			Data: "INSERT INTO t (a) VALUES (1)",
		},
	} {
		t.Run(name, func(t *testing.T) { t.Parallel(); s.Run(t) })
	}
}

func checkPositive() shop.Part {
	return shop.Check(shop.Op(">", shop.Col("t.a"), shop.Num("0")))
}
