package constraint

import (
	"fmt"
	"strings"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/key"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// clause returns the clause that defines a constraint.
func clause(at sdk.Moment, o *sdk.Object) string {
	c := attrs(at.Work, o)
	if c.Type == model.Check && c.Check == nil || c.Type == model.ForeignKey && c.Target == nil {
		at.Fail(fmt.Errorf("%s says nothing to check", o.Address))
		return ""
	}
	text := "CONSTRAINT " + address.Quote(c.Name) + " " + definition(at, c) + indexed(at, c)
	if c.Where != nil {
		text += " WHERE (" + at.SQL(*c.Where) + ")"
	}
	text += deferrable(c)
	if c.NotValid {
		text += " NOT VALID"
	}
	return text
}

// indexed returns what a constraint says of its index, besides what it is over.
func indexed(at sdk.Moment, c model.Constraint) string { return include(at, c) + with(c) }

// include returns the columns that the index of a constraint has besides its keys.
func include(at sdk.Moment, c model.Constraint) string {
	if len(c.Include) == 0 {
		return ""
	}
	return " INCLUDE (" + at.Columns(c.Include) + ")"
}

// with returns how the index of a constraint is stored.
func with(c model.Constraint) string {
	if len(c.Storage) == 0 {
		return ""
	}
	return " WITH (" + strings.Join(key.Parameters(c.Storage), ", ") + ")"
}

func definition(at sdk.Moment, c model.Constraint) string {
	switch c.Type {
	case model.PrimaryKey:
		return "PRIMARY KEY (" + at.Columns(c.Fields) + ")"
	case model.Unique:
		distinct := ""
		if c.NullsNotDistinct {
			distinct = "NULLS NOT DISTINCT "
		}
		return "UNIQUE " + distinct + "(" + at.Columns(c.Fields) + ")"
	case model.Check:
		inherit := ""
		if c.NoInherit {
			inherit = " NO INHERIT"
		}
		return "CHECK (" + at.SQL(*c.Check) + ")" + inherit
	case model.ForeignKey:
		return foreignKey(at, c)
	default:
		return exclusion(at, c)
	}
}

func foreignKey(at sdk.Moment, c model.Constraint) string {
	set := ""
	if len(c.OnDeleteFields) > 0 {
		set = " (" + at.Columns(c.OnDeleteFields) + ")"
	}
	return "FOREIGN KEY (" + at.Columns(c.Fields) + ") REFERENCES " + at.Table(c.Target.Address) +
		" (" + at.Columns(c.TargetFields) + ")" + action(" MATCH ", c.Match) + action(" ON UPDATE ", c.OnUpdate) + action(" ON DELETE ", c.OnDelete) + set
}

func exclusion(at sdk.Moment, c model.Constraint) string {
	method := ""
	if c.Method != "" {
		method = "USING " + address.Quote(c.Method) + " "
	}
	return "EXCLUDE " + method + "(" + key.List(at, c.Keys) + ")"
}

func action(event, name string) string {
	if name == "" || name == "no_action" {
		return ""
	}
	return event + strings.ToUpper(strings.ReplaceAll(name, "_", " "))
}

func deferrable(c model.Constraint) string {
	if c.Deferrable == "" {
		return ""
	}
	return " DEFERRABLE INITIALLY " + strings.ToUpper(c.Deferrable)
}
