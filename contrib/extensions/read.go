package extensions

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/source/sql"
	"github.com/whimbreldb/whimbrel/core/sqltext/ddl"
)

// ReadSQL takes CREATE EXTENSION of those that models imply by what they use: nobody
// declares them.
func (d detector) ReadSQL(w *sql.Work, s sql.Statement) bool {
	made, ok := s.What.(ddl.CreateExtension)
	if !ok || !slices.ContainsFunc(catalog, func(e extension) bool { return e.name == made.Name }) {
		return false
	}
	if made.Version != "" || made.Schema != "" && made.Schema != "public" {
		w.NoWord(s, made.Place, "an extension is of the server's usual version and in the schema public")
	}
	return true
}
