package model_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/autodetector"
	"github.com/whimbreldb/whimbrel/autodetector/detecttest"
	"github.com/whimbreldb/whimbrel/autodetector/detecttest/shop"
	"github.com/whimbreldb/whimbrel/core/model"
)

func TestModelChanges(t *testing.T) {
	t.Parallel()
	named := func(m model.Model, parts ...shop.Part) shop.Part {
		return shop.TableAs(m, "t", append([]shop.Part{shop.ID(), shop.Key()}, parts...)...)
	}
	for name, s := range map[string]detecttest.Trial{
		"comment": {
			From: shop.State(named(model.Model{Schema: "public", Table: "t"})),
			To:   shop.State(named(model.Model{Schema: "public", Table: "t", Comment: "it's"})),
		},
		"table renamed and moved to a new schema": {
			From: shop.State(named(model.Model{Schema: "public", Table: "t"}, shop.Field("a", "integer"), shop.IndexOn("a"))),
			To: shop.State(shop.Schema("New"), named(model.Model{Schema: "New", Table: "T \"x\""},
				shop.Field("a", "bigint"), shop.IndexOn("a"), shop.Field("b", "integer", shop.Null))),
			Data: "INSERT INTO t (a) VALUES (1)", Check: `SELECT count(*) = 1 FROM "New"."T ""x"""`,
		},
		"names exchanged": {
			From: shop.State(twin("a", "integer"), twin("b", "text"), shop.Enum("x", "1"), shop.Enum("y", "2")),
			To:   shop.State(twin("a", "text"), twin("b", "integer"), shop.Enum("x", "2"), shop.Enum("y", "1")),
			Data: "INSERT INTO a (v) VALUES (5)",
			Renames: []autodetector.RenameAnswer{
				{Old: "a", New: "b"}, {Old: "b", New: "a"}, {Old: "x", New: "y"}, {Old: "y", New: "x"},
			},
			Check: "SELECT v = 5 FROM b",
		},
		"hostile names": {
			From: shop.State(shop.TableAs(model.Model{Schema: "public", Table: "select"}, "t", shop.ID(), shop.Key())),
			To:   shop.State(shop.TableAs(model.Model{Schema: "public", Table: "a'b\\c"}, "t", shop.ID(), shop.Key(), shop.Field("A%s b", "integer", shop.Identity("s\"q")))),
		},
		"dropped with what refers to it": {
			From: shop.State(shop.Table("t", shop.ID(), shop.Key()), shop.Child("bigint")), To: shop.State(),
			Data: "INSERT INTO t DEFAULT VALUES",
		},
	} {
		t.Run(name, func(t *testing.T) { t.Parallel(); s.Run(t) })
	}
}

// twin is a table whose parts are named after it.
func twin(name, sql string) shop.Part {
	return shop.Table(name, shop.Field("id", "bigint", shop.Identity(name+"_id_seq")), shop.Field("v", sql),
		shop.Constraint("pkey", model.Constraint{Type: model.PrimaryKey, Fields: shop.Refs(name + ".id")}),
		shop.Index("by_v", model.Index{Keys: []model.Key{{Value: shop.Col(name + ".v")}}}))
}
