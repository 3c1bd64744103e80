package lint

import (
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/sqltext/ddl"
	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
)

func named(relation string) ddl.Name { return ddl.Name{Name: relation} }

// used are the classes of objects that programs name.
var used = []string{"table", "view", "materialized view", "column", "function", "procedure", "schema", "type", "attribute"}

func renames(s statement) []finding {
	var found []finding
	for _, e := range s.act.Effects {
		relation := e.Relation
		if relation == "" {
			relation = e.Name
		}
		if e.Verb != parser.Renames && e.Verb != parser.Moves || !slices.Contains(used, e.Class) || s.fresh(named(relation)) {
			continue
		}
		found = append(found, finding{
			what: e.Class + " " + dotted(e) + " gets another name, and programs of the version before do not find it",
			why:  "While a new version is rolled out both run.",
			next: "keep the old name until nothing uses it: a view under the old name, or a second column that a trigger keeps; or allow it: -- lint:allow WH7012: why it may be",
		})
	}
	return found
}

func definerTrusts(s statement) []finding {
	if _, ok := s.What.(ddl.CreateRoutine); !ok || !adjacent(s.words, "SECURITY", "DEFINER") || setsPath(s.Text) {
		return nil
	}
	return one("a SECURITY DEFINER function without a search_path runs what its caller puts in the way",
		"It runs with the rights of its owner, and looks names up on the path of whoever calls it.",
		"add SET search_path = '' and write schemas before names, or SET search_path = pg_catalog, pg_temp")
}

func setsPath(text string) bool {
	lower := strings.ToLower(text)
	return strings.Contains(lower, "search_path")
}

// adjacent reports whether two words stand one behind the other.
func adjacent(words []string, first, second string) bool {
	for i := 1; i < len(words); i++ {
		if words[i-1] == first && words[i] == second {
			return true
		}
	}
	return false
}

func blocksEverybody(s statement) []finding {
	what := ""
	switch {
	case s.act.Kind == "VACUUM" && slices.Contains(s.words, "FULL"):
		what = "VACUUM FULL writes the table anew"
	case s.act.Kind == "CLUSTER":
		what = "CLUSTER writes the table anew"
	case s.act.Kind == "REINDEX" && !s.concurrently():
		what = "REINDEX builds the index anew"
	case s.act.Kind == "REFRESH MATERIALIZED VIEW" && !s.concurrently() && !s.refreshesFresh():
		what = "REFRESH MATERIALIZED VIEW computes the view anew"
	case s.act.Kind == "LOCK TABLE":
		what = "LOCK TABLE keeps the table"
	default:
		return nil
	}
	return one(what+", and others wait until the transaction ends", "The lock is held to the end of the migration.",
		"use CONCURRENTLY where there is one, or do it outside of migrations; or allow it: -- lint:allow WH7015: why it may be")
}

func (s statement) refreshesFresh() bool {
	for _, e := range s.act.Effects {
		if e.Class == "materialized view" && s.fresh(named(e.Name)) {
			return true
		}
	}
	return false
}
