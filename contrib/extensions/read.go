package extensions

import (
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/source/sql"
	"github.com/whimbreldb/whimbrel/core/sqltext/ddl"
)

// ReadSQL takes CREATE EXTENSION of those that models imply by what they use: nobody
// declares them. One that nothing uses is made by hand.
func (d detector) ReadSQL(w *sql.Work, s sql.Statement) bool {
	made, ok := s.What.(ddl.CreateExtension)
	if !ok || !w.Again() {
		return false
	}
	i := slices.IndexFunc(catalog, func(e extension) bool { return e.name == made.Name })
	switch {
	case i < 0:
		byHand(w, s, made, s.Text)
	case made.Version != "" || made.Schema != "" && made.Schema != "public":
		w.NoWord(s, made.Place, "an extension is of the server's usual version and in the schema public")
	case !w.Mentions(catalog[i].names()):
		byHand(w, s, made, "CREATE EXTENSION IF NOT EXISTS "+address.Quote(made.Name)+" WITH SCHEMA public")
	}
	return true
}

// names are the words by which models may use the extension; of a class that is the
// default of a method, the method.
func (e extension) names() []string {
	names := slices.Concat(e.types, e.calls, e.methods)
	for _, class := range e.opclasses {
		name, _, _ := strings.Cut(class, ":")
		names = append(names, name)
	}
	return names
}

// byHand makes one that nothing implies.
func byHand(w *sql.Work, s sql.Statement, made ddl.CreateExtension, create string) {
	b := w.Bare(s, "sql_object", "sql_object", "extension_"+made.Name, made.Place)
	b.Unset("name")
	b.Set("create", sql.SQL(create))
	b.Set("drop", sql.SQL("DROP EXTENSION "+address.Quote(made.Name)))
}
