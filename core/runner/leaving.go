package runner

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/sqltext"
)

// A departure is a table that a way back drops later on, under the name that it has at
// some point of the way. Until then nothing reads its rows.
type departure struct {
	table
	migration string           // that the table is dropped with
	hazard    operation.Hazard // that says that its rows are lost
	inTheWay  bool             // its rows may make a statement of the stage fail
}

// emptying returns stages of a way back in which a table is emptied before its rows
// are in the way, if it is dropped later on and nothing reads it before that. The way
// is read from its end, so that it is known what each name is about.
func emptying(stages []Stage) []Stage {
	stages = slices.Clone(stages)
	var later departures
	for i, stage := range slices.Backward(stages) {
		later.rest()
		for _, step := range stage.Parsed.Steps {
			later.stepBefore(stage.Parsed, step)
		}
		if !slices.ContainsFunc(later, func(l departure) bool { return l.inTheWay }) {
			continue
		}
		stages[i].leaving = slices.Clone(later)
		stages[i].Script.Emptied = later.emptied()
	}
	return stages
}

// departures are the tables that the rest of a way drops.
type departures []departure

func (l departures) rest() {
	for i := range l {
		l[i].inTheWay = false
	}
}

func (l departures) emptied() (e postgres.Clearance) {
	for _, t := range l {
		e.With = append(e.With, t.String())
		if t.inTheWay {
			e.Tables = append(e.Tables, t.String())
		}
	}
	return e
}

// covers reports whether the rows that a hazard is about are gone before it matters.
func (l departures) covers(h operation.Hazard) bool {
	asked, ok := tableOf(h.Probe)
	return ok && slices.ContainsFunc(l, func(t departure) bool { return t.inTheWay && t.same(asked) })
}

// stepBefore goes back to before a step is rolled back.
func (l *departures) stepBefore(parsed *migration.Script, step migration.Step) {
	if len(step.Down) > 0 && (parsed.Opaque || step.Target.IsZero()) {
		*l = nil // nobody knows what SQL written by hand reads
		return
	}
	for _, statement := range slices.Backward(step.Down) {
		for _, s := range slices.Backward(sqltext.Split(statement.SQL)) {
			l.before(newWords(s.Text), parsed.ID, step)
		}
	}
}

// before goes back to before a statement.
func (l *departures) before(w words, id string, step migration.Step) {
	whole := w
	switch {
	case w.take("DROP"):
		if w.take("TABLE") {
			l.dropped(w, id, step)
		}
	case w.take("ALTER"):
		l.altered(w)
	case w.take("CREATE"):
		l.created(w)
	case w.take("UPDATE"):
		w.take("ONLY")
		_, _ = w.name()
		l.read(w)
	case w.take("COMMENT"), w.take("SET"), w.take("GRANT"), w.take("REVOKE"), w.take("TRUNCATE"), w.take("REFRESH"):
	case w.has("SELECT", "setval"): // of its own sequence
	case w.take("INSERT"), w.take("DELETE"), w.take("MERGE"), w.take("WITH"):
		l.read(whole)
	default:
		*l = nil // it may read anything
	}
}

// dropped adds the tables of a DROP TABLE whose loss somebody is asked about.
func (l *departures) dropped(w words, id string, step migration.Step) {
	_ = w.take("IF") && w.take("EXISTS")
	for t, ok := w.name(); ok; t, ok = w.name() {
		for _, h := range step.Hazards {
			if h.Down && h.Code == operation.DataLoss && asksForRows(h.Probe, t) {
				*l = append(*l, departure{table: t, migration: id, hazard: h})
			}
		}
		w.take(",")
	}
}

// altered goes back to before a table or a schema is altered.
func (l departures) altered(w words) {
	if w.take("SCHEMA") {
		old, _ := w.name()
		if renamed, ok := w.after("RENAME", "TO"); ok {
			l.each(func(t departure) bool { return t.schema == renamed.name }, func(t *departure) { t.schema = old.name })
		}
		return
	}
	if !w.take("TABLE") {
		return
	}
	_ = w.take("IF") && w.take("EXISTS")
	w.take("ONLY")
	old, _ := w.name()
	is := old
	renamed, ok := w.after("RENAME", "TO")
	if ok {
		is.name = renamed.name
	}
	moved, away := w.after("SET", "SCHEMA")
	if away {
		is.schema = moved.name
	}
	l.each(func(t departure) bool { return t.same(is) }, func(t *departure) {
		t.table = old
		t.inTheWay = t.inTheWay || !ok && !away && w.depends()
	})
}

// created goes back to before something is made.
func (l *departures) created(w words) {
	unique := w.take("UNIQUE")
	w.take("UNLOGGED")
	switch {
	case w.take("INDEX"):
		on, _ := w.behind("ON")
		l.each(func(t departure) bool { return unique && t.same(on) }, func(t *departure) { t.inTheWay = true })
	case w.take("TABLE"):
		_ = w.take("IF") && w.take("NOT") && w.take("EXISTS")
		made, _ := w.name()
		*l = slices.DeleteFunc(*l, func(t departure) bool { return t.same(made) })
		if w.has("AS") {
			l.read(w)
		}
	case w.take("MATERIALIZED"):
		l.read(w)
	}
}

func (l departures) each(which func(departure) bool, do func(*departure)) {
	for i := range l {
		if which(l[i]) {
			do(&l[i])
		}
	}
}

// read keeps the tables that the words do not name: the rows of the others are needed.
func (l *departures) read(w words) {
	*l = slices.DeleteFunc(*l, func(t departure) bool {
		return slices.ContainsFunc(w, func(token sqltext.Token) bool {
			name, ok := token.Identifier()
			return ok && name == t.name
		})
	})
}

// asksForRows reports whether a probe is about all rows of a table.
func asksForRows(probe string, of table) bool {
	asked, ok := tableOf(probe)
	return ok && asked.same(of) && !newWords(probe).has("WHERE")
}

// tableOf returns the table that a probe asks about.
func tableOf(probe string) (table, bool) {
	return newWords(probe).behind("FROM")
}
