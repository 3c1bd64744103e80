package simulation_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// A draw makes random statements over few names, so that they often meet.
type draw struct{ *rand.Rand }

func (d *draw) of(words ...string) string { return words[d.IntN(len(words))] }

func (d *draw) schema() string {
	if d.IntN(30) == 0 {
		return "nowhere"
	}
	return d.of("s1", "s1", `"S 2"`)
}

func (d *draw) relation() string { return d.schema() + "." + d.of("a", "b", `"C d"`) }
func (d *draw) column() string   { return d.of("x", "y", `"Z"`) }
func (d *draw) typ() string      { return d.schema() + "." + d.of("t", "u", "a") }
func (d *draw) function() string { return d.schema() + "." + d.of("f", "g") }
func (d *draw) index() string    { return d.of("i", "j", "k", "a") }
func (d *draw) sequence() string { return d.schema() + "." + d.of("q", "r", "a") }
func (d *draw) domain() string   { return d.schema() + "." + d.of("t", "u") }

// own is the name of what is part of a table.
func (d *draw) own() string { return d.of("n", "m", "i") }

func (d *draw) exists() string { return d.of("", "", "", "", "IF EXISTS ") }

func (d *draw) cascade() string {
	if d.IntN(40) == 0 {
		return " CASCADE"
	}
	return ""
}

func (d *draw) args() string {
	return d.of("", "", "integer", "int4", "text, integer", "character varying(3)", "varchar", d.typ())
}

func (d *draw) columnType() string {
	if d.IntN(4) == 0 {
		return d.typ()
	}
	return d.of("integer", "text", "numeric(4, 2)", "timestamp with time zone", "integer[]")
}

func (d *draw) statement() string {
	if d.IntN(3) == 0 {
		return d.table()
	}
	all := []func() string{
		d.create, d.create, d.alter, d.alter, d.actions, d.drop, d.routine, d.types, d.domains, d.parts, d.sequences, d.views, d.indexes, d.comment, d.schemas,
		d.expressions, d.expressions, d.queries,
	}
	return all[d.IntN(len(all))]()
}

// table makes a table, with all that can stand in it.
func (d *draw) table() string {
	lines := []string{}
	columns := []string{"x", "y", `"Z"`}[:1+d.IntN(3)]
	for _, column := range columns {
		lines = append(lines, column+" "+d.columnType())
	}
	if d.IntN(3) == 0 {
		lines = append(lines, fmt.Sprintf("CONSTRAINT %s %s (%s)", d.own(), d.of("UNIQUE", "PRIMARY KEY"), d.column()))
	}
	if d.IntN(3) == 0 {
		lines = append(lines, fmt.Sprintf("CONSTRAINT %s CHECK (true)", d.own()))
	}
	if d.IntN(20) == 0 {
		lines = append(lines, d.column()+" integer")
	}
	return "CREATE TABLE " + d.of("", "", "", "", "IF NOT EXISTS ") + d.relation() + " (" + strings.Join(lines, ", ") + ")"
}

func (d *draw) create() string {
	switch d.IntN(3) {
	case 0:
		return fmt.Sprintf("CREATE TYPE %s AS ENUM ('v')", d.typ())
	case 1:
		return fmt.Sprintf("CREATE TYPE %s AS (x integer, %s %s)", d.typ(), d.column(), d.columnType())
	}
	return d.table()
}

func (d *draw) alter() string {
	t := "ALTER TABLE " + d.exists() + d.relation() + " "
	switch d.IntN(12) {
	case 0, 1:
		return t + "RENAME TO " + d.of("a", "b", `"C d"`, "i", "t")
	case 2:
		return t + "SET SCHEMA " + d.schema()
	case 3, 4:
		return t + "RENAME COLUMN " + d.column() + " TO " + d.column()
	case 5:
		return t + "RENAME CONSTRAINT " + d.own() + " TO " + d.own()
	default:
		return t + d.action()
	}
}

func (d *draw) actions() string {
	t := "ALTER TABLE " + d.relation() + " "
	return t + d.action() + ", " + d.action()
}

