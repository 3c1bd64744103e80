package sdk

import "github.com/whimbreldb/whimbrel/core/source/sql"

// FromSQL has the statements of a plugin's kinds read from files of DDL: the function
// turns one into what is written for the same object in a model file, and reports
// whether the statement was one of its kinds.
func FromSQL(read sql.Reader) Part {
	return func(d *definition) { d.read = read }
}

// ReadingSQL is FromSQL for a detector that is made with New.
func ReadingSQL(read sql.Reader) Ability {
	return func(d *detector) { d.read = read }
}

// ReadSQL is that of sql.Kind.
func (d *detector) ReadSQL(w *sql.Work, s sql.Statement) bool { return d.read != nil && d.read(w, s) }
