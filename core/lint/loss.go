package lint

import (
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
)

// holders are the classes of objects with which values go.
var holders = []string{"table", "column", "schema", "materialized view", "sequence", "attribute", "foreign table"}

func dropLoses(s statement) []finding {
	var found []finding
	for _, e := range s.act.Effects {
		relation := e.Relation
		if e.Class == "table" || e.Class == "materialized view" {
			relation = e.Name
		}
		if e.Verb != parser.Drops || !slices.Contains(holders, e.Class) || s.fresh(named(relation)) {
			continue
		}
		found = append(found, finding{
			what: "what " + e.Class + " " + dotted(e) + " holds is lost",
			why:  "Nothing brings it back, and programs of the version before still use it.",
			next: "drop it in a later release, when nothing uses it any more; keep a copy; then allow it: -- lint:allow WH7010: why it may go",
		})
	}
	return found
}

func rowsLose(s statement) []finding {
	switch {
	case s.act.Kind == "TRUNCATE TABLE":
		return one("TRUNCATE empties the table", "The rows are lost, and everybody waits meanwhile.",
			"delete the rows that are meant, in batches, or allow it: -- lint:allow WH7011: why they may go")
	case (s.act.Kind == "DELETE" || s.act.Kind == "UPDATE") && !slices.Contains(s.words, "WHERE") && !s.writesFresh():
		return one(s.act.Kind+" without WHERE is about every row", "All of them are locked until the transaction ends, and the table grows by as much.",
			"say which rows are meant, in batches of some thousands, each in a transaction of its own")
	}
	return nil
}

// writesFresh reports whether all that the statement writes to is made by the text.
func (s statement) writesFresh() bool {
	for _, e := range s.act.Effects {
		if e.Verb == parser.Writes && !s.fresh(named(e.Name)) {
			return false
		}
	}
	return true
}

func cascades(s statement) []finding {
	for _, e := range s.act.Effects {
		if e.Cascade && e.Verb == parser.Drops {
			return one("CASCADE drops what nobody has named", "Views, foreign keys, policies and functions that depend on it go too, in a list that differs from database to database.",
				"name each of them in a DROP of its own")
		}
	}
	return nil
}

// dotted returns the name of what an effect is on, as SQL has it.
func dotted(e parser.Effect) string {
	var parts []string
	for _, part := range []string{e.Schema, e.Relation, e.Name} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, ".")
}
