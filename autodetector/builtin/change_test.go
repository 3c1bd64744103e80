package builtin_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/autodetector"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

func id() part { return field("id", "bigint", identity("t_id_seq")) }

func key() part {
	return constraint("pkey", model.Constraint{Type: model.PrimaryKey, Fields: refs("t.id")})
}

// t is a state with a table t of the given parts besides its primary key.
func tableT(parts ...part) *state.State {
	return build(table("t", append([]part{id(), key()}, parts...)...))
}

func TestFieldChanges(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]step{
		"added and dropped": {
			from: tableT(field("a", "text")), to: tableT(field("b", "varchar(3)", null, func(f *model.Field) { f.Comment = "it's b" })),
			renames: []autodetector.RenameAnswer{{Old: "t.a"}},
		},
		"added not null with a one-off value": {
			from: tableT(), to: tableT(field("n", "integer")), defaults: map[string]expression.Node{"shop.t.n": num("7")},
			data: "INSERT INTO t DEFAULT VALUES", check: "SELECT n = 7 FROM t",
		},
		"renamed": {
			from: tableT(field("a", "integer"), index("by_a", model.Index{Keys: []model.Key{{Value: col("t.a")}}})),
			to:   tableT(field("b", "integer"), index("by_b", model.Index{Keys: []model.Key{{Value: col("t.b")}}})),
			data: "INSERT INTO t (a) VALUES (5)", renames: []autodetector.RenameAnswer{{Old: "t.a", New: "b"}}, check: "SELECT b = 5 FROM t",
		},
		"names exchanged": {
			from: tableT(field("a", "integer"), field("b", "text"), indexOn("a"), indexOn("b")),
			to:   tableT(field("a", "text"), field("b", "bigint"), indexOn("a"), indexOn("b")),
			data: "INSERT INTO t (a, b) VALUES (5, 'x')", renames: []autodetector.RenameAnswer{{Old: "t.a", New: "b"}, {Old: "t.b", New: "a"}},
			check: "SELECT b = 5 AND a = 'x' FROM t",
		},
		"foreign key becomes not null while its check waits": {
			from: build(table("t", field("id", "integer"), key()), deferred(null)),
			to:   build(table("t", field("id", "integer"), key()), deferred()), defaults: map[string]expression.Node{"shop.c.t": num("1")},
			data: "INSERT INTO t VALUES (1); INSERT INTO c VALUES (NULL)", check: "SELECT t = 1 FROM c",
		},
		"varchar to text under an index and a check": {
			from: tableT(field("a", "varchar(30)", value(str("new"))), checkIn("x", "y")),
			to:   tableT(field("a", "text", value(str("new"))), checkIn("x", "y")),
			data: "INSERT INTO t (a) VALUES ('x')",
		},
		"text to jsonb": {
			from: tableT(field("a", "text")), to: tableT(field("a", "jsonb")),
			data: `INSERT INTO t (a) VALUES ('{"b": 1}')`, check: "SELECT a ->> 'b' = '1' FROM t",
		},
		"boolean to bigint": {
			from: tableT(field("a", "boolean", value(expression.Node{Kind: expression.Bool, Text: "true"}))),
			to:   tableT(field("a", "bigint", value(num("1")))),
			data: `INSERT INTO t (a) VALUES (true), (false)`, check: "SELECT sum(a) = 1 FROM t",
		},
		"text[] to integer[]": {
			from: tableT(field("a", "text[]", value(expression.Node{Kind: expression.List, Args: []expression.Node{str("1")}}))),
			to:   tableT(field("a", "integer[]", value(expression.Node{Kind: expression.List, Args: []expression.Node{num("1")}}))),
			data: `INSERT INTO t DEFAULT VALUES`, check: "SELECT a = ARRAY[1] FROM t",
		},
		"integer to integer[]": {
			from: tableT(field("a", "integer")), to: tableT(field("a", "integer[]")),
			data: `INSERT INTO t (a) VALUES (1)`, check: "SELECT a = ARRAY[1] FROM t",
		},
		"timestamptz to date and numeric to integer": {
			from: tableT(field("a", "timestamptz"), field("b", "numeric(8,2)")), to: tableT(field("a", "date"), field("b", "integer")),
			data: `INSERT INTO t (a, b) VALUES (now(), 2.5)`,
		},
		"numeric grows under a check": {
			from: tableT(field("a", "numeric(6,2)", value(num("0.50"))), check(op("<", col("t.a"), num("9.99")))),
			to:   tableT(field("a", "numeric(12,4)", value(num("0.50"))), check(op("<", col("t.a"), num("9.99")))),
			data: `INSERT INTO t (a) VALUES (2.5)`,
		},
		"null to not null with a default": {
			from: tableT(field("a", "integer", null)), to: tableT(field("a", "integer", value(num("3")))),
			data: `INSERT INTO t (a) VALUES (NULL)`, check: "SELECT a = 3 FROM t",
		},
		"null to not null with an answer": {
			from: tableT(field("a", "integer", null)), to: tableT(field("a", "integer")),
			defaults: map[string]expression.Node{"shop.t.a": num("4")},
			data:     `INSERT INTO t (a) VALUES (NULL)`, check: "SELECT a = 4 FROM t",
		},
		"default comes, changes and goes": {
			from: tableT(field("a", "date", value(fn("current_date"))), field("b", "text"), field("c", "text", value(str("x")))),
			to:   tableT(field("a", "date", value(sql("CURRENT_DATE + 1"))), field("b", "text", value(fn("upper", str("a")))), field("c", "text")),
		},
		"identity comes": {
			from: tableT(field("n", "integer", null, value(num("1")))), to: tableT(field("n", "bigint", identity("t_n_seq"))),
			data: "INSERT INTO t (n) VALUES (41), (NULL)", check: "SELECT max(n) = 42 FROM t",
			defaults: map[string]expression.Node{},
		},
		"identity becomes always": {
			from: tableT(), to: build(table("t", field("id", "integer", func(f *model.Field) { f.Identity, f.Sequence = "always", "t_id_seq" }), key())),
		},
		"collation": {
			from: tableT(field("a", "text", null), index("by_a", model.Index{Keys: []model.Key{{Value: col("t.a")}}})),
			to: tableT(field("a", "text", null, func(f *model.Field) { f.Collate = "C" }),
				index("by_a", model.Index{Keys: []model.Key{{Value: col("t.a")}}})),
		},
		"generated changes and follows the type of its source": {
			from: tableT(field("a", "integer"), field("g", "integer", generated(op("+", col("t.a"), num("1"))))),
			to:   tableT(field("a", "bigint"), field("g", "bigint", generated(op("+", col("t.a"), num("2"))))),
			data: "INSERT INTO t (a) VALUES (1)", check: "SELECT g = 3 FROM t",
		},
		"generated is made again for its source alone": {
			from: tableT(field("a", "varchar(9)"), field("g", "text", generated(fn("lower", col("t.a"))), null), indexOn("g")),
			to:   tableT(field("a", "text"), field("g", "text", generated(fn("lower", col("t.a"))), null), indexOn("g")),
			data: "INSERT INTO t (a) VALUES ('A')", check: "SELECT g = 'a' FROM t",
		},
		"generated becomes plain": {
			from: tableT(field("a", "integer"), field("g", "integer", generated(op("+", col("t.a"), num("1")))), indexOn("g")),
			to:   tableT(field("a", "integer"), field("g", "bigint", value(num("0"))), indexOn("g")),
			data: "INSERT INTO t (a) VALUES (1)", check: "SELECT g = 2 FROM t",
		},
		"plain becomes generated": {
			from: tableT(field("a", "integer"), field("g", "integer")),
			to:   tableT(field("a", "integer"), field("g", "integer", generated(op("+", col("t.a"), num("1"))))),
			data: "INSERT INTO t (a, g) VALUES (1, 5)", check: "SELECT g = 2 FROM t",
		},
		"types of a foreign key and its target": {
			from: build(table("t", field("id", "integer"), key()), child("integer")),
			to:   build(table("t", field("id", "bigint"), key()), child("bigint")),
			data: "INSERT INTO t VALUES (1); INSERT INTO c VALUES (1)",
		},
	} {
		t.Run(name, func(t *testing.T) { t.Parallel(); s.try(t) })
	}
}

