package triggers

import (
	"fmt"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
)

// guard refuses transactions at an isolation level at which the locks do not
// help: they would check a state of the database that is over.
func (c *constraint) guard() []string {
	want, unless := "read committed", "NOT IN ('read committed', 'read uncommitted')" // which PostgreSQL takes for the same
	if c.Isolation == serializable {
		want, unless = "serializable", "<> 'serializable'"
	}
	if c.locking() == lockNothing || c.Isolation == anyIsolation {
		return nil
	}
	return []string{
		"    IF current_setting('transaction_isolation') " + unless + " THEN",
		"        RAISE feature_not_supported USING MESSAGE = " +
			address.Literal(fmt.Sprintf("constraint %q needs transactions at isolation level %s", c.name(), want)) + ",",
		"            HINT = 'The constraint trigger''s argument \"isolation\" says which level it is made for.';",
		"    END IF;",
	}
}

// name is how the constraint calls itself in errors, in the manner of labelled
// constraints.
func (c *constraint) name() string { return c.table.Table + "_" + c.label }

// diagnosis is what an error of the constraint says.
func (c *constraint) diagnosis(hint string) []string {
	using := []string{
		"MESSAGE = " + address.Literal(c.Error),
		"CONSTRAINT = " + address.Literal(c.name()),
		"TABLE = " + address.Literal(c.table.Table),
		"SCHEMA = " + address.Literal(c.table.Schema),
	}
	if hint != "" {
		using = append(using, "HINT = "+address.Literal(hint))
	}
	return using
}

func (c *constraint) refusal(check, hint string) []string {
	return []string{
		"    IF EXISTS (",
		"        " + check,
		"    ) THEN",
		"        RAISE check_violation USING " + strings.Join(c.diagnosis(hint), ", ") + ";",
		"    END IF;",
	}
}

// checkRows returns the statement that refuses the constraint where rows break
// it already, and names the first of them. Creating the triggers has locked out
// other writers.
func (c *constraint) checkRows() string {
	names, values := make([]string, len(c.keys)), make([]string, len(c.keys))
	for i, k := range c.keys {
		names[i], values[i] = k.name(), "coalesce(q."+keyName(i)+"::text, 'NULL')"
	}
	detail, found := "''", "''"
	if len(c.keys) > 0 {
		found = "'(' || " + strings.Join(values, " || ', ' || ") + " || ')'"
		detail = address.Literal("Rows that break it have ("+strings.Join(names, ", ")+") = ") + " || checked.found || '.'"
	}
	using := append(c.diagnosis("Rows that are there already break the constraint. Mend them first."), "DETAIL = "+detail)
	return "DO " + dollar(`
<<checked>>
DECLARE
    found text;
BEGIN
    SELECT string_agg(CASE WHEN f.place > 5 THEN '...' ELSE f.keys END, ', ' ORDER BY f.place) INTO checked.found FROM (
        SELECT row_number() OVER () AS place, `+found+` AS keys FROM (
        `+c.sql()+` LIMIT 6) AS q) AS f;
    IF checked.found IS NOT NULL THEN
        RAISE check_violation USING `+strings.Join(using, ", ")+`;
    END IF;
END
`)
}
