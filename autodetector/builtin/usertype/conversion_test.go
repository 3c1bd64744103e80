package usertype_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/autodetector/detecttest"
	"github.com/whimbreldb/whimbrel/autodetector/detecttest/shop"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

// The columns of a type that is made anew are converted with the dimensions that
// they have at that time, both ways.
func TestTypesUnderArrays(t *testing.T) {
	t.Parallel()
	list := shop.List(shop.Num("1"), shop.Num("2"))
	points := func(sql string) *state.State {
		return shop.State(shop.Domain("points", model.Domain{Type: shop.Type(sql), Null: true}), shop.Table("t", shop.ID(), shop.Key(), shop.Field("a", "domain points[]", shop.Default(list))))
	}
	sizes := func(sql string, values ...string) *state.State {
		return shop.State(shop.Enum("size", values...), shop.Table("t", shop.ID(), shop.Key(), shop.Field("a", sql)))
	}
	for name, s := range map[string]detecttest.Trial{
		"array of a domain": {From: points("integer"), To: points("bigint"), Data: "INSERT INTO t DEFAULT VALUES", Check: "SELECT a = '{1,2}' FROM t"},
		"a column becomes an array while its enum grows": {
			From: sizes("enum size", "s", "l"), To: sizes("enum size[]", "s", "m", "l"),
			Data: "INSERT INTO t (a) VALUES ('l')", Check: "SELECT a = '{l}' FROM t",
		},
	} {
		t.Run(name, func(t *testing.T) { t.Parallel(); s.Run(t) })
	}
}