func indexOn(name string) part {
	return index("by_"+name, model.Index{Keys: []model.Key{{Value: col("t." + name)}}})
}

func check(n expression.Node) part {
	return constraint("sane", model.Constraint{Type: model.Check, Check: &n})
}

func checkIn(values ...string) part {
	list := expression.Node{Kind: expression.List}
	for _, v := range values {
		list.Args = append(list.Args, str(v))
	}
	return check(fn("in", col("t.a"), list))
}

func child(sql string) part {
	return table("c", field("t", sql), constraint("t_fkey", model.Constraint{
		Type: model.ForeignKey, Fields: refs("c.t"), Target: modelRef("t"), TargetFields: refs("t.id"), OnDelete: "cascade",
	}))
}

func deferred(changes ...func(*model.Field)) part {
	return table("c", field("t", "integer", changes...), constraint("t_fkey", model.Constraint{
		Type: model.ForeignKey, Fields: refs("c.t"), Target: modelRef("t"), TargetFields: refs("t.id"), Deferrable: "deferred",
	}))
}

func TestEnumChanges(t *testing.T) {
	t.Parallel()
	size := address.New("enum", "shop", "size")
	pizza := func(e part, values ...string) *state.State {
		return build(e, table("t", id(), key(),
			field("size", "enum size", value(str(values[0]))),
			field("sizes", "enum size[]", value(expression.Node{Kind: expression.List, Args: []expression.Node{str(values[0])}})),
			index("some", model.Index{Keys: []model.Key{{Value: col("t.size")}}, Where: to(op("!=", col("t.size"), str(values[0])))}),
		))
	}
	rows := "INSERT INTO t DEFAULT VALUES; INSERT INTO t (size) VALUES ('large')"
	for name, s := range map[string]step{
		"values added": {
			from: pizza(enum("size", "small", "large"), "small"),
			to:   pizza(enum("size", "tiny", "mini", "small", "medium", "large", "it's $whimbrel$"), "small"), data: rows,
			check: "SELECT enum_range(NULL::size)::text[] = ARRAY['tiny','mini','small','medium','large','it''s $whimbrel$']",
		},
		"value removed with the default": {
			from: pizza(enum("size", "tiny", "small", "large"), "tiny"), to: pizza(enum("size", "small", "large"), "small"),
			data: "INSERT INTO t (size, sizes) VALUES ('large', '{small,large}')", check: "SELECT sizes[2] = 'large' FROM t",
		},
		"order changed": {
			from: pizza(enum("size", "large", "small"), "small"), to: pizza(enum("size", "small", "large"), "small"), data: rows,
		},
		"value renamed": {
			from: pizza(enum("size", "tiny", "large"), "tiny"), to: pizza(enum("size", "small", "large"), "small"),
			values: map[address.Address]map[string]string{size: {"tiny": "small"}}, data: rows,
			check: "SELECT count(*) = 1 FROM t WHERE size = 'small'",
		},
		"renamed, with a value renamed and one removed": {
			from: pizza(enum("size", "tiny", "large", "huge"), "tiny"), to: pizza(enumAs("size", "Size", "small", "large"), "small"),
			values: map[address.Address]map[string]string{size: {"tiny": "small"}}, data: rows,
		},
		"text becomes enum": {
			from: tableT(field("a", "text", value(str("x"))), indexOn("a")),
			to:   build(enum("size", "x", "y"), table("t", id(), key(), field("a", "enum size", value(str("x"))), indexOn("a"))),
			data: "INSERT INTO t DEFAULT VALUES",
		},
		"enum becomes another": {
			from: build(enum("old", "x", "z"), table("t", id(), key(), field("a", "enum old", value(str("x"))))),
			to:   build(enum("size", "x", "y"), table("t", id(), key(), field("a", "enum size", value(str("x"))))),
			data: "INSERT INTO t DEFAULT VALUES", renames: []autodetector.RenameAnswer{{Old: "old"}},
		},
	} {
		t.Run(name, func(t *testing.T) { t.Parallel(); s.try(t) })
	}
}

