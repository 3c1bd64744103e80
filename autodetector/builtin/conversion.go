package builtin

import (
	"fmt"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A typeUser is a field that has a type before and after the migration.
type typeUser struct{ before, after *state.Object }

// users returns the plain columns of managed tables that have an enum or domain
// as their type before and after the migration. A column that gets or loses the
// type is converted by itself, before or after.
func (w *work) users(t address.Address) []typeUser {
	var users []typeUser
	for _, after := range w.pass.To.Dependents(t) {
		before := w.pass.From.Get(after.Address)
		if before == nil || after.Address.Kind() != model.FieldKind || !w.managed(w.pass.To, after) || !w.managed(w.pass.From, before) {
			continue
		}
		was, is := decode[model.Field](w, before), decode[model.Field](w, after)
		if hasType(was, t) && hasType(is, t) && was.Generated == nil && is.Generated == nil {
			users = append(users, typeUser{before: before, after: after})
		}
	}
	return users
}

func hasType(f model.Field, t address.Address) bool {
	return f.Type.Of != nil && f.Type.Of.Address == t
}

// A conversion is the exchange of an enum or domain for a new one of the same
// name. PostgreSQL cannot take values from an enum or change the type under a
// domain, so the columns are converted from the old type to the new one.
type conversion struct {
	*work
	users []typeUser
	name  string   // qualified
	old   string   // qualified name of the type that goes
	aside string   // its plain name
	by    []string // types by way of which values are converted
	// renamed gives an old default the new names of values; nil leaves it.
	renamed func(*expression.Node) *expression.Node
}

func (w *work) conversion(t address.Address, name, schema, bare string) conversion {
	aside := model.Name(bare, "whimbrel_old")
	return conversion{
		work: w, users: w.users(t), name: name,
		aside: aside, old: address.Qualify(schema, aside), by: []string{"text"},
	}
}

// statements returns the exchange; create makes the new type. Forth, columns end
// with their new defaults, else with the old ones.
func (c conversion) statements(create []string, forth bool) []string {
	texts := append([]string{"ALTER TYPE " + c.name + " RENAME TO " + address.Quote(c.aside)}, create...)
	for _, user := range c.users {
		texts = append(texts, c.convert(user, forth)...)
	}
	return append(texts, "DROP TYPE "+c.old)
}

func (c conversion) convert(user typeUser, forth bool) []string {
	was, is := c.column(user, user.before), c.column(user, user.after)
	kind := was.kind // the column itself is altered after the type, and taken back before it
	if c.renamed != nil {
		was.value = c.back(user.after).defaultSQL(c.renamed(was.field.Default), was.field.Type)
	}
	if !forth {
		was, is = is, was
	}
	var texts []string
	// On the way back of added values the column has its old default already.
	if was.value != "" || !forth && is.value != "" {
		texts = append(texts, was.alter("DROP DEFAULT"))
	}
	texts = append(texts, was.alter("TYPE "+kind.sql+" USING "+c.cast(was.name, kind)))
	is.name = was.name
	if is.value != "" {
		texts = append(texts, is.setDefault())
	}
	if !forth && setsNull(was.field, is.field) {
		if is.value != "" {
			texts = append(texts, is.fill(is.value)...)
		}
		texts = append(texts, is.alter("SET NOT NULL"))
	}
	return texts
}

func (c conversion) cast(value string, to columnType) string {
	for _, step := range c.by {
		value += "::" + step + brackets(to)
	}
	return castTo(value, to)
}

// setsNull reports whether a column becomes NOT NULL. On the way back from an
// enum that is made anew, the value that fills it may be one that only the old
// type has, so that belongs to the exchange of the types.
func setsNull(from, to model.Field) bool { return from.Null && !to.Null }

// column returns a column as it is named at the time: its table is renamed
// already, it is itself altered later. The type has its new name.
func (c conversion) column(user typeUser, state *state.Object) column {
	v := c.back(user.after)
	rendered := v.columnOf(state)
	rendered.name = v.column(user.before.Address)
	return rendered
}

// needs: tables are renamed before, so that their names are known here.
func (c conversion) needs() []operation.Need {
	var needs []operation.Need
	seen := map[address.Address]bool{}
	for _, user := range c.users {
		for o := user.after; o != nil; o = c.pass.To.Get(o.Parent) {
			if o.Address.Kind() == model.ModelKind && !seen[o.Address] {
				seen[o.Address] = true
				needs = append(needs, operation.Need{
					Verb: operation.Alter, Object: o.Address, Soft: true, Why: "columns of the type are converted under the new name of the table",
				})
			}
		}
	}
	return needs
}

// touches: whatever depends on the columns has to make way.
func (c conversion) touches() []operation.Touch {
	var touches []operation.Touch
	for _, user := range c.users {
		touches = append(touches, operation.Touch{Object: user.after.Address, Aspects: state.Type | state.Definition})
	}
	return touches
}

func (u typeUser) valuesLost(v view, literals string, down bool) operation.Hazard {
	c := v.columnOf(v.find(u.after.Address))
	condition := c.name + "::text IN (" + literals + ")"
	if c.kind.dimensions > 0 {
		condition = c.name + "::text[] && ARRAY[" + literals + "]"
	}
	h := c.valuesLost(condition, down)
	h.Text = "rows of " + c.table + " whose " + c.name + " is " + literals + " have no value in the other type; the change fails on them"
	return h
}

// block returns statements as one that takes away whatever depends on the
// columns of the type, and makes it again afterwards. It serves a way back whose
// way forth needs none of that: what depends on the columns at that time, and
// whose it is, only the database knows.
func (c conversion) block(statements []string) string {
	body := make([]string, len(statements))
	for i, s := range statements {
		body[i] = "    " + s + ";"
	}
	text := strings.NewReplacer("{type}", address.Literal(c.name), "{statements}", strings.Join(body, "\n")).Replace(releasing)
	return "DO " + dollarQuoted(text)
}

// dollarQuoted quotes text with a tag that is not in it.
func dollarQuoted(text string) string {
	tag := "$whimbrel$"
	for i := 1; strings.Contains(text, tag); i++ {
		tag = fmt.Sprintf("$whimbrel%d$", i)
	}
	return tag + "\n" + text + "\n" + tag
}

const releasing = `DECLARE
    dependent record;
    again text[] := '{}';
BEGIN
    FOR dependent IN
        WITH columns AS (
            SELECT attrelid, attnum FROM pg_attribute JOIN pg_type ON pg_type.oid = atttypid
            WHERE {type}::regtype IN (pg_type.oid, typelem) AND NOT attisdropped
        ), users AS (
            SELECT DISTINCT classid, objid FROM pg_depend JOIN columns ON refobjid = attrelid AND refobjsubid = attnum
            WHERE refclassid = 'pg_class'::regclass
        )
        SELECT 1 AS place, format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS away,
            format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS back
        FROM pg_constraint JOIN users ON classid = 'pg_constraint'::regclass AND objid = oid WHERE contype = 'f'
        UNION ALL
        SELECT 2, format('DROP TRIGGER %I ON %s', tgname, tgrelid::regclass), pg_get_triggerdef(oid)
        FROM pg_trigger JOIN users ON classid = 'pg_trigger'::regclass AND objid = oid WHERE NOT tgisinternal
        UNION ALL
        SELECT 3, format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname),
            format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
        FROM pg_constraint JOIN users ON classid = 'pg_constraint'::regclass AND objid = oid WHERE contype IN ('c', 'x')
        UNION ALL
        SELECT 4, format('DROP INDEX %s', indexrelid::regclass), pg_get_indexdef(indexrelid)
        FROM pg_index JOIN users ON classid = 'pg_class'::regclass AND objid = indexrelid
        WHERE (indpred IS NOT NULL OR indexprs IS NOT NULL)
            AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
        ORDER BY place, away
    LOOP
        EXECUTE dependent.away;
        again := dependent.back || again;
    END LOOP;
{statements}
    FOREACH dependent.away IN ARRAY again LOOP
        EXECUTE dependent.away;
    END LOOP;
END`
