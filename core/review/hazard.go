package review

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
)

// hazards are what a reviewer has to know of the statements of an operation.
type hazards struct{ list []operation.Hazard }

// of takes in those of a statement, unless the operation has them itself.
func (h *hazards) of(op operation.Operation, act parser.Act, down bool) {
	add := func(code, text, probe string) {
		found := operation.Hazard{Code: code, Object: op.Target, Text: text, Down: down, Probe: probe}
		if !slices.Contains(h.list, found) && !slices.ContainsFunc(op.Hazard, found.SaidBy) {
			h.list = append(h.list, found)
		}
	}
	for _, e := range act.Effects {
		if loses(act, e) {
			add(operation.DataLoss, "it does this: "+e.String()+cascading(e), probe(e))
		}
	}
	if warning := warnings[act.Kind]; warning != "" {
		add(operation.Opaque, warning, "")
		return
	}
	if act.Opaque || runs(act.Kind) && slices.ContainsFunc(act.Effects, unknown) {
		add(operation.Opaque, "it runs code that is not followed, so it may do more than its SQL says", "")
	}
}

// loses reports whether rows or values may be gone after an effect.
func loses(act parser.Act, e parser.Effect) bool {
	switch e.Verb {
	case parser.Drops:
		return e.Cascade || e.Class == "table" || e.Class == "column"
	case parser.Writes:
		return !stored(act.Kind) && !slices.Equal(e.Commands, []string{"Insert"}) && !slices.Equal(e.Commands, []string{"Refresh"})
	}
	return false
}

func cascading(e parser.Effect) string {
	if e.Cascade {
		return ", with all that depends on it"
	}
	return ""
}

// probe returns the question whether there is anything to lose, if one can be asked.
func probe(e parser.Effect) string {
	if e.Verb != parser.Drops || e.Cascade || e.If || e.Schema == "" {
		return ""
	}
	switch e.Class {
	case "table":
		return "SELECT EXISTS (SELECT FROM " + address.Qualify(e.Schema, e.Name) + ")"
	case "column":
		return "SELECT EXISTS (SELECT FROM " + address.Qualify(e.Schema, e.Relation) + " WHERE " + address.Quote(e.Name) + " IS NOT NULL)"
	}
	return ""
}

// unknown reports whether a function is called that is not PostgreSQL's, or one of
// PostgreSQL's that runs SQL which it is given as text.
func unknown(e parser.Effect) bool {
	if e.Verb != parser.Refers || e.Class != function {
		return false
	}
	return e.Schema != "" && e.Schema != "pg_catalog" || slices.Contains(runningText, e.Name)
}

// runningText are the functions of PostgreSQL that run a query which they are given or
// make: see "XML Functions" and "Text Search Functions and Operators" of its manual.
var runningText = []string{
	"cursor_to_xml", "cursor_to_xmlschema", "database_to_xml", "database_to_xml_and_xmlschema", "database_to_xmlschema",
	"query_to_xml", "query_to_xml_and_xmlschema", "query_to_xmlschema", "schema_to_xml", "schema_to_xml_and_xmlschema",
	"schema_to_xmlschema", "table_to_xml", "table_to_xml_and_xmlschema", "table_to_xmlschema", "ts_rewrite", "ts_stat",
}