func TestDomainChanges(t *testing.T) {
	t.Parallel()
	positive := func(check expression.Node) *expression.Node { return &check }
	using := func(d model.Domain) *state.State {
		return build(domain("d", d), table("t", id(), key(), field("a", "domain d", null), checkPositive()))
	}
	value0 := sql("VALUE")
	for name, s := range map[string]step{
		"altered": {
			from: using(model.Domain{Type: typeOf("integer"), Check: positive(op(">", value0, num("0")))}),
			to: using(model.Domain{
				Type: typeOf("integer"), Check: positive(op(">=", value0, num("0"))), Default: to(num("2")), Null: true,
				Comment: "d",
			}),
			data: "INSERT INTO t (a) VALUES (1)",
		},
		"renamed": {
			from: using(model.Domain{Type: typeOf("integer"), Check: positive(op(">", value0, num("0")))}),
			to:   using(model.Domain{Name: "D", Type: typeOf("integer"), Check: positive(op(">", value0, num("0")))}),
		},
		"renamed and altered": {
			from: using(model.Domain{Type: typeOf("integer"), Default: to(num("7"))}),
			to:   using(model.Domain{Name: "D", Type: typeOf("integer"), Check: positive(op(">", value0, num("0"))), Comment: "d"}),
		},
		"renamed and unchecked": {
			from: using(model.Domain{Type: typeOf("integer"), Check: positive(op(">", value0, num("0")))}),
			to:   using(model.Domain{Name: "D", Type: typeOf("bigint"), Null: true}),
		},
		"type changed": {
			from: using(model.Domain{Type: typeOf("integer"), Check: positive(op(">", value0, num("0")))}),
			to:   using(model.Domain{Type: typeOf("numeric(8,2)"), Default: to(num("2"))}),
			data: "INSERT INTO t (a) VALUES (1)",
		},
	} {
		t.Run(name, func(t *testing.T) { t.Parallel(); s.try(t) })
	}
}

