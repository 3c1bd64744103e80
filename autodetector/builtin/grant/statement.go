package grant

import (
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/routine"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// change returns the statements that lead from some rights to others.
func change(at sdk.Moment, was, is []privilege) []string {
	texts := append(revoke(at, without(was, is)), statements(at, differing(was, is), "REVOKE GRANT OPTION FOR ", " FROM ", "")...)
	return append(texts, grant(at, coming(is, was))...)
}

// grant returns the statements that grant rights.
func grant(at sdk.Moment, list []privilege) []string {
	return statements(at, list, "GRANT ", " TO ", " WITH GRANT OPTION")
}

// revoke returns the statements that revoke rights.
func revoke(at sdk.Moment, list []privilege) []string {
	return statements(at, list, "REVOKE ", " FROM ", "")
}

// A group is the rights on one thing, or the same ones on several of one class.
type group struct {
	first  privilege
	rights []string
	on     []string // as SQL
}

// statements returns a statement for each class of what rights are on, if the rights
// are the same, and for each model of which they are on columns.
func statements(at sdk.Moment, list []privilege, verb, preposition, option string) []string {
	var texts []string
	for _, g := range groups(at, list) {
		p := g.first
		text := verb + strings.Join(g.rights, ", ") + " ON " + p.class + " " + strings.Join(g.on, ", ") + preposition + role(p.role)
		if p.later != "" {
			text = "ALTER DEFAULT PRIVILEGES IN SCHEMA " + sdk.Ident(p.schema) + " " + verb + strings.Join(g.rights, ", ") + " ON " + p.later + preposition + role(p.role)
		}
		if p.option {
			text += option
		}
		texts = append(texts, text)
	}
	return texts
}

// groups puts rights together that one statement can be about.
func groups(at sdk.Moment, list []privilege) []group {
	var found []group
	for _, one := range things(at, list) {
		i := slices.IndexFunc(found, func(g group) bool {
			return g.first.class == one.first.class && slices.Equal(g.rights, one.rights) && g.first.column.IsZero() && one.first.column.IsZero() && g.first.later == ""
		})
		if i < 0 {
			found = append(found, one)
		} else {
			found[i].on = append(found[i].on, one.on...)
		}
	}
	return found
}

// things returns the rights on each thing.
func things(at sdk.Moment, list []privilege) []group {
	var found []group
	for _, p := range list {
		i := slices.IndexFunc(found, func(g group) bool {
			return g.first.on == p.on && g.first.schema == p.schema && g.first.later == p.later && g.first.class == p.class
		})
		if i < 0 {
			i = len(found)
			found = append(found, group{first: p, on: []string{named(at, p)}})
		}
		if right := written(at, p, list); !slices.Contains(found[i].rights, right) {
			found[i].rights = append(found[i].rights, right)
		}
	}
	return found
}

// written returns a right as SQL, with all the columns that it is on.
func written(at sdk.Moment, p privilege, list []privilege) string {
	word := strings.ToUpper(p.right)
	if p.right == all {
		word = "ALL"
	}
	var columns []address.Ref
	for _, other := range list {
		if other.on == p.on && other.right == p.right && !other.column.IsZero() {
			columns = append(columns, address.RefTo(other.column))
		}
	}
	if p.column.IsZero() {
		return word
	}
	return word + " (" + at.Columns(columns) + ")"
}

// named returns what a right is on, as SQL.
func named(at sdk.Moment, p privilege) string {
	switch kind := p.on.Kind(); {
	case p.on.IsZero():
		return sdk.Ident(p.schema)
	case kind == model.ModelKind:
		return at.Table(p.on)
	case kind == functionKind, kind == procedureKind:
		return routine.Signature(at, sdk.AttrsOf[routine.Attrs](at.Work, at.Find(p.on)))
	}
	return at.Qualified(p.on)
}

// role returns the name of a role for SQL. These words mean no role of that name.
func role(name string) string {
	if slices.Contains([]string{"public", "current_role", "current_user", "session_user"}, name) {
		return strings.ToUpper(name)
	}
	return sdk.Ident(name)
}
