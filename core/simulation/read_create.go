package simulation

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/detect"
)

// create reads CREATE.
func (r *reader) create() {
	replace := r.take("or", "replace")
	temporary, before := false, ""
	for word := "-"; word != ""; {
		word = r.any("global", "local", "temporary", "temp", "unlogged", "recursive", "trusted", "procedural", "unique", "constraint", "foreign", "materialized")
		temporary = temporary || word == "temporary" || word == "temp"
		if word == "unique" || word == "foreign" || word == "materialized" {
			before = word + " "
		}
	}
	switch word := r.any("table", "view", "sequence", "index", "schema", "type", "domain", "function", "procedure", "aggregate", "trigger", "policy", "rule",
		"extension", "publication", "statistics", "event", "cast", "operator", "collation"); {
	case temporary:
		// It is gone with the session, and no name of ours.
	case word == "table":
		r.createTable(before + word)
	case word == "view":
		r.createView(before+word, replace)
	case word == "sequence":
		r.createSequence()
	case word == "index":
		r.createIndex(before == "unique ")
	case word == "schema":
		r.createSchema()
	case word == "type", word == "domain":
		r.createType(word)
	case word == "function", word == "procedure", word == "aggregate":
		r.createFunction(word, replace)
	case word == "trigger":
		r.createTrigger(replace)
	case word == "policy":
		r.createPart(detect.NamesPolicy, "on", replace)
	case word == "rule":
		r.createPart(detect.NamesRule, "to", replace)
	case word == "extension":
		r.createExtension()
	case word == "publication":
		r.createPublication()
	case word == "statistics":
		r.createStatistics()
	case word == "collation":
		r.makes(Effect{If: r.ifNot(), Name: r.name(detect.NamesCollation)})
	case word == "event" && r.take("trigger"):
		r.makes(Effect{Name: Name{Class: detect.NamesEventTrigger, Name: r.identifier()}})
		r.executes()
	case word == "cast", word == "operator":
		// What has no name that is kept.
	case !r.define(replace):
		r.unproven("a CREATE of a kind that is not followed")
	}
}

// createView reads CREATE VIEW and CREATE MATERIALIZED VIEW.
func (r *reader) createView(kind string, replace bool) {
	e := Effect{Kind: kind, If: r.ifNot(), Replace: replace, Open: true, Offset: r.offset(), Name: r.name(detect.NamesRelation)}
	e.Twin = inSchema(detect.NamesType, e.Name.Schema, e.Name.Name)
	if r.until("as") {
		if kind != "view" {
			r.reads()
		}
		r.take("as")
		r.query(r.part(r.i, r.end))
	}
	r.makes(e)
}

// open takes in that a relation has parts of a class that nobody names.
func (r *reader) open(n Name, class detect.NameClass) {
	r.add(Effect{Verb: Opens, Name: n.part(class, "")})
}

// tries takes in that rows of a table may make the statement fail.
func (r *reader) tries(table Name) { r.add(Effect{Verb: Tries, Name: table}) }

// madeUp takes in that PostgreSQL makes up a name for something of a relation.
func (r *reader) madeUp(n Name, suffix string) {
	r.add(Effect{Verb: Opens, Name: n.part(detect.NamesRelation, ""), To: suffix})
}

func (r *reader) createSequence() {
	e := Effect{Kind: "sequence", If: r.ifNot(), Offset: r.offset(), Name: r.name(detect.NamesRelation)}
	e.Free = inSchema(detect.NamesType, e.Name.Schema, e.Name.Name)
	r.makes(e)
	r.owned(r.reading.Effects[len(r.reading.Effects)-1].Name)
}

// owned takes the column behind OWNED BY, or NONE.
func (r *reader) owned(sequence Name) {
	for r.until("owned") {
		if !r.take("owned", "by") {
			r.skip()
			continue
		}
		if r.take("none") {
			r.add(Effect{Verb: Opens, Name: sequence})
			continue
		}
		at := r.offset()
		schema, table, column := r.column()
		of := relation(schema, table)
		r.add(Effect{Verb: Needs, Name: of.part(detect.NamesColumn, column), Offset: at})
		r.add(Effect{Verb: Opens, Name: sequence, Of: of, Columns: []string{column}})
	}
}

func (r *reader) createSchema() {
	e := Effect{If: r.ifNot(), Offset: r.offset(), Name: schemaName(r.identifier())}
	if e.Name.Name == "authorization" {
		r.unproven("a CREATE SCHEMA whose name is that of a role")
		return
	}
	r.makes(e)
	if r.take("authorization") {
		r.skip()
	}
	if r.more() {
		r.unproven("a CREATE SCHEMA with statements in it, which are not followed")
	}
}

