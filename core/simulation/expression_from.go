package simulation

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/sqltext"
)

// startsItems reports whether relations follow the next word.
func (x *expression) startsItems() bool {
	switch {
	case !x.queries[len(x.queries)-1]:
		return false
	case x.is("from"):
		return !x.before("distinct")
	case x.is("update"):
		return !x.before("for") && !x.before("do") && !x.before("key") && !x.before("then") && !x.before("on")
	case x.is("into"):
		return x.before("insert") || x.before("merge")
	case x.is("using", "("):
		x.items += 2
		return false
	}
	return x.is("join") || x.is("using")
}

// before reports whether a word stands before the next token.
func (x *expression) before(word string) bool { return x.i > 0 && x.tokens[x.i-1].Is(word) }

// from takes a list of relations, each of which may have another name.
func (x *expression) from() {
	into := x.before("into")
	for {
		x.items++
		if x.any("only", "lateral") == "lateral" {
			x.items++
		}
		at := x.offset()
		schema, name := x.qualified()
		if x.is("(") && !into { // a query, a join or a function
			x.function(schema, name, at)
			x.enterItem(name == "")
			return
		}
		if name == "" {
			return
		}
		x.relation(schema, name, at, into)
		if !x.take(",") {
			return
		}
	}
}

// relation takes in a relation of a query, with what it is called there.
func (x *expression) relation(schema, name string, at int, into bool) {
	n := relation(schema, name)
	if schema == "" {
		n = Name{}
	} else {
		x.out.add(Effect{Verb: Refers, Name: n, Offset: at})
	}
	x.take("*")
	if into && n.Name != "" && x.is("(") && !x.is("(", "select") && !x.is("(", "with") {
		inner, _ := x.inside()
		x.out.over(n, &reader{cursor: inner.whole()})
	}
	x.alias(n, name)
}

// function takes in a function with a schema that is called.
func (x *expression) function(schema, name string, at int) {
	if schema == "" || systemSchema(schema) {
		return
	}
	n := Name{Class: detect.NamesFunction, Schema: schema, Name: name, Args: anyArgs}
	x.out.add(Effect{Verb: Refers, Name: n, Call: x.call(), Offset: at})
}

// enterItem goes into the parentheses of a query, a join or a function among relations.
func (x *expression) enterItem(nameless bool) {
	x.enter()
	x.opened[len(x.opened)-1] = item
	if nameless && !x.queries[len(x.queries)-1] { // a join
		x.queries[len(x.queries)-1] = true
		x.from()
	}
}

// item is what stands for the word before the parentheses of what a query reads.
const item = "from ("

// alias takes the name that a relation has in a query.
func (x *expression) alias(n Name, name string) {
	x.take("with", "ordinality")
	x.take("as")
	if x.more() && !x.isAny(behindItem) && (x.tokens[x.i].Kind == sqltext.QuotedName || !address.Reserved(strings.ToLower(x.tokens[x.i].Text))) {
		if alias := x.identifier(); alias != "" {
			name = alias
		}
	}
	if x.is("(") { // other names of columns
		n = Name{}
	}
	if known, twice := x.rows[name]; twice && known != n {
		n = Name{}
	}
	x.rows[name] = n
}

// behindItem are the words behind a relation that are no name for it.
var behindItem = []string{"set", "overriding", "values", "cross", "inner"}
