package enum_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/autodetector"
	"github.com/whimbreldb/whimbrel/autodetector/detecttest"
	"github.com/whimbreldb/whimbrel/autodetector/detecttest/shop"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

func TestEnumChanges(t *testing.T) {
	t.Parallel()
	size := address.New("enum", "shop", "size")
	pizza := func(e shop.Part, values ...string) *state.State {
		return shop.State(e, shop.Table("t", shop.ID(), shop.Key(),
			shop.Field("size", "enum size", shop.Default(shop.Str(values[0]))),
			shop.Field("sizes", "enum size[]", shop.Default(shop.List(shop.Str(values[0])))),
			shop.Index("some", model.Index{Keys: []model.Key{{Value: shop.Col("t.size")}}, Where: new(shop.Op("!=", shop.Col("t.size"), shop.Str(values[0])))}),
		))
	}
	pair := func(x, y shop.Part) *state.State { return shop.State(x, y, shop.Table("t", shop.Field("c", "enum x"))) }
	rows := "INSERT INTO t DEFAULT VALUES; INSERT INTO t (size) VALUES ('large')"
	for name, s := range map[string]detecttest.Trial{
		"values added": {
			From: pizza(shop.Enum("size", "small", "large"), "small"),
			To:   pizza(shop.Enum("size", "tiny", "mini", "small", "medium", "large", "it's $whimbrel$"), "small"), Data: rows,
			Check: "SELECT enum_range(NULL::size)::text[] = ARRAY['tiny','mini','small','medium','large','it''s $whimbrel$']",
		},
		"value removed with the default": {
			From: pizza(shop.Enum("size", "tiny", "small", "large"), "tiny"), To: pizza(shop.Enum("size", "small", "large"), "small"),
			Data: "INSERT INTO t (size, sizes) VALUES ('large', '{small,large}')", Check: "SELECT sizes[2] = 'large' FROM t",
		},
		"order changed": {
			From: pizza(shop.Enum("size", "large", "small"), "small"), To: pizza(shop.Enum("size", "small", "large"), "small"), Data: rows,
		},
		"value renamed": {
			From: pizza(shop.Enum("size", "tiny", "large"), "tiny"), To: pizza(shop.Enum("size", "small", "large"), "small"),
			Values: map[address.Address]map[string]string{size: {"tiny": "small"}}, Data: rows,
			Check: "SELECT count(*) = 1 FROM t WHERE size = 'small'",
		},
		"renamed, with a value renamed and one removed": {
			From: pizza(shop.Enum("size", "tiny", "large", "huge"), "tiny"), To: pizza(shop.EnumAs("size", "Size", "small", "large"), "small"),
			Values: map[address.Address]map[string]string{size: {"tiny": "small"}}, Data: rows,
		},
		"text becomes enum": {
			From: shop.T(shop.Field("a", "text", shop.Default(shop.Str("x"))), shop.IndexOn("a")),
			To:   shop.State(shop.Enum("size", "x", "y"), shop.Table("t", shop.ID(), shop.Key(), shop.Field("a", "enum size", shop.Default(shop.Str("x"))), shop.IndexOn("a"))),
			Data: "INSERT INTO t DEFAULT VALUES",
		},
		"enum becomes another": {
			From: shop.State(shop.Enum("old", "x", "z"), shop.Table("t", shop.ID(), shop.Key(), shop.Field("a", "enum old", shop.Default(shop.Str("x"))))),
			To:   shop.State(shop.Enum("size", "x", "y"), shop.Table("t", shop.ID(), shop.Key(), shop.Field("a", "enum size", shop.Default(shop.Str("x"))))),
			Data: "INSERT INTO t DEFAULT VALUES", Renames: []autodetector.RenameAnswer{{Old: "old"}},
		},
		"names exchanged, and a value added": {
			From: pair(shop.EnumAs("x", "a", "1"), shop.EnumAs("y", "b", "2")),
			To:   pair(shop.EnumAs("x", "b", "1", "3"), shop.EnumAs("y", "a", "2")),
			Data: "INSERT INTO t VALUES ('1')", Check: "SELECT c = '1' FROM t;\nSELECT enum_range(NULL::b)::text = '{1,3}'",
		},
		"names exchanged, and a value removed": {
			From: pair(shop.EnumAs("x", "a", "1", "3"), shop.EnumAs("y", "b", "2")),
			To:   pair(shop.EnumAs("x", "b", "1"), shop.EnumAs("y", "a", "2")),
			Data: "INSERT INTO t VALUES ('1')", Check: "SELECT c = '1' FROM t;\nSELECT enum_range(NULL::b)::text = '{1}'",
		},
	} {
		t.Run(name, func(t *testing.T) { t.Parallel(); s.Run(t) })
	}
}
