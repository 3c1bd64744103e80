package extensions

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/source/sql"
	"github.com/whimbreldb/whimbrel/core/sqltext/ddl"
)

// ReadSQL takes CREATE EXTENSION of those that models imply by what they use: nobody
// declares them.
func (d detector) ReadSQL(w *sql.Work, s sql.Statement) bool {
	made, ok := s.What.(ddl.CreateExtension)
	switch {
	case !ok:
		return false
	case !slices.ContainsFunc(catalog, func(e extension) bool { return e.name == made.Name }):
		return w.Again() && byHand(w, s, made)
	}
	if made.Version != "" || made.Schema != "" && made.Schema != "public" {
		w.NoWord(s, made.Place, "an extension is of the server's usual version and in the schema public")
	}
	return true
}

// byHand takes one that the plugin does not know, which nothing implies.
func byHand(w *sql.Work, s sql.Statement, made ddl.CreateExtension) bool {
	b := w.Bare(s, "sql_object", "sql_object", "extension_"+made.Name, made.Place)
	b.Unset("name")
	b.Set("create", sql.SQL(s.Text))
	b.Set("drop", sql.SQL("DROP EXTENSION "+address.Quote(made.Name)))
	return true
}
