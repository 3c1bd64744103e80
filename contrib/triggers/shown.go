package triggers

import (
	"github.com/whimbreldb/whimbrel/contrib/triggers/record"
	"github.com/whimbreldb/whimbrel/core/address"
)

// shown returns the value of a row as it is recorded as JSON.
func (c column) shown(row string) string {
	switch {
	case c.masked:
		return "CASE WHEN " + c.of(row) + " IS NOT NULL THEN " + address.Literal(record.Masked) + "::text END"
	case c.former || !c.typ.array && c.typ.base != "json":
		return c.of(row)
	case !c.typ.array:
		return c.asJSON(row)
	}
	return "CASE WHEN " + c.bounded(row) + " THEN " + c.asText(row) + " ELSE " + c.asJSON(row) + " END"
}

// bare reports whether a value is recorded as it is.
func (c column) bare() bool {
	return !c.masked && (c.former || !c.typ.array && c.typ.base != "json")
}

// asJSON returns the value as jsonb. What json has need not be possible there.
func (c column) asJSON(row string) string {
	if c.typ.base == "json" {
		return record.Schema + ".as_jsonb(" + c.of(row) + ")"
	}
	return "to_jsonb(" + c.of(row) + ")"
}

func (c column) asText(row string) string {
	return "jsonb_build_object(" + address.Literal(record.Text) + ", " + c.of(row) + "::text)"
}

// bounded returns the condition that an array begins with another index than 1,
// which JSON does not say.
func (c column) bounded(row string) string {
	return "replace(array_dims(" + c.of(row) + "), '[1:', '') LIKE '%[%'"
}

// json returns the value of a row as the text of JSON.
func (c column) json(row string) string {
	switch {
	case c.plain() && !c.masked:
		return c.of(row) + "::text"
	case c.bare() || c.masked:
		return "to_json(" + c.shown(row) + ")::text"
	}
	return "(" + c.shown(row) + ")::text"
}

// plain reports whether the text of every value is JSON as it is.
func (c column) plain() bool { return plainTypes[c.typ.sql] }

var plainTypes = set("smallint,integer,bigint,boolean")

// asJSONBody gives a value as jsonb, or its text in an object of its own where there
// is no such jsonb, or one that would be taken for that.
const asJSONBody = `BEGIN
    IF (to_jsonb(value) ? '` + record.Text + `') IS NOT TRUE THEN
        RETURN to_jsonb(value);
    END IF;
    RETURN jsonb_build_object('` + record.Text + `', value::text);
EXCEPTION WHEN data_exception OR program_limit_exceeded THEN
    RETURN jsonb_build_object('` + record.Text + `', value::text);
END`
