package grant

import (
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/source/sql"
	"github.com/whimbreldb/whimbrel/core/sqltext/ddl"
)

// readSQL reads GRANT. Grants of the same rights to a role are one block.
func readSQL(w *sql.Work, s sql.Statement) bool {
	d, ok := s.What.(ddl.Grant)
	if !ok || d.Revoke || !d.Whole {
		return false
	}
	targets, ok := readTargets(w, s, d)
	if !ok {
		return false
	}
	for _, role := range d.Roles {
		b := blockOf(w, s, d, role)
		for _, target := range targets {
			copied := *target
			b.Append(argumentOf(d), &copied)
		}
		if len(d.Columns) > 0 {
			b.Set("columns", readColumns(w, s, d))
		}
	}
	return true
}

func argumentOf(d ddl.Grant) string {
	if d.Kind == "schema" {
		return "schemas"
	}
	return "on"
}

// blockOf returns the block of a role for rights, which is made with the first grant.
func blockOf(w *sql.Work, s sql.Statement, d ddl.Grant, role string) *sql.Block {
	words := slices.Clone(d.Rights)
	if len(words) == 0 {
		words = []string{all}
	}
	slices.SortFunc(words, func(a, b string) int { return slices.Index(rights, a) - slices.Index(rights, b) })
	key := strings.Join(append([]string{role, d.Kind, map[bool]string{true: "option"}[d.Option], strings.Join(d.Columns, ",")}, words...), " ")
	if b := w.FindBare(kindName, key); b != nil && len(d.Columns) == 0 {
		return b
	}
	b := w.Bare(s, kindName, kindName, role, d.Place)
	w.Register(kindName, ddl.Name{Name: key}, b)
	b.Unset("name")
	if b.Label() != role {
		b.Set("role", sql.Text(role))
	}
	b.Set("rights", sql.Words(words))
	b.SetTrue("with_grant", d.Option)
	return b
}

func readColumns(w *sql.Work, s sql.Statement, d ddl.Grant) *declare.Expr {
	if t := w.Table(s, d.Objects[0].Name); t != nil {
		return t.Fields(d.Columns)
	}
	return sql.Words(d.Columns)
}

// readTargets returns what rights are granted on. It reports false where something
// of it is not declared.
func readTargets(w *sql.Work, s sql.Statement, d ddl.Grant) ([]*declare.Expr, bool) {
	var targets []*declare.Expr
	for _, o := range d.Objects {
		target := readTarget(w, s, d.Kind, o)
		if target == nil {
			return nil, false
		}
		targets = append(targets, target)
	}
	return targets, len(targets) > 0
}

func readTarget(w *sql.Work, s sql.Statement, kind string, o ddl.GrantedObject) *declare.Expr {
	switch kind {
	case "schema":
		return sql.Text(o.Name.Name)
	case "table", sequenceKind:
		if t := w.Table(s, o.Name); t != nil {
			return w.ModelName(s, t)
		}
		for _, class := range []string{viewKind, "materialized view", sequenceKind} {
			if b := w.Find(s, class, o.Name); b != nil {
				return w.Ref(s, b)
			}
		}
	case functionKind, procedureKind:
		types := w.Signature(s, o.Arguments)
		for _, b := range w.FindAll(s, kind, o.Name) {
			if slices.Equal(b.Arguments, types) {
				return w.Ref(s, b)
			}
		}
	}
	return nil
}
