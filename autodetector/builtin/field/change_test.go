package field_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/autodetector"
	"github.com/whimbreldb/whimbrel/autodetector/detecttest"
	"github.com/whimbreldb/whimbrel/autodetector/detecttest/shop"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/model"
)

func TestFieldChanges(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]detecttest.Trial{
		"added and dropped": {
			From: shop.T(shop.Field("a", "text")), To: shop.T(shop.Field("b", "varchar(3)", shop.Null, func(f *model.Field) { f.Comment = "it's b" })),
			Renames: []autodetector.RenameAnswer{{Old: "t.a"}},
		},
		"added not null with a one-off value": {
			From: shop.T(), To: shop.T(shop.Field("n", "integer")), Defaults: map[string]expression.Node{"shop.t.n": shop.Num("7")},
			Data: "INSERT INTO t DEFAULT VALUES", Check: "SELECT n = 7 FROM t",
		},
		"renamed": {
			From: shop.T(shop.Field("a", "integer"), shop.Index("by_a", model.Index{Keys: []model.Key{{Value: shop.Col("t.a")}}})),
			To:   shop.T(shop.Field("b", "integer"), shop.Index("by_b", model.Index{Keys: []model.Key{{Value: shop.Col("t.b")}}})),
			Data: "INSERT INTO t (a) VALUES (5)", Renames: []autodetector.RenameAnswer{{Old: "t.a", New: "b"}}, Check: "SELECT b = 5 FROM t",
		},
		"names exchanged": {
			From: shop.T(shop.Field("a", "integer"), shop.Field("b", "text"), shop.IndexOn("a"), shop.IndexOn("b")),
			To:   shop.T(shop.Field("a", "text"), shop.Field("b", "bigint"), shop.IndexOn("a"), shop.IndexOn("b")),
			Data: "INSERT INTO t (a, b) VALUES (5, 'x')", Renames: []autodetector.RenameAnswer{{Old: "t.a", New: "b"}, {Old: "t.b", New: "a"}},
			Check: "SELECT b = 5 AND a = 'x' FROM t",
		},
		"foreign key becomes not null while its check waits": {
			From: shop.State(shop.Table("t", shop.Field("id", "integer"), shop.Key()), deferred(shop.Null)),
			To:   shop.State(shop.Table("t", shop.Field("id", "integer"), shop.Key()), deferred()), Defaults: map[string]expression.Node{"shop.c.t": shop.Num("1")},
			Data: "INSERT INTO t VALUES (1); INSERT INTO c VALUES (NULL)", Check: "SELECT t = 1 FROM c",
		},
		"varchar to text under an index and a check": {
			From: shop.T(shop.Field("a", "varchar(30)", shop.Default(shop.Str("new"))), checkIn("x", "y")),
			To:   shop.T(shop.Field("a", "text", shop.Default(shop.Str("new"))), checkIn("x", "y")),
			Data: "INSERT INTO t (a) VALUES ('x')",
		},
		"text to jsonb": {
			From: shop.T(shop.Field("a", "text")), To: shop.T(shop.Field("a", "jsonb")),
			Data: `INSERT INTO t (a) VALUES ('{"b": 1}')`, Check: "SELECT a ->> 'b' = '1' FROM t",
		},
		"boolean to bigint": {
			From: shop.T(shop.Field("a", "boolean", shop.Default(expression.Node{Kind: expression.Bool, Text: "true"}))),
			To:   shop.T(shop.Field("a", "bigint", shop.Default(shop.Num("1")))),
			Data: `INSERT INTO t (a) VALUES (true), (false)`, Check: "SELECT sum(a) = 1 FROM t",
		},
		"text[] to integer[]": {
			From: shop.T(shop.Field("a", "text[]", shop.Default(shop.List(shop.Str("1"))))),
			To:   shop.T(shop.Field("a", "integer[]", shop.Default(shop.List(shop.Num("1"))))),
			Data: `INSERT INTO t DEFAULT VALUES`, Check: "SELECT a = ARRAY[1] FROM t",
		},
		"integer to integer[]": {
			From: shop.T(shop.Field("a", "integer")), To: shop.T(shop.Field("a", "integer[]")),
			Data: `INSERT INTO t (a) VALUES (1)`, Check: "SELECT a = ARRAY[1] FROM t",
		},
		"timestamptz to date and numeric to integer": {
			From: shop.T(shop.Field("a", "timestamptz"), shop.Field("b", "numeric(8,2)")), To: shop.T(shop.Field("a", "date"), shop.Field("b", "integer")),
			Data: `INSERT INTO t (a, b) VALUES (now(), 2.5)`,
		},
		"numeric grows under a check": {
			From: shop.T(shop.Field("a", "numeric(6,2)", shop.Default(shop.Num("0.50"))), shop.Check(shop.Op("<", shop.Col("t.a"), shop.Num("9.99")))),
			To:   shop.T(shop.Field("a", "numeric(12,4)", shop.Default(shop.Num("0.50"))), shop.Check(shop.Op("<", shop.Col("t.a"), shop.Num("9.99")))),
			Data: `INSERT INTO t (a) VALUES (2.5)`,
		},
		"a type that says more than its name": {
			From: shop.T(shop.Field("a", "text"), shop.Field("b", `text COLLATE "C"`)),
			To:   shop.T(shop.Field("a", `text COLLATE "C"`), shop.Field("b", "varchar(9)"), shop.Field("c", `varchar(9) COLLATE "C"`, shop.Null)),
			Data: `INSERT INTO t (a, b) VALUES ('x', 'y')`, Check: "SELECT a = 'x' AND b = 'y' FROM t",
		},
		"null to not null with a default": {
			From: shop.T(shop.Field("a", "integer", shop.Null)), To: shop.T(shop.Field("a", "integer", shop.Default(shop.Num("3")))),
			Data: `INSERT INTO t (a) VALUES (NULL)`, Check: "SELECT a = 3 FROM t",
		},
		"null to not null with an answer": {
			From: shop.T(shop.Field("a", "integer", shop.Null)), To: shop.T(shop.Field("a", "integer")),
			Defaults: map[string]expression.Node{"shop.t.a": shop.Num("4")},
			Data:     `INSERT INTO t (a) VALUES (NULL)`, Check: "SELECT a = 4 FROM t",
		},
		"default comes, changes and goes": {
			From: shop.T(shop.Field("a", "date", shop.Default(shop.Call("current_date"))), shop.Field("b", "text"), shop.Field("c", "text", shop.Default(shop.Str("x")))),
			To:   shop.T(shop.Field("a", "date", shop.Default(shop.SQL("CURRENT_DATE + 1"))), shop.Field("b", "text", shop.Default(shop.Call("upper", shop.Str("a")))), shop.Field("c", "text")),
		},
		"identity comes": {
			From: shop.T(shop.Field("n", "integer", shop.Null, shop.Default(shop.Num("1")))), To: shop.T(shop.Field("n", "bigint", shop.Identity("t_n_seq"))),
			Data: "INSERT INTO t (n) VALUES (41), (NULL)", Check: "SELECT max(n) = 42 FROM t",
			Defaults: map[string]expression.Node{},
		},
		"identity becomes always": {
			From: shop.T(), To: shop.State(shop.Table("t", shop.Field("id", "integer", func(f *model.Field) { f.Identity, f.Sequence = "always", "t_id_seq" }), shop.Key())),
		},
		"collation": {
			From: shop.T(shop.Field("a", "text", shop.Null), shop.Index("by_a", model.Index{Keys: []model.Key{{Value: shop.Col("t.a")}}})),
			To: shop.T(shop.Field("a", "text", shop.Null, func(f *model.Field) { f.Collate = "C" }),
				shop.Index("by_a", model.Index{Keys: []model.Key{{Value: shop.Col("t.a")}}})),
		},
		"generated changes and follows the type of its source": {
			From: shop.T(shop.Field("a", "integer"), shop.Field("g", "integer", shop.Generated(shop.Op("+", shop.Col("t.a"), shop.Num("1"))))),
			To:   shop.T(shop.Field("a", "bigint"), shop.Field("g", "bigint", shop.Generated(shop.Op("+", shop.Col("t.a"), shop.Num("2"))))),
			Data: "INSERT INTO t (a) VALUES (1)", Check: "SELECT g = 3 FROM t",
		},
		"generated is made again for its source alone": {
			From: shop.T(shop.Field("a", "varchar(9)"), shop.Field("g", "text", shop.Generated(shop.Call("lower", shop.Col("t.a"))), shop.Null), shop.IndexOn("g")),
			To:   shop.T(shop.Field("a", "text"), shop.Field("g", "text", shop.Generated(shop.Call("lower", shop.Col("t.a"))), shop.Null), shop.IndexOn("g")),
			Data: "INSERT INTO t (a) VALUES ('A')", Check: "SELECT g = 'a' FROM t",
		},
		"generated becomes plain": {
			From: shop.T(shop.Field("a", "integer"), shop.Field("g", "integer", shop.Generated(shop.Op("+", shop.Col("t.a"), shop.Num("1")))), shop.IndexOn("g")),
			To:   shop.T(shop.Field("a", "integer"), shop.Field("g", "bigint", shop.Default(shop.Num("0"))), shop.IndexOn("g")),
			Data: "INSERT INTO t (a) VALUES (1)", Check: "SELECT g = 2 FROM t",
		},
		"plain becomes generated": {
			From: shop.T(shop.Field("a", "integer"), shop.Field("g", "integer")),
			To:   shop.T(shop.Field("a", "integer"), shop.Field("g", "integer", shop.Generated(shop.Op("+", shop.Col("t.a"), shop.Num("1"))))),
			Data: "INSERT INTO t (a, g) VALUES (1, 5)", Check: "SELECT g = 2 FROM t",
		},
		"types of a foreign key and its target": {
			From: shop.State(shop.Table("t", shop.Field("id", "integer"), shop.Key()), shop.Child("integer")),
			To:   shop.State(shop.Table("t", shop.Field("id", "bigint"), shop.Key()), shop.Child("bigint")),
			Data: "INSERT INTO t VALUES (1); INSERT INTO c VALUES (1)",
		},
	} {
		t.Run(name, func(t *testing.T) { t.Parallel(); s.Run(t) })
	}
}

func checkIn(values ...string) shop.Part {
	list := expression.Node{Kind: expression.List}
	for _, v := range values {
		list.Args = append(list.Args, shop.Str(v))
	}
	return shop.Check(shop.Call("in", shop.Col("t.a"), list))
}

func deferred(changes ...func(*model.Field)) shop.Part {
	return shop.Table("c", shop.Field("t", "integer", changes...), shop.Constraint("t_fkey", model.Constraint{
		Type: model.ForeignKey, Fields: shop.Refs("c.t"), Target: shop.Model("t"), TargetFields: shop.Refs("t.id"), Deferrable: "deferred",
	}))
}
