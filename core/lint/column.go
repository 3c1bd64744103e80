package lint

import (
	"github.com/whimbreldb/whimbrel/core/pgtype"
	"github.com/whimbreldb/whimbrel/core/sqltext/ddl"
)

// commands returns those of one kind of an ALTER TABLE on a table that was there before.
func (s statement) commands(kind string) (ddl.Name, []ddl.Command) {
	a, ok := s.What.(ddl.AlterTable)
	if !ok || a.Kind != "table" || s.fresh(a.Name) {
		return ddl.Name{}, nil
	}
	var found []ddl.Command
	for _, c := range a.Commands {
		if c.Kind == kind {
			found = append(found, c)
		}
	}
	return a.Name, found
}

func columnRewrites(s statement) []finding {
	table, added := s.commands("AT_AddColumn")
	var found []finding
	for _, c := range added {
		why := ""
		switch {
		case c.Column == nil:
			continue
		case c.Column.Generated != nil && !c.Column.Virtual:
			why = "A stored generated column is computed for every row."
		case c.Column.Identity != "":
			why = "Every row gets a number of its own."
		case isSerial(c.Column.Type):
			why = "A serial column gives every row a number of its own."
		case calls(c.Column.Default, pgtype.Volatile):
			why = "Its default has another value for each row."
		default:
			continue
		}
		found = append(found, finding{
			what: "adding " + c.Column.Name + " writes every row of " + table.Name + " anew, while nobody can use the table",
			why:  why,
			next: "add the column without it, fill the rows in batches, and then set the default",
			at:   c.Place,
		})
	}
	return found
}

func isSerial(t ddl.Type) bool {
	switch t.Name {
	case "serial", "bigserial", "smallserial", "serial2", "serial4", "serial8":
		return true
	}
	return false
}

// calls reports whether an expression calls a function of some.
func calls(e *ddl.Expr, which func(string) bool) bool {
	if e == nil {
		return false
	}
	if e.Kind == ddl.Call && len(e.Names) > 0 && which(e.Names[len(e.Names)-1]) {
		return true
	}
	for _, arg := range e.Args {
		if calls(arg, which) {
			return true
		}
	}
	return false
}

func columnWithoutValue(s statement) []finding {
	table, added := s.commands("AT_AddColumn")
	var found []finding
	for _, c := range added {
		if c.Column == nil || !c.Column.NotNull || c.Column.Default != nil || c.Column.Generated != nil || c.Column.Identity != "" || isSerial(c.Column.Type) {
			continue
		}
		found = append(found, finding{
			what: "adding " + c.Column.Name + " fails if " + table.Name + " has rows",
			why:  "The rows that are there have no value for a NOT NULL column without a default (23502).",
			next: "give it a default, or add it nullable, fill it, and set NOT NULL then",
			at:   c.Place,
		})
	}
	return found
}

// each returns a finding for each command of one kind.
func (s statement) each(kind string, say func(table, column string) finding) []finding {
	table, commands := s.commands(kind)
	var found []finding
	for _, c := range commands {
		f := say(table.Name, c.Name)
		f.at = c.Place
		found = append(found, f)
	}
	return found
}

func typeChanges(s statement) []finding {
	return s.each("AT_AlterColumnType", func(table, column string) finding {
		return finding{
			what: "another type of " + column + " may write every row of " + table + " anew, while nobody can use the table",
			why:  "PostgreSQL rewrites the table and its indexes unless the old values are values of the new type as they stand, such as varchar(30) to varchar(60) or text.",
			next: "where it rewrites, add another column, copy in batches, and change over; else allow it: -- lint:allow WH7006: why it does not",
		}
	})
}

func notNullScans(s statement) []finding {
	return s.each("AT_SetNotNull", func(table, column string) finding {
		return finding{
			what: "SET NOT NULL reads every row of " + table + ", while nobody can use the table",
			why:  "It looks for NULLs under an ACCESS EXCLUSIVE lock, unless a valid check says already that there are none.",
			next: "before: ADD CONSTRAINT c CHECK (" + column + " IS NOT NULL) NOT VALID, then VALIDATE CONSTRAINT c in another migration; after it SET NOT NULL takes no time",
		}
	})
}
