package builtin_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

// TestKeysUnderForeignKeys: a foreign key rests on any key over its target's
// columns, so that none of them can be dropped while it is there.
func TestKeysUnderForeignKeys(t *testing.T) {
	t.Parallel()
	unique := constraint("u", model.Constraint{Type: model.Unique, Fields: refs("t.id")})
	other := constraint("pkey", model.Constraint{Type: model.PrimaryKey, Fields: refs("t.b")})
	shop := func(keys ...part) *state.State {
		c := model.Constraint{Type: model.ForeignKey, Fields: refs("c.t"), Target: modelRef("t"), TargetFields: refs("t.id")}
		return build(table("t", append([]part{field("id", "bigint"), field("b", "integer")}, keys...)...),
			table("c", field("t", "bigint"), constraint("t_fkey", c)))
	}
	rows := "INSERT INTO t VALUES (1, 2); INSERT INTO c VALUES (1)"
	for name, s := range map[string]step{
		"a unique constraint takes the place of the primary key": {from: shop(key()), to: shop(unique, other), data: rows},
		"and the other way round":                                {from: shop(unique, other), to: shop(key()), data: rows},
	} {
		t.Run(name, func(t *testing.T) { t.Parallel(); s.try(t) })
	}
}

// TestJoinModelWritten: a join model with the table of the implicit one keeps the
// rows.
func TestJoinModelWritten(t *testing.T) {
	t.Parallel()
	many := address.New(model.FieldKind, "shop", "t", "others")
	implicit := func(parent address.Address, rank int) []*state.Object {
		a := many.WithKind(model.ModelKind)
		objects := []*state.Object{object(a, many, rank, model.Model{Schema: "public", Table: "t_others"})}
		for i, p := range []part{field("from", "bigint", column("t_id")), field("to", "bigint", column("other_id"))} {
			objects = append(objects, p(a, i)...)
		}
		return objects
	}
	through := func(path ...string) part {
		relation := &model.Relation{Many: true, Target: *modelRef("t")}
		if len(path) > 0 {
			relation.Through = to(address.RefTo(address.New(model.ModelKind, path...)))
		}
		return func(parent address.Address, rank int) []*state.Object {
			return []*state.Object{object(many, parent, rank, model.Field{Relation: relation})}
		}
	}
	before := build(table("t", id(), key(), through()), implicit)
	after := build(table("t", id(), key(), through("shop", "t_others")),
		table("t_others", field("t", "bigint", column("t_id")), field("other", "bigint", column("other_id")), field("note", "text", null)))
	rows := "INSERT INTO t_others VALUES (1, 2)"
	for name, s := range map[string]step{
		"written":           {from: before, to: after, data: rows, check: "SELECT t_id = 1 AND other_id = 2 FROM t_others"},
		"no longer written": {from: after, to: before, data: rows, check: "SELECT t_id = 1 AND other_id = 2 FROM t_others"},
	} {
		t.Run(name, func(t *testing.T) { t.Parallel(); s.try(t) })
	}
}

func column(name string) func(*model.Field) { return func(f *model.Field) { f.Column = name } }

// TestTypesUnderArrays: the columns of a type that is made anew are converted
// with the dimensions that they have at that time, both ways.
func TestTypesUnderArrays(t *testing.T) {
	t.Parallel()
	list := expression.Node{Kind: expression.List, Args: []expression.Node{num("1"), num("2")}}
	points := func(sql string) *state.State {
		return build(domain("points", model.Domain{Type: typeOf(sql), Null: true}), table("t", id(), key(), field("a", "domain points[]", value(list))))
	}
	sizes := func(sql string, values ...string) *state.State {
		return build(enum("size", values...), table("t", id(), key(), field("a", sql)))
	}
	for name, s := range map[string]step{
		"array of a domain": {from: points("integer"), to: points("bigint"), data: "INSERT INTO t DEFAULT VALUES", check: "SELECT a = '{1,2}' FROM t"},
		"a column becomes an array while its enum grows": {
			from: sizes("enum size", "s", "l"), to: sizes("enum size[]", "s", "m", "l"),
			data: "INSERT INTO t (a) VALUES ('l')", check: "SELECT a = '{l}' FROM t",
		},
	} {
		t.Run(name, func(t *testing.T) { t.Parallel(); s.try(t) })
	}
}
