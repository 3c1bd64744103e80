package runner

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/sqltext"
)

// Founded returns the error for a way up that is to be recorded only, and whose tables
// are not in the database: what the record would say is not true, and nobody would
// notice before something fails.
func (r *Runner) Founded(ctx context.Context, way Way) error {
	if way.Direction != postgres.Up {
		return nil
	}
	made, err := r.leaves(ctx, way)
	if err != nil {
		return err
	}
	var missing []table
	for _, t := range made {
		there, err := r.db.Probe(ctx, "SELECT pg_catalog.to_regclass("+address.Literal(t.String())+") IS NOT NULL")
		if err != nil {
			return err
		}
		if !there {
			missing = append(missing, t)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	return unfounded(missing, len(made))
}

// leaves returns the tables that a way makes, as they are called after it and after what
// is applied behind it.
func (r *Runner) leaves(ctx context.Context, way Way) (tables, error) {
	applied, err := r.db.Applied(ctx)
	if err != nil {
		return nil, err
	}
	var made tables
	for _, script := range r.list {
		going := slices.ContainsFunc(way.Stages, func(s Stage) bool { return s.Script.ID == script.ID })
		if !going && !contains(applied, script.ID) {
			continue
		}
		by := ""
		if going {
			by = script.ID
		}
		for _, step := range script.Steps {
			for _, statement := range step.Up {
				for _, s := range sqltext.Split(statement.SQL) {
					made.run(s.Text, by)
				}
			}
		}
	}
	return slices.DeleteFunc(made, func(t table) bool { return t.by == "" }), nil
}

func unfounded(missing []table, of int) error {
	var names []string
	for _, t := range missing {
		names = append(names, t.String())
	}
	d := diag.Diagnostic{
		Code:    "WH0133",
		Summary: fmt.Sprintf("%s would be recorded as applied, but the database does not have what it makes", missing[0].by),
		Detail:  "There is no table " + strings.Join(names, ", ") + ". Nothing was recorded.",
		Next:    "stop at the last migration that is in the database: whimbrel migrate --to ID --fake; what is not there is made by: whimbrel migrate",
	}
	if len(missing) == of {
		d.Next = "look whether this is the right database; to make all that, run: whimbrel migrate"
	}
	return d
}

// A table is one that a migration makes.
type table struct {
	schema, name string // the schema is empty where none is named
	by           string // the ID of the migration, if it is on the way
}

// String returns the name as SQL.
func (t table) String() string {
	if t.schema == "" {
		return address.Quote(t.name)
	}
	return address.Qualify(t.schema, t.name)
}

// tables are those that statements leave, in the order in which they are made.
type tables []table

// run does what a statement does to tables, as far as it can be told from its words.
func (l *tables) run(sql, by string) {
	w := newWords(sql)
	switch {
	case w.take("CREATE"):
		w.take("UNLOGGED")
		if !w.take("TABLE") {
			return // temporary ones are gone by now
		}
		_ = w.take("IF") && w.take("NOT") && w.take("EXISTS")
		if made, ok := w.name(); ok {
			made.by = by
			*l = append(l.without(made), made)
		}
	case w.take("DROP") && w.take("TABLE"):
		_ = w.take("IF") && w.take("EXISTS")
		for gone, ok := w.name(); ok; gone, ok = w.name() {
			*l = l.without(gone)
			w.take(",")
		}
	case w.take("ALTER"):
		l.alter(w)
	}
}

// alter follows a table that gets another name or schema.
func (l *tables) alter(w words) {
	if w.take("SCHEMA") {
		old, _ := w.name()
		if renamed, ok := w.after("RENAME", "TO"); ok {
			l.move(func(t table) bool { return t.schema == old.name }, func(t *table) { t.schema = renamed.name })
		}
		return
	}
	if !w.take("TABLE") {
		return
	}
	_ = w.take("IF") && w.take("EXISTS")
	w.take("ONLY")
	old, _ := w.name()
	same := func(t table) bool { return t.same(old) }
	if renamed, ok := w.after("RENAME", "TO"); ok {
		l.move(same, func(t *table) { t.name = renamed.name })
	}
	if moved, ok := w.after("SET", "SCHEMA"); ok {
		l.move(same, func(t *table) { t.schema = moved.name })
	}
}

func (l *tables) move(which func(table) bool, do func(*table)) {
	for i := range *l {
		if which((*l)[i]) {
			do(&(*l)[i])
		}
	}
}

// same reports whether two names may be of one table: the one without a schema can be
// in any.
func (t table) same(other table) bool {
	return t.name == other.name && (t.schema == other.schema || t.schema == "" || other.schema == "")
}

func (l tables) without(gone table) tables {
	return slices.DeleteFunc(l, func(t table) bool { return t.same(gone) })
}
