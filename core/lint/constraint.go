package lint

import "github.com/whimbreldb/whimbrel/core/sqltext/ddl"

// added returns the constraints that a statement adds to a table that was there before,
// those of new columns not among them.
func (s statement) added() (ddl.Name, []ddl.Constraint) {
	table, commands := s.commands("AT_AddConstraint")
	var found []ddl.Constraint
	for _, c := range commands {
		if c.Constraint != nil {
			found = append(found, *c.Constraint)
		}
	}
	return table, found
}

func constraintScans(s statement) []finding {
	table, added := s.added()
	var found []finding
	for _, c := range added {
		if c.NotValid || c.Kind != ddl.CheckConstraint && c.Kind != ddl.ForeignKey {
			continue
		}
		what, why := "a check reads every row of "+table.Name+", while nobody can use the table", "The lock is ACCESS EXCLUSIVE until all rows are read."
		if c.Kind == ddl.ForeignKey {
			what = "a foreign key looks up every row of " + table.Name + ", while nobody can write to it or to " + c.Target.Name
			why = "The lock is SHARE ROW EXCLUSIVE on both tables until all rows are looked up."
		}
		found = append(found, finding{what: what, why: why, next: "add it NOT VALID, and VALIDATE CONSTRAINT in another migration, which lets others read and write", at: c.Place})
	}
	return found
}

func keyBuildsIndex(s statement) []finding {
	table, added := s.added()
	var found []finding
	for _, c := range added {
		if c.UsingIndex != "" || c.Kind != ddl.UniqueConstraint && c.Kind != ddl.PrimaryKey && c.Kind != ddl.ExclusionConstraint {
			continue
		}
		f := finding{
			what: "the index of the constraint is built while nobody can use " + table.Name,
			why:  "ADD CONSTRAINT holds an ACCESS EXCLUSIVE lock until it is done.",
			next: "before: CREATE UNIQUE INDEX CONCURRENTLY i ON " + table.Name + " (...); then ADD CONSTRAINT ... USING INDEX i",
			at:   c.Place,
		}
		if c.Kind == ddl.ExclusionConstraint {
			f.next = "there is no other way for an exclusion constraint: add it while the table is small or nobody needs it, and allow it: -- lint:allow WH7009: why it may be"
		}
		found = append(found, f)
	}
	return found
}
