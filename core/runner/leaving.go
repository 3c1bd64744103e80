package runner

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/simulation"
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
	asked, ok := askedOf(h.Probe)
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
			l.before(s.Text, parsed.ID, step)
		}
	}
}

// before goes back to before a statement.
func (l *departures) before(sql, id string, step migration.Step) {
	reading := simulation.Read(sql)
	for _, e := range slices.Backward(reading.Effects) {
		switch e.Verb {
		case simulation.Removes:
			l.dropped(e, id, step)
		case simulation.Makes:
			l.made(e)
		case simulation.Renames, simulation.Moves:
			l.renamed(e)
		case simulation.Tries:
			l.each(tableOf(e.Name).same, func(t *departure) { t.inTheWay = true })
		}
	}
	switch reading.Rows {
	case simulation.NamedRows:
		l.read(newWords(sql[reading.Source:]))
	case simulation.AnyRows:
		*l = nil
	}
}

// dropped adds a table that is dropped, if somebody is asked about its loss.
func (l *departures) dropped(e simulation.Effect, id string, step migration.Step) {
	t := tableOf(e.Name)
	for _, h := range step.Hazards {
		if e.Kind == "table" && h.Down && h.Code == operation.DataLoss && asksForRows(h.Probe, t) {
			*l = append(*l, departure{table: t, migration: id, hazard: h})
		}
	}
}

// made goes back to before a table is made.
func (l *departures) made(e simulation.Effect) {
	if e.Kind == "table" {
		*l = slices.DeleteFunc(*l, func(t departure) bool { return t.same(tableOf(e.Name)) })
	}
}

// renamed goes back to before a table or a schema got another name.
func (l departures) renamed(e simulation.Effect) {
	was, is := tableOf(e.Name), tableOf(e.Renamed())
	switch e.Name.Class {
	case detect.NamesSchema:
		l.each(func(t table) bool { return t.schema == is.name }, func(t *departure) { t.schema = was.name })
	case detect.NamesRelation:
		l.each(is.same, func(t *departure) { t.table = was })
	}
}

func (l departures) each(which func(table) bool, do func(*departure)) {
	for i := range l {
		if which(l[i].table) {
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
	asked, ok := askedOf(probe)
	return ok && asked.same(of) && !newWords(probe).has("WHERE")
}

// askedOf returns the table that a probe asks about.
func askedOf(probe string) (table, bool) {
	return newWords(probe).behind("FROM")
}
