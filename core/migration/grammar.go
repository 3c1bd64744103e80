package migration

import (
	"fmt"

	"github.com/whimbreldb/whimbrel/core/diag"
)

// sealHint is what to do after an edit that stays.
const sealHint = "correct the line; after an edit that stays, run whimbrel make --seal with the migration's ID"

func unknownDirective(name string) diag.Diagnostic {
	return diag.Diagnostic{
		Code: "WH3001", Summary: fmt.Sprintf("unknown directive %q", name),
		Detail: "A comment that begins with \"whimbrel:\" or names goose's mark is a directive. An unknown one is refused, for what it means would not happen.",
		Next:   "correct its name, or write the comment in other words",
	}
}

func misplaced(name, why string) diag.Diagnostic {
	return diag.Diagnostic{Code: "WH3002", Summary: name + " is out of place", Detail: why, Next: sealHint}
}

func directiveInBody() diag.Diagnostic {
	return misplaced("a directive between StatementBegin and StatementEnd",
		"goose reads it as a directive, even inside of a function's body")
}

func crooked() diag.Diagnostic {
	return misplaced("a directive that does not begin its line",
		"a directive is a line that begins with \"-- whimbrel:\" or \"-- +goose\", with nothing before it and one blank")
}

func misplacedSQL() diag.Diagnostic {
	return misplaced("SQL above \"-- +goose Up\"", "what stands there would not run")
}

func strayStatement() diag.Diagnostic {
	return misplaced("a statement that belongs to no operation",
		"each statement stands below the \"-- whimbrel:op\" of its operation; a file with SQL of your own has no such directive at all")
}

// forms are the directives as they have to be written.
var forms = map[string]string{
	"":             "-- whimbrel: 1",
	"id":           "-- whimbrel:id 20261122101500_create_pizza",
	"app":          "-- whimbrel:app LABEL",
	"parent":       "-- whimbrel:parent 20261122101500_create_pizza",
	"summary":      "-- whimbrel:summary TEXT",
	"hazard":       "-- whimbrel:hazard [down] NUMBER CODE KIND PATH: TEXT",
	"probe":        "-- whimbrel:probe QUERY",
	"unproven":     "-- whimbrel:unproven OPERATION WHY",
	"by":           "-- whimbrel:by TEXT",
	"op":           "-- whimbrel:op NUMBER KIND ADDRESS [DETECTOR] tx|commit|notx after NUMBER,NUMBER (below Down: only the number)",
	"irreversible": "-- whimbrel:irreversible REASON",
}

func malformed(key string) diag.Diagnostic {
	return diag.Diagnostic{
		Code: "WH3003", Summary: fmt.Sprintf("whimbrel:%s cannot be read", key),
		Detail: "It is written like this: " + forms[key], Next: sealHint,
	}
}

func newerFormat(number int) diag.Diagnostic {
	return diag.Diagnostic{
		Code: "WH3004", Summary: fmt.Sprintf("the file has format %d, this whimbrel reads format %d", number, format),
		Detail: "It was made by a newer whimbrel.", Next: "install that version",
	}
}

func missingDirective(form string) diag.Diagnostic {
	return diag.Diagnostic{
		Code: "WH3005", Summary: fmt.Sprintf("the line \"%s\" is missing", form),
		Detail: "A migration says its format, ID and app, and where the way up begins.",
		Next:   "for SQL of your own, run whimbrel make --empty -n NAME and write it into that file",
	}
}

func unfinished() diag.Diagnostic {
	return diag.Diagnostic{
		Code: "WH3006", Summary: "the statement that begins here has no end",
		Detail: "A statement ends with a semicolon outside of quotes, before the next directive.",
		Next:   "write the semicolon, or put the statement between \"" + statementBegin + "\" and \"" + statementEnd + "\"",
	}
}

func unclosedBody() diag.Diagnostic {
	return diag.Diagnostic{
		Code: "WH3006", Summary: "a StatementBegin has no StatementEnd",
		Next: "write the line \"" + statementEnd + "\" behind the statement",
	}
}

func wrongNumber(number, want int) diag.Diagnostic {
	return diag.Diagnostic{
		Code: "WH3007", Summary: fmt.Sprintf("operation %d stands where operation %d is expected", number, want),
		Detail: "Operations are numbered from 1 without gaps.", Next: sealHint,
	}
}

func noSuchStep(number, count int) diag.Diagnostic {
	return diag.Diagnostic{
		Code: "WH3007", Summary: fmt.Sprintf("there is no operation %d", number),
		Detail: fmt.Sprintf("The file has %s.", diag.Plural(count, "operation")), Next: sealHint,
	}
}

func notBackwards(number int) diag.Diagnostic {
	return diag.Diagnostic{
		Code: "WH3007", Summary: fmt.Sprintf("operation %d is not undone in reverse order", number),
		Detail: "What was done last is undone first.", Next: sealHint,
	}
}

func noWayBack(number int) diag.Diagnostic {
	return diag.Diagnostic{
		Code: "WH3007", Summary: fmt.Sprintf("operation %d has no part below \"%s\"", number, gooseDown),
		Detail: fmt.Sprintf("An operation without a way back has the line \"-- whimbrel:op %d\" there, and \"-- whimbrel:irreversible REASON\" below it.", number),
		Next:   sealHint,
	}
}

func wrongID(name, id string, at diag.Range) diag.Diagnostic {
	return diag.Diagnostic{
		Code: "WH3008", Summary: fmt.Sprintf("%s has the ID %q", name, id), Range: at,
		Detail: "The name of the file and the ID in it are one. Databases know the migration by its ID.",
		Next:   "give the file its name back",
	}
}

// checkHeader looks for what every file has.
func (p *parser) checkHeader() {
	for _, key := range []string{"", "id", "app"} {
		if !p.seen[key] {
			p.reportAt(0, 0, missingDirective(forms[key]))
		}
	}
	if p.section == inHeader {
		p.reportAt(0, 0, missingDirective(gooseUp))
	}
	if id := p.script.ID; id != "" && id != idOf(p.script.Name) {
		p.reportAt(0, 0, wrongID(p.script.Name, id, diag.Range{}))
	}
}