func (d *draw) action() string {
	switch d.IntN(9) {
	case 0, 1:
		return "ADD COLUMN " + d.of("", "", "IF NOT EXISTS ") + d.column() + " " + d.columnType()
	case 2:
		return "DROP COLUMN " + d.exists() + d.column()
	case 3:
		return "ALTER COLUMN " + d.column() + " SET DEFAULT NULL"
	case 4:
		return fmt.Sprintf("ADD CONSTRAINT %s CHECK (true)", d.own())
	case 5:
		return fmt.Sprintf("ADD CONSTRAINT %s UNIQUE (%s)", d.own(), d.column())
	case 6:
		return fmt.Sprintf("ADD CONSTRAINT %s FOREIGN KEY (%s) REFERENCES %s (%s)", d.own(), d.column(), d.relation(), d.column())
	case 7:
		return "DROP CONSTRAINT " + d.exists() + d.own()
	}
	return "VALIDATE CONSTRAINT " + d.own()
}

func (d *draw) drop() string {
	switch d.IntN(8) {
	case 0, 1, 2:
		return "DROP TABLE " + d.exists() + d.relation() + d.cascade()
	case 3:
		return "DROP TYPE " + d.exists() + d.typ() + d.cascade()
	case 4:
		return "DROP VIEW " + d.exists() + d.relation()
	case 5:
		return "DROP SEQUENCE " + d.exists() + d.sequence()
	case 6:
		return "DROP TABLE " + d.relation() + ", " + d.relation()
	}
	return "DROP INDEX " + d.exists() + d.schema() + "." + d.index()
}

func (d *draw) routine() string {
	f := d.function() + "(" + d.args() + ")"
	switch d.IntN(7) {
	case 0, 1:
		return "CREATE " + d.of("", "OR REPLACE ") + "FUNCTION " + f + " RETURNS integer LANGUAGE sql AS 'SELECT 1'"
	case 2:
		return "DROP FUNCTION " + d.exists() + f
	case 3:
		return "ALTER FUNCTION " + f + " RENAME TO " + d.of("f", "g")
	case 4:
		return "ALTER FUNCTION " + f + " SET SCHEMA " + d.schema()
	case 5:
		return "REVOKE ALL ON FUNCTION " + f + " FROM PUBLIC"
	}
	return "CREATE FUNCTION " + d.function() + "() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'"
}

func (d *draw) types() string {
	t := "ALTER TYPE " + d.typ() + " "
	switch d.IntN(6) {
	case 0:
		return t + "RENAME TO " + d.of("t", "u", "a")
	case 1:
		return t + "SET SCHEMA " + d.schema()
	case 2:
		return t + "RENAME ATTRIBUTE " + d.column() + " TO " + d.column()
	case 3:
		return t + d.attribute()
	case 4:
		return t + d.attribute() + ", " + d.attribute()
	}
	return t + "ADD VALUE IF NOT EXISTS 'w'"
}

// attribute is what is done to an attribute of a composite type.
func (d *draw) attribute() string {
	switch d.IntN(3) {
	case 0:
		return "ADD ATTRIBUTE " + d.column() + " " + d.columnType()
	case 1:
		return "DROP ATTRIBUTE " + d.exists() + d.column()
	}
	return "ALTER ATTRIBUTE " + d.column() + " TYPE " + d.columnType()
}

func (d *draw) domains() string {
	t := "ALTER DOMAIN " + d.domain() + " "
	switch d.IntN(6) {
	case 0, 1:
		return fmt.Sprintf("CREATE DOMAIN %s AS integer CONSTRAINT %s CHECK (VALUE > 0)", d.domain(), d.own())
	case 2:
		return t + "ADD CONSTRAINT " + d.own() + " CHECK (VALUE < 9)"
	case 3:
		return t + "DROP CONSTRAINT " + d.exists() + d.own()
	case 4:
		return t + "RENAME CONSTRAINT " + d.own() + " TO " + d.own()
	}
	return "DROP DOMAIN " + d.exists() + d.domain()
}

