package triggers

import (
	"strconv"
	"strings"
)

// safePath has nothing in it that others could put something into, and names
// the schema of temporary objects last, which else comes first.
const safePath = "pg_catalog, pg_temp"

// A function is a trigger function in PL/pgSQL.
type function struct {
	name string // as an identifier
	path string // search_path
	sets string // further SET clauses, each with a blank in front
	// readsNothing: no table but one that row security is not for, so that it need
	// not be set for each call.
	readsNothing bool
	body         string
}

// create returns the statements that create it. It runs with its owner's rights,
// so that whoever writes to a table needs none for the others, and row security
// does not hide rows from it.
func (f function) create() []string {
	sets := f.sets
	if !f.readsNothing {
		sets = " SET row_security = off" + sets
	}
	return []string{
		"CREATE FUNCTION " + f.name + "() RETURNS trigger\n" +
			"LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = " + f.path + sets + "\n" +
			"AS " + dollar("\n"+f.body+"\n"),
		"REVOKE ALL ON FUNCTION " + f.name + "() FROM PUBLIC",
	}
}

func (f function) drop() string { return "DROP FUNCTION " + f.name + "()" }

// dollar quotes text with a tag that is not in it.
func dollar(text string) string {
	tag := "$whimbrel$"
	for i := 1; strings.Contains(text, tag); i++ {
		tag = "$whimbrel" + strconv.Itoa(i) + "$"
	}
	return tag + text + tag
}