func checkPositive() part {
	return constraint("sane", model.Constraint{Type: model.Check, Check: to(op(">", col("t.a"), num("0")))})
}

func TestModelChanges(t *testing.T) {
	t.Parallel()
	named := func(m model.Model, parts ...part) part {
		return tableAs(m, "t", append([]part{id(), key()}, parts...)...)
	}
	for name, s := range map[string]step{
		"comment": {
			from: build(named(model.Model{Schema: "public", Table: "t"})),
			to:   build(named(model.Model{Schema: "public", Table: "t", Comment: "it's"})),
		},
		"table renamed and moved to a new schema": {
			from: build(named(model.Model{Schema: "public", Table: "t"}, field("a", "integer"), indexOn("a"))),
			to: build(schema("New"), named(model.Model{Schema: "New", Table: "T \"x\""},
				field("a", "bigint"), indexOn("a"), field("b", "integer", null))),
			data: "INSERT INTO t (a) VALUES (1)", check: `SELECT count(*) = 1 FROM "New"."T ""x"""`,
		},
		"names exchanged": {
			from: build(twin("a", "integer"), twin("b", "text"), enum("x", "1"), enum("y", "2")),
			to:   build(twin("a", "text"), twin("b", "integer"), enum("x", "2"), enum("y", "1")),
			data: "INSERT INTO a (v) VALUES (5)",
			renames: []autodetector.RenameAnswer{
				{Old: "a", New: "b"}, {Old: "b", New: "a"}, {Old: "x", New: "y"}, {Old: "y", New: "x"},
			},
			check: "SELECT v = 5 FROM b",
		},
		"hostile names": {
			from: build(tableAs(model.Model{Schema: "public", Table: "select"}, "t", id(), key())),
			to:   build(tableAs(model.Model{Schema: "public", Table: "a'b\\c"}, "t", id(), key(), field("A%s b", "integer", identity("s\"q")))),
		},
		"dropped with what refers to it": {
			from: build(table("t", id(), key()), child("bigint")), to: build(),
			data: "INSERT INTO t DEFAULT VALUES", back: "",
		},
	} {
		t.Run(name, func(t *testing.T) { t.Parallel(); s.try(t) })
	}
}

