package column

import "github.com/whimbreldb/whimbrel/sdk"

// toHstore is a function that lives as long as the session. There is no cast from
// jsonb to hstore, though there is one back, and ALTER COLUMN TYPE takes no
// subquery.
const toHstore = "pg_temp.whimbrel_to_hstore"

// pairs are those of an object in JSON as one hstore.
const pairs = "coalesce(hstore(array_agg(pair.key), array_agg(pair.value)), '')"

// helps reports whether a conversion needs the function.
func helps(from, to Type) bool {
	return to.base() == "hstore" && !to.IsArray() && !from.IsArray() && (from.base() == "jsonb" || from.base() == "json")
}

// Helper returns the statements before and after a conversion to another type.
func (t Type) Helper(to Type) (before, after []string) {
	if !helps(t, to) {
		return nil, nil
	}
	return []string{"CREATE FUNCTION " + toHstore + "(jsonb) RETURNS hstore LANGUAGE sql STRICT AS " + sdk.Body(
			"SELECT "+pairs+" FROM jsonb_each_text($1) AS pair")},
		[]string{"DROP FUNCTION " + toHstore + "(jsonb)"}
}