func (d *draw) parts() string {
	of := d.own() + " ON " + d.relation()
	switch d.IntN(10) {
	case 0:
		return fmt.Sprintf("CREATE TRIGGER %s BEFORE UPDATE OF %s ON %s FOR EACH ROW EXECUTE FUNCTION %s()", d.own(), d.column(), d.relation(), d.function())
	case 1:
		return fmt.Sprintf("CREATE TRIGGER %s AFTER INSERT ON %s FOR EACH ROW EXECUTE FUNCTION %s()", d.own(), d.relation(), d.function())
	case 2:
		return "DROP TRIGGER " + d.exists() + of
	case 3:
		return "ALTER TRIGGER " + of + " RENAME TO " + d.own()
	case 4:
		return "CREATE POLICY " + of + " USING (true)"
	case 5:
		return "DROP POLICY " + d.exists() + of
	case 6:
		return "ALTER POLICY " + of + " RENAME TO " + d.own()
	case 7:
		return fmt.Sprintf("CREATE RULE %s AS ON INSERT TO %s DO ALSO NOTHING", d.own(), d.relation())
	case 8:
		return "DROP RULE " + d.exists() + of
	}
	return "ALTER TABLE " + d.relation() + " DISABLE TRIGGER " + d.own()
}

func (d *draw) sequences() string {
	switch d.IntN(4) {
	case 0, 1:
		return "CREATE SEQUENCE " + d.sequence() + d.of("", "", " OWNED BY "+d.relation()+"."+d.column())
	case 2:
		return "ALTER SEQUENCE " + d.sequence() + " OWNED BY " + d.of("NONE", d.relation()+"."+d.column())
	}
	return "ALTER SEQUENCE " + d.exists() + d.sequence() + " RENAME TO " + d.of("q", "r", "a")
}

func (d *draw) views() string {
	switch d.IntN(3) {
	case 0:
		return "CREATE VIEW " + d.relation() + " AS SELECT 1 AS one"
	case 1:
		return "ALTER VIEW " + d.relation() + " RENAME TO " + d.of("a", "b", `"C d"`)
	}
	return "CREATE MATERIALIZED VIEW " + d.of("", "IF NOT EXISTS ") + d.relation() + " AS SELECT 1 AS one"
}

func (d *draw) indexes() string {
	switch d.IntN(4) {
	case 0, 1:
		return fmt.Sprintf("CREATE %sINDEX %s%s ON %s (%s)", d.of("", "UNIQUE "), d.of("", "", "IF NOT EXISTS "), d.index(), d.relation(), d.of(d.column(), d.column()+", "+d.column()))
	case 2:
		return "ALTER INDEX " + d.exists() + d.schema() + "." + d.index() + " RENAME TO " + d.index()
	}
	return fmt.Sprintf("ALTER TABLE %s ADD CONSTRAINT %s UNIQUE USING INDEX %s", d.relation(), d.own(), d.index())
}

func (d *draw) comment() string {
	return "COMMENT ON " + d.of(
		"TABLE "+d.relation(), "COLUMN "+d.relation()+"."+d.column(), "CONSTRAINT "+d.own()+" ON "+d.relation(),
		"CONSTRAINT "+d.own()+" ON DOMAIN "+d.domain(), "TRIGGER "+d.own()+" ON "+d.relation(),
		"FUNCTION "+d.function()+"("+d.args()+")", "TYPE "+d.typ(), "POLICY "+d.own()+" ON "+d.relation(), "SCHEMA "+d.schema(),
	) + " IS NULL"
}

func (d *draw) schemas() string {
	switch d.IntN(5) {
	case 0:
		return "CREATE SCHEMA " + d.of("s1", "s3")
	case 1:
		return "ALTER SCHEMA " + d.of("s1", "s3", `"S 2"`) + " RENAME TO " + d.of("s1", "s3")
	case 2:
		return "DROP SCHEMA " + d.exists() + d.of("s3", "s3", "s1")
	case 3:
		return fmt.Sprintf("CREATE STATISTICS %s.%s ON x, y FROM %s", d.schema(), d.own(), d.relation())
	}
	return "DROP STATISTICS " + d.exists() + d.schema() + "." + d.own()
}

