package domain_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/autodetector"
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

// PostgreSQL looks into no array for a new check or NOT NULL, so the domain is made
// anew there; what is dropped with the domain knows what that was.
func TestDomainsUnderArrays(t *testing.T) {
	t.Parallel()
	integer := func(change func(*model.Domain)) model.Domain {
		d := model.Domain{Type: shop.Type("integer"), Null: true}
		change(&d)
		return d
	}
	above := func(least string) func(*model.Domain) {
		return func(d *model.Domain) { d.Check = new(shop.Op(">", shop.SQL("VALUE"), shop.Num(least))) }
	}
	loose := func(*model.Domain) {}
	list := shop.Default(shop.List(shop.Num("3")))
	using := func(d model.Domain) *state.State {
		return shop.State(shop.Domain("d", d), shop.Table("t", shop.ID(), shop.Key(), shop.Field("a", "domain d[]", list), shop.Field("b", "domain d", shop.Null),
			shop.IndexOn("b"), shop.IndexOn("a")))
	}
	rows := "INSERT INTO t (b) VALUES (5); INSERT INTO t (a) VALUES ('{4,5}')"
	for name, s := range map[string]detecttest.Trial{
		"check changed":    {From: using(integer(above("0"))), To: using(integer(above("1"))), Data: rows},
		"check added":      {From: using(integer(loose)), To: using(integer(above("1"))), Data: rows},
		"check removed":    {From: using(integer(above("1"))), To: using(integer(loose)), Data: rows},
		"not null":         {From: using(integer(loose)), To: using(integer(func(d *model.Domain) { d.Null = false })), Data: "INSERT INTO t (b) VALUES (5)"},
		"null":             {From: using(integer(func(d *model.Domain) { d.Null = false })), To: using(integer(loose)), Data: "INSERT INTO t (b) VALUES (5)"},
		"renamed, checked": {From: using(integer(loose)), To: using(integer(func(d *model.Domain) { above("1")(d); d.Name = "D" })), Data: rows},
		"dropped, and its fields are of the base": {
			From: using(integer(above("1"))), Data: rows,
			To: shop.T(shop.Field("a", "integer[]", list), shop.Field("b", "integer", shop.Null), shop.IndexOn("b"), shop.IndexOn("a")),
		},
		"dropped with its fields": {
			From: shop.State(shop.Domain("d", integer(above("1"))), shop.Table("t", shop.ID(), shop.Key(), shop.Field("a", "domain d[]"), shop.Field("b", "domain d"),
				shop.IndexOn("b"), shop.Check(shop.Op(">", shop.Col("t.b"), shop.Num("2"))))),
			To: shop.T(),
		},
		"an array column comes and one goes": {
			From:    shop.State(shop.Domain("d", integer(above("1"))), shop.Table("t", shop.ID(), shop.Key(), shop.Field("a", "domain d[]", shop.Null))),
			To:      shop.State(shop.Domain("d", integer(above("2"))), shop.Table("t", shop.ID(), shop.Key(), shop.Field("b", "domain d[]", shop.Null))),
			Renames: []autodetector.RenameAnswer{{Old: "t.a"}},
		},
		"a plain column becomes an array": {
			From: shop.State(shop.Domain("d", integer(above("1"))), shop.Table("t", shop.ID(), shop.Key(), shop.Field("a", "domain d", shop.Null))),
			To:   shop.State(shop.Domain("d", integer(above("2"))), shop.Table("t", shop.ID(), shop.Key(), shop.Field("a", "domain d[]", shop.Null))),
			Data: "INSERT INTO t (a) VALUES (5)", Check: "SELECT a = '{5}' FROM t",
		},
	} {
		t.Run(name, func(t *testing.T) { t.Parallel(); s.Run(t) })
	}
}
