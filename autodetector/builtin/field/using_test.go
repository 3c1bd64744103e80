package field_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/autodetector/detecttest"
	"github.com/whimbreldb/whimbrel/autodetector/detecttest/shop"
	"github.com/whimbreldb/whimbrel/core/expression"
)

// What PostgreSQL does not convert becomes what the user says, or is given up. The way
// back is refused as soon as there is a value.
func TestUsing(t *testing.T) {
	t.Parallel()
	sizes := shop.Enum("size", "small", "large")
	for name, s := range map[string]detecttest.Trial{
		"an expression over the field": {
			From: shop.T(shop.Field("c", "integer", shop.Null)), To: shop.State(sizes, shop.Table("t", shop.ID(), shop.Key(), shop.Field("c", "enum size", shop.Null))),
			Data: "INSERT INTO t (c) VALUES (20)", Usings: map[string]string{"t.c": `value > 10 ? "large" : "small"`}, Check: "SELECT c = 'large' FROM t",
		},
		"SQL": {
			From: shop.T(shop.Field("c", "bigint", shop.Null)), To: shop.T(shop.Field("c", "uuid", shop.Null)),
			Data: "INSERT INTO t (c) VALUES (255)", Usings: map[string]string{"shop.t.c": `sql("lpad(to_hex(c), 32, '0')::uuid")`},
			Check: "SELECT c = '000000000000000000000000000000ff' FROM t",
		},
		"a renamed column": {
			From: shop.T(shop.Field("c", "bigint", shop.Null, shop.Column("c_id"))), To: shop.T(shop.Field("c", "uuid", shop.Null)),
			Data: "INSERT INTO t (c_id) VALUES (255)", Usings: map[string]string{"t.c": `cast(lpad(cast(c, text), 32, "0"), uuid)`},
			Check: "SELECT c = '00000000000000000000000000000255' FROM t",
		},
		"a default stands in on the way back": {
			From: shop.T(shop.Field("c", "integer", shop.Default(shop.Num("3")))), To: shop.T(shop.Field("c", "uuid")),
			Usings: map[string]string{"t.c": `gen_random_uuid()`}, Data: "INSERT INTO t DEFAULT VALUES", Check: "SELECT c IS NOT NULL FROM t",
		},
		"values given up": {
			From: shop.T(shop.Field("c", "jsonb"), shop.IndexOn("c")), To: shop.T(shop.Field("c", "text[]"), shop.IndexOn("c")),
			Usings: map[string]string{"t.c": ""}, Defaults: map[string]expression.Node{"shop.t.c": shop.List(shop.Str("x"))}, Check: "SELECT count(*) = 0 FROM t",
		},
		"another time zone": {
			From: shop.T(shop.Field("c", "timestamp")), To: shop.T(shop.Field("c", "timestamptz")), Data: "INSERT INTO t (c) VALUES ('2024-05-06 07:08')",
			Usings: map[string]string{"t.c": `timezone("Asia/Tokyo", c)`}, Check: "SELECT c = '2024-05-05 22:08+00' FROM t",
		},
		"too long for it": {
			From: shop.T(shop.Field("c", "integer")), To: shop.T(shop.Field("c", "varchar(3)")), Data: "INSERT INTO t (c) VALUES (1234)",
			Usings: map[string]string{"t.c": `concat(c, "")`}, Refused: "value too long",
		},
		"more than a part of it": {
			From: shop.T(shop.Field("c", "text")), To: shop.T(shop.Field("c", "varchar(3)[]")), Data: "INSERT INTO t (c) VALUES ('{abcd}')", Refused: "value too long",
		},
	} {
		t.Run(name, func(t *testing.T) { t.Parallel(); s.Run(t) })
	}
}
