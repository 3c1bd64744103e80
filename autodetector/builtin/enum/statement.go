package enum

import (
	"github.com/whimbreldb/whimbrel/autodetector/builtin/usertype"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

func name(e model.Enum) usertype.Name { return usertype.Name{Schema: e.Schema, Name: e.Name} }

func create(e model.Enum) []string {
	texts := []string{"CREATE TYPE " + name(e).SQL() + " AS ENUM (" + literals(e.Values) + ")"}
	if e.Comment != "" {
		texts = append(texts, sdk.Comment("TYPE "+name(e).SQL(), e.Comment))
	}
	return texts
}

func renameValue(e model.Enum, from, to string) string {
	return "ALTER TYPE " + name(e).SQL() + " RENAME VALUE " + address.Literal(from) + " TO " + address.Literal(to)
}

// An addition is a value that comes, beside one that is there.
type addition struct{ value, place, neighbour string }

func (a addition) statement(e model.Enum) string {
	text := "ALTER TYPE " + name(e).SQL() + " ADD VALUE " + address.Literal(a.value)
	if a.place != "" {
		text += " " + a.place + " " + address.Literal(a.neighbour)
	}
	return text
}
