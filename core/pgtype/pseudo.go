package pgtype

import (
	"slices"
	"strings"
)

// Pseudo reports whether a name is that of a pseudo-type, which no column can
// have.
func Pseudo(name string) bool {
	_, found := slices.BinarySearch(pseudo, strings.ToLower(name))
	return found
}

// pseudo is the answer, sorted, to
//
//	SELECT typname FROM pg_type WHERE typtype = 'p' AND typcategory = 'P'
var pseudo = strings.Fields(`
	any anyarray anycompatible anycompatiblearray anycompatiblemultirange anycompatiblenonarray
	anycompatiblerange anyelement anyenum anymultirange anynonarray anyrange cstring event_trigger fdw_handler
	index_am_handler internal language_handler pg_ddl_command record table_am_handler trigger tsm_handler unknown
	void`)