// term is an expression of type boolean that names something. Its column may stand behind
// a name and a dot.
func (d *draw) term(of string) string {
	return fmt.Sprintf(d.of("%s%s IS NOT NULL", "(%s%s IS NULL OR true)", "coalesce(%s%s IS NULL, false)"), of, d.column()) +
		d.of("", "", "", " AND "+d.function()+"() IS NOT NULL", " AND NULL::"+d.typ()+" IS NULL", " AND CAST(NULL AS "+d.typ()+"[]) IS NULL")
}

// expressions makes a statement with an expression over a table.
func (d *draw) expressions() string {
	on := d.own() + " ON " + d.relation()
	t := "ALTER TABLE " + d.relation() + " "
	switch d.IntN(12) {
	case 0, 1:
		return t + "ADD CONSTRAINT " + d.own() + " CHECK (" + d.term("") + ")"
	case 2:
		return t + "ADD COLUMN " + d.column() + " integer CONSTRAINT " + d.own() + " CHECK (" + d.term("") + ")"
	case 3:
		return t + "ADD COLUMN " + d.column() + " boolean GENERATED ALWAYS AS (" + d.column() + " IS NULL) STORED"
	case 4:
		return t + "ADD COLUMN " + d.column() + " integer DEFAULT " + d.function() + "()"
	case 5:
		return t + "ADD COLUMN " + d.column() + " bigint DEFAULT nextval('" + d.sequence() + "')"
	case 6:
		return "CREATE POLICY " + on + " USING (" + d.term("") + ")"
	case 7:
		return "CREATE POLICY " + on + " WITH CHECK (EXISTS (SELECT FROM " + d.relation() + " o WHERE " + d.term("o.") + "))"
	case 8:
		return fmt.Sprintf("CREATE TRIGGER %s BEFORE UPDATE ON %s FOR EACH ROW WHEN (%s) EXECUTE FUNCTION %s()", d.own(), d.relation(), d.term("new."), d.function())
	case 9:
		return fmt.Sprintf("CREATE INDEX %s ON %s ((%s IS NULL)) WHERE %s IS NOT NULL", d.index(), d.relation(), d.column(), d.column())
	case 10:
		return "CREATE DOMAIN " + d.domain() + " AS integer CONSTRAINT " + d.own() + " CHECK (VALUE IS NULL OR " + d.function() + "() IS NULL)"
	}
	return "CREATE TABLE " + d.relation() + " (x integer, y text CONSTRAINT " + d.own() + " CHECK (" + d.term("") + "), CONSTRAINT " + d.own() + " CHECK (" + d.term("") + "))"
}

// queries makes a statement with a query, or one that writes rows.
func (d *draw) queries() string {
	a, b := d.relation(), d.relation()
	switch d.IntN(8) {
	case 0:
		return "CREATE VIEW " + d.relation() + " AS SELECT 1 AS one FROM " + a + " WHERE " + d.term("")
	case 1:
		return "CREATE VIEW " + d.relation() + " AS SELECT o.* FROM " + a + " o, " + b + " p WHERE " + d.term("o.") + " OR " + d.term("p.")
	case 2:
		return "CREATE MATERIALIZED VIEW " + d.relation() + " AS WITH o AS (SELECT 1 AS one FROM " + a + ") SELECT 1 AS one FROM o"
	case 3:
		return "UPDATE " + a + " SET " + d.column() + " = NULL WHERE " + d.term("")
	case 4:
		return "DELETE FROM " + a + " AS o USING " + b + " AS p WHERE " + d.term("o.") + " AND " + d.term("p.")
	case 5:
		return "INSERT INTO " + a + " (" + d.column() + ") SELECT NULL FROM " + b + " o WHERE " + d.term("o.")
	case 6:
		return "CREATE FUNCTION " + d.function() + "() RETURNS bigint LANGUAGE sql AS $$SELECT count(o." + d.column() + ") FROM " + a + " o$$"
	}
	return "CREATE FUNCTION " + d.function() + "() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM " + a + " o WHERE " + d.term("o.") + "; END"
}
