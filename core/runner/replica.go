package runner

import (
	"context"
	"errors"
	"maps"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/simulation"
	"github.com/whimbreldb/whimbrel/core/sqltext"
)

// A likeness is what migrations define, as the server writes it: their definitions are
// made in a replica of the database. What they do besides is not, so that of what that
// may have changed nothing is known.
type likeness struct {
	*postgres.Replica
	made     map[string]detect.Definition // what the way makes or changes, by key
	doubted  map[string]bool              // names that not all is known of
	schemas  map[string]bool              // likewise
	unknown  map[string]bool              // keys, likewise
	hidden   int                          // the last statement that may have changed anything
	position int
}

// differing returns what a database defines in another way than a way that is to be
// recorded only does. A warning says why nothing was compared.
func (r *Runner) differing(ctx context.Context, way Way, queries []detect.CatalogQuery) (wrong []difference, problems diag.List, err error) {
	if len(queries) == 0 {
		return nil, nil, nil
	}
	applied, err := r.db.Applied(ctx)
	if err != nil {
		return nil, nil, err
	}
	err = r.db.Replicate(ctx, queries, func(replica *postgres.Replica) error {
		l := &likeness{Replica: replica, made: map[string]detect.Definition{}, doubted: map[string]bool{}, schemas: map[string]bool{}, unknown: map[string]bool{}}
		if err := l.follow(ctx, r.list, way, applied); err != nil {
			return err
		}
		wrong, err = l.differences(ctx)
		return err
	})
	if errors.Is(err, postgres.ErrNoReplica) {
		return nil, diag.List{notCompared(err)}, nil
	}
	return wrong, nil, err
}

func notCompared(err error) diag.Diagnostic {
	return diag.Diagnostic{
		Severity: diag.Warning, Code: "WH0142",
		Summary: "names and types were compared with the database, but not what the migrations define by SQL",
		Detail:  "Queries, expressions and bodies are compared as the server writes them, in schemas of the same names that are made for that and rolled back. " + err.Error() + ".",
		Next:    "run it as the owner of the database to have them compared",
	}
}

// follow runs what is applied and what is on the way, in their order.
func (l *likeness) follow(ctx context.Context, list []postgres.Script, way Way, applied []postgres.AppliedMigration) error {
	list = slices.DeleteFunc(slices.Clone(list), func(s postgres.Script) bool { return !way.has(s.ID) && !contains(applied, s.ID) })
	l.hidden = lastHidden(list)
	var before map[string]detect.Definition
	for i, script := range list {
		going := way.has(script.ID)
		if first := i == 0 || !way.has(list[i-1].ID); going && first {
			var err error
			if before, err = l.Objects(ctx); err != nil {
				return err
			}
		}
		if err := l.run(ctx, script); err != nil {
			return err
		}
		if last := i+1 == len(list) || !way.has(list[i+1].ID); going && last {
			if err := l.take(ctx, before); err != nil {
				return err
			}
		}
	}
	return l.stay(ctx)
}

// has reports whether a migration is on the way.
func (w Way) has(id string) bool {
	return slices.ContainsFunc(w.Stages, func(s Stage) bool { return s.Script.ID == id })
}

// take keeps what is not as it was.
func (l *likeness) take(ctx context.Context, before map[string]detect.Definition) error {
	now, err := l.Objects(ctx)
	for key, d := range now {
		if was, there := before[key]; !there || was != d {
			l.made[key] = d
		}
	}
	return err
}

// stay drops what is not there in the end, or as something else.
func (l *likeness) stay(ctx context.Context) error {
	now, err := l.Objects(ctx)
	maps.DeleteFunc(l.made, func(key string, d detect.Definition) bool { return now[key] != d })
	return err
}

// lastHidden returns the number of the last statement of which nobody knows what it
// changes, counted from 1.
func lastHidden(list []postgres.Script) (last int) {
	n := 0
	for sql := range statementsOf(list) {
		if n++; simulation.Read(sql).Hidden {
			last = n
		}
	}
	return last
}

func statementsOf(list []postgres.Script) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for _, script := range list {
			for _, step := range script.Steps {
				for _, statement := range step.Up {
					for _, s := range sqltext.Split(statement.SQL) {
						if !yield(s.Text) {
							return
						}
					}
				}
			}
		}
	}
}

func (l *likeness) run(ctx context.Context, script postgres.Script) error {
	if err := l.Begin(ctx); err != nil {
		return err
	}
	for sql := range statementsOf([]postgres.Script{script}) {
		if err := l.statement(ctx, sql); err != nil {
			return err
		}
	}
	return nil
}

func (l *likeness) statement(ctx context.Context, sql string) error {
	reading, known := simulation.Read(sql), true
	if text, runs := inReplica(sql, l.Kept); runs {
		if err := l.makeWay(ctx, reading); err != nil {
			return err
		}
		refused, err := l.Run(ctx, text)
		if err != nil {
			return err
		}
		known = refused == nil
	} else {
		known = reading.Unproven == "" && !slices.ContainsFunc(reading.Effects, func(e simulation.Effect) bool { return e.Verb != simulation.Needs && e.Verb != simulation.Refers })
	}
	if !known || l.isOver(reading) {
		l.doubt(reading)
	}
	if l.position++; l.position != l.hidden {
		return nil
	}
	now, err := l.Objects(ctx)
	for key, d := range now {
		l.unknown[key] = true
		if d.Whole == "" {
			l.doubted[wholeOf(d)] = true
		}
	}
	return err
}

// makeWay drops the empty schema that stands in the place of one that a statement makes.
func (l *likeness) makeWay(ctx context.Context, reading simulation.Reading) error {
	for _, e := range reading.Effects {
		name := ""
		switch {
		case e.Name.Class != detect.NamesSchema:
		case e.Verb == simulation.Makes && !e.If:
			name = e.Name.Name
		case e.Verb == simulation.Renames:
			name = e.To
		}
		if name != "" {
			if _, err := l.Run(ctx, "DROP SCHEMA IF EXISTS "+address.Quote(name)); err != nil { // one that is used stays
				return err
			}
		}
	}
	return nil
}

// isOver reports whether a statement is over something that not all is known of.
func (l *likeness) isOver(reading simulation.Reading) bool {
	return slices.ContainsFunc(reading.Effects, func(e simulation.Effect) bool { return l.doubted[outermost(e.Name)] })
}

// doubt takes in that not all is known of what a statement makes, changes or drops.
func (l *likeness) doubt(reading simulation.Reading) {
	for _, e := range reading.Effects {
		if e.Verb == simulation.Refers {
			continue
		}
		for _, n := range []simulation.Name{e.Name, e.Twin, e.Renamed()} {
			switch name := outermost(n); {
			case n.Class == detect.NamesSchema:
				l.schemas[name] = e.Verb != simulation.Makes || l.schemas[name]
			case name != "":
				l.doubted[name] = true
			}
		}
	}
}

// outermost returns the name of what stands by itself.
func outermost(n simulation.Name) string {
	if n.Relation != "" {
		return n.Relation
	}
	return n.Name
}