// twin is a table whose parts are named after it.
func twin(name, sql string) part {
	return table(name, field("id", "bigint", identity(name+"_id_seq")), field("v", sql),
		constraint("pkey", model.Constraint{Type: model.PrimaryKey, Fields: refs(name + ".id")}),
		index("by_v", model.Index{Keys: []model.Key{{Value: col(name + ".v")}}}))
}

func TestConstraintAndIndexChanges(t *testing.T) {
	t.Parallel()
	fk := func(c model.Constraint) *state.State {
		c.Type, c.Fields, c.Target, c.TargetFields = model.ForeignKey, refs("c.t"), modelRef("t"), refs("t.id")
		return build(table("t", id(), key()), table("c", field("t", "bigint"), constraint("t_fkey", c)))
	}
	both := func(parts ...part) *state.State {
		return tableT(append([]part{field("a", "integer"), field("b", "integer", null), field("r", "int4range", null)}, parts...)...)
	}
	for name, s := range map[string]step{
		"deferrability":     {from: fk(model.Constraint{}), to: fk(model.Constraint{Deferrable: "deferred"})},
		"foreign key rules": {from: fk(model.Constraint{}), to: fk(model.Constraint{OnDelete: "cascade", OnUpdate: "restrict"})},
		"primary key moves to other fields under a foreign key": {
			from: build(table("t", field("id", "bigint"), field("b", "integer"), key()), child("bigint")),
			to: build(table("t", field("id", "bigint"), field("b", "integer"),
				constraint("pkey", model.Constraint{Type: model.PrimaryKey, Fields: refs("t.id"), Include: refs("t.b")})), child("bigint")),
		},
		"every kind": {
			from: both(), to: both(
				constraint("u", model.Constraint{Type: model.Unique, Fields: refs("t.a", "t.b"), NullsNotDistinct: true, Include: refs("t.id"), Deferrable: "immediate"}),
				constraint("e", model.Constraint{
					Type: model.Exclude, Method: "gist", Where: to(op(">", col("t.a"), num("1"))),
					Keys: []model.Key{{Value: col("t.r"), Operator: "&&"}},
				}),
				index("i", model.Index{
					Unique: true, NullsNotDistinct: true, Where: to(op("!=", col("t.b"), expression.Node{Kind: expression.Null})),
					Include: refs("t.id"), Keys: []model.Key{
						{Value: op("+", col("t.a"), num("1")), Desc: true, Nulls: "last"},
						{Value: fn("lower", fn("concat", col("t.a"), str("x"))), Opclass: "text_pattern_ops", Collate: "C"},
						{Value: sql("abs(b)")},
					},
				}),
				index("h", model.Index{Method: "hash", Keys: []model.Key{{Value: col("t.a")}}}),
			),
		},
		"labels change": {
			from: both(constraint("u", model.Constraint{Type: model.Unique, Fields: refs("t.a")}), indexOn("a"), checkPositive()),
			to: both(constraint("u2", model.Constraint{Type: model.Unique, Fields: refs("t.a")}),
				index("i2", model.Index{Keys: []model.Key{{Value: col("t.a")}}}), checkPositive()),
		},
	} {
		t.Run(name, func(t *testing.T) { t.Parallel(); s.try(t) })
	}
}