// createFunction reads CREATE FUNCTION, PROCEDURE and AGGREGATE. The names in a body
// are looked up when it runs, or are found by PostgreSQL's own parser.
func (r *reader) createFunction(kind string, replace bool) {
	e := Effect{Kind: kind, Replace: replace, Offset: r.offset(), Name: r.name(detect.NamesFunction)}
	begin := r.i
	e.Name.Args = r.arguments()
	for _, text := range strings.Split(strings.TrimPrefix(e.Name.Args, " "), "\x00") {
		r.referenceTo(text, e.Offset)
	}
	e.Least, e.Most = r.signature(begin)
	if r.until("returns") && r.take("returns") && !r.is("table") {
		r.take("setof")
		r.reference(r.cursor, ofFunction...)
	}
	r.atomic(begin)
	r.makes(e)
	r.routine(begin)
}

// ofFunction are the words that can follow the type that a function returns.
var ofFunction = []string{
	"as", "language", "transform", "window", "immutable", "stable", "volatile", "not", "leakproof", "called", "returns", "strict", "external", "security",
	"parallel", "cost", "rows", "support", "set", "return", "begin",
}

// createTrigger reads CREATE TRIGGER and CREATE CONSTRAINT TRIGGER.
func (r *reader) createTrigger(replace bool) {
	at, own := r.offset(), r.identifier()
	var columns []string
	for r.more() && !r.is("on") {
		if r.take("update", "of") { // and not INSTEAD OF
			columns = r.names()
			continue
		}
		r.skip()
	}
	r.take("on")
	of := r.relationOf(detect.NamesTrigger)
	for _, column := range columns {
		r.need(of.part(detect.NamesColumn, column))
	}
	if r.is("from") {
		r.take("from")
		r.need(r.name(detect.NamesRelation))
	}
	if r.until("when", "execute"); r.take("when") {
		if condition, ok := r.inside(); ok {
			r.ofRow(condition, of, false)
		}
	}
	r.executes()
	r.add(Effect{Verb: Makes, Name: of.part(detect.NamesTrigger, own), Replace: replace, Offset: at, Columns: columns})
}

// executes takes the function behind EXECUTE.
func (r *reader) executes() {
	if r.until("execute") {
		r.take("execute")
		r.any("function", "procedure")
		at, n := r.offset(), r.name(detect.NamesFunction)
		r.add(Effect{Verb: Refers, Name: n, Offset: at})
	}
}

// createPart reads what makes a part of a relation that stands behind a word.
func (r *reader) createPart(class detect.NameClass, word string, replace bool) {
	at, own := r.offset(), r.identifier()
	if r.until(word) {
		r.take(word)
		of := r.relationOf(class)
		r.add(Effect{Verb: Makes, Name: of.part(class, own), Replace: replace, Offset: at})
		if class == detect.NamesRule {
			r.ofRow(r.part(r.i, r.end), of, true)
			return
		}
		r.conditions(of)
	}
}

// conditions takes the expressions of a policy.
func (r *reader) conditions(of Name) {
	for r.until("using", "check") {
		r.i++
		r.inner(r.cursor, of)
	}
}

// createExtension reads CREATE EXTENSION, of whose objects nothing is known.
func (r *reader) createExtension() {
	e := Effect{If: r.ifNot(), Offset: r.offset(), Name: Name{Class: detect.NamesExtension, Name: r.identifier()}}
	r.makes(e)
	schema := ""
	if r.until("schema") {
		r.take("schema")
		schema = r.identifier()
		r.need(schemaName(schema))
	}
	r.add(Effect{Verb: Opens, Name: Name{Class: detect.NamesSchema, Name: schema}})
}

func (r *reader) createPublication() {
	r.makes(Effect{Offset: r.offset(), Name: Name{Class: detect.NamesPublication, Name: r.identifier()}})
	r.published()
}

// published takes the tables behind FOR TABLE, ADD TABLE and the like.
func (r *reader) published() {
	for r.until("table") {
		r.take("table")
		for r.more() {
			r.take("only")
			at, n := r.offset(), r.name(detect.NamesRelation)
			r.add(Effect{Verb: Needs, Name: n, Offset: at})
			if inner, ok := r.inside(); ok {
				for _, column := range inner.names() {
					r.need(n.part(detect.NamesColumn, column))
				}
			}
			if r.take("where") {
				r.inner(r.cursor, n)
			}
			if !r.take(",") || r.is("table") {
				break
			}
		}
	}
}

func (r *reader) createStatistics() {
	e := Effect{If: r.ifNot(), Offset: r.offset(), Name: r.name(detect.NamesStatistics)}
	r.until("on")
	r.take("on")
	begin := r.i
	over := r.part(begin, begin)
	if r.until("from") {
		over = r.part(begin, r.i)
		r.take("from")
		e.Of = r.relationOf(detect.NamesStatistics)
	}
	e.Columns, e.May = r.keysOf(e.Of, over)
	r.makes(e)
}
