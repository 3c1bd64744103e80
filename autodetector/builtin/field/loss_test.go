package field_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/autodetector/detecttest"
	"github.com/whimbreldb/whimbrel/autodetector/detecttest/shop"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/model"
)

// What users write after a change may not survive the way back. Until they have, it
// is free.
func TestLaterValues(t *testing.T) {
	t.Parallel()
	seven := shop.Default(shop.Num("7"))
	doubled := func(f *model.Field) { shop.Generated(shop.Op("*", shop.Col("t.a"), shop.Num("2")))(f) }
	for name, s := range map[string]detecttest.Trial{
		"generated becomes plain": {
			From: shop.T(shop.Field("a", "integer"), shop.Field("c", "integer", doubled)), To: shop.T(shop.Field("a", "integer"), shop.Field("c", "integer")),
			Data: "INSERT INTO t (a) VALUES (1)", Later: "UPDATE t SET c = 99",
		},
		"generated becomes plain of another type": {
			From: shop.T(shop.Field("a", "integer"), shop.Field("c", "integer", doubled)), To: shop.T(shop.Field("a", "integer"), shop.Field("c", "text")),
			Data: "INSERT INTO t (a) VALUES (1)", Later: "UPDATE t SET c = 'more'",
		},
		"nullable after a default": {
			From: shop.T(shop.Field("c", "integer", seven)), To: shop.T(shop.Field("c", "integer", seven, shop.Null)),
			Data: "INSERT INTO t DEFAULT VALUES", Later: "UPDATE t SET c = NULL",
		},
		"field with a default": {
			From: shop.T(), To: shop.T(shop.Field("c", "integer", seven)), Data: "INSERT INTO t DEFAULT VALUES", Later: "UPDATE t SET c = 8",
		},
		"identity": {
			From: shop.T(), To: shop.T(shop.Field("n", "bigint", shop.Identity("t_n_seq"))), Later: "INSERT INTO t DEFAULT VALUES",
		},
		"arrays of more digits": retyped("numeric(8,1)[]", "numeric(8,4)[]", "{1.5}", "{1.55}"),
		"arrays of doubles":     retyped("real[]", "double precision[]", "{1.5}", "{0.1234567890123}"),
		"money to numeric":      retyped("money", "numeric(12,4)", "1.50", "1.5001"),
		"box to polygon":        retyped("box", "polygon", "(1,1),(0,0)", "((0,0),(1,3),(2,0))"),
		"jsonb to json":         retyped("jsonb", "json", `{"a": 1}`, `{"b": 1, "a": 2, "a": 3}`),
		"date to timestamp":     retyped("date", "timestamp", "2024-05-06", "2024-05-06 07:08"),
		"integer to numeric":    retyped("integer", "numeric", "12", "12.5"),
		"integer to an array":   retyped("integer", "integer[]", "12", "{1,2}"),
		"seconds of interval":   retyped("interval second(0)", "interval", "5", "00:00:05.5"),
		"cidr to inet":          retyped("cidr", "inet", "10.0.0.0/8", "10.1.2.3/8"),
		"time to timestamp":     retyped("time", "timestamp", "10:30", "2024-05-06 10:30"),
		"char to varchar":       retyped("char(5)", "varchar(5)", "a", "a "),
		"date to text":          retyped("date", "text", "2024-05-06", "2024-05-06 10:30"),
		"numeric without limit": retyped("numeric(8,2)", "numeric", "1.5", "1.505"),
		"real to numeric":       retyped("real", "numeric(12,6)", "0.1", "1234.123456"),
		"smallint to boolean":   retyped("boolean", "smallint", "t", "2"),
	} {
		t.Run(name, func(t *testing.T) { t.Parallel(); s.Run(t) })
	}
}

// retyped is a field of another type, with a value before the change and one after it.
func retyped(from, to, before, after string) detecttest.Trial {
	return detecttest.Trial{
		From: shop.T(shop.Field("c", from)), To: shop.T(shop.Field("c", to)), Defaults: map[string]expression.Node{},
		Data: "INSERT INTO t (c) VALUES ('" + before + "')", Later: "UPDATE t SET c = '" + after + "'",
	}
}
