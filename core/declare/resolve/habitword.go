package resolve

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
)

// otherNames are arguments by the names that SQL and other tools have for them, in
// lower case, with those that are meant. The first one that can stand there counts.
var otherNames = map[string][]string{
	"expr": {"that", "on"}, "expression": {"that", "on"}, "predicate": {"that", "where"}, "condition": {"that", "where"}, "rule": {"that"}, "constraint": {"that"},
	"as": {"query", "body", "type"}, "sql": {"query", "body", "that"}, "definition": {"query", "body", "that"}, "select": {"query", "body"}, "statement": {"query", "body"},
	"code": {"body"}, "source": {"body"}, "src": {"body"}, "lang": {"language"},
	"return_type": {"returns"}, "return": {"returns"}, "returning": {"returns"}, "result": {"returns"}, "result_type": {"returns"},
	"arg": {"args"}, "argument": {"args"}, "arguments": {"args"}, "param": {"args"}, "params": {"args"}, "parameter": {"args"}, "parameters": {"args"}, "inputs": {"args"},
	"start_with": {"start"}, "start_value": {"start"}, "startvalue": {"start"}, "initial": {"start"}, "restart": {"start"}, "restart_with": {"start"},
	"increment_by": {"increment"}, "step": {"increment"}, "minvalue": {"min"}, "min_value": {"min"}, "maxvalue": {"max"}, "max_value": {"max"},
	"cached": {"cache"}, "cache_size": {"cache"}, "cyclic": {"cycle"}, "owner": {"owned_by"}, "data_type": {"type"}, "base": {"type"},
	"immutable": {"volatility"}, "stable": {"volatility"}, "volatile": {"volatility"}, "security_definer": {"security"}, "parallel_safe": {"parallel"},
	"type": {"method"}, "access_method": {"method"}, "with_check_option": {"check_option"}, "labels": {"values"}, "options": {"values"}, "items": {"values"},
}

// valued are arguments whose other name says the value too.
var valued = map[string]string{
	"immutable": "volatility = immutable", "stable": "volatility = stable", "volatile": "volatility = volatile", "security_definer": "security = definer",
	"parallel_safe": "parallel = safe",
}

// examples are how arguments are written.
var examples = map[string]string{
	"that": "that = ...", "query": `query = sql("select ...")`, "body": `body = "..."`, "language": "language = plpgsql", "returns": "returns = integer",
	"args": "args = { NAME = TYPE }", "start": "start = 1", "increment": "increment = 1", "min": "min = 1", "max": "max = 100", "cache": "cache = 10",
	"cycle": "cycle = true", "owned_by": "owned_by = MODEL.FIELD", "type": "type = integer", "method": "method = gin", "on": "on = [...]", "where": "where = ...",
	"check_option": "check_option = local", "values": `values = ["..."]`,
}

// otherBlocks are blocks by the names that SQL and other tools have for them, with
// what has to be a word there and what to write.
var otherBlocks = map[string]struct{ needs, next string }{
	"table": {"model", `model "NAME" { ... }`}, "entity": {"model", `model "NAME" { ... }`}, "class": {"model", `model "NAME" { ... }`},
	"column": {"field", `field "NAME" { type = TYPE }`}, "property": {"field", `field "NAME" { type = TYPE }`}, "attribute": {"field", `field "NAME" { type = TYPE }`},
	"constraint": {"check", `check "NAME" { that = ... }, or unique, exclude or foreign_key`}, "unique_index": {"index", "index \"NAME\" {\n      fields = [FIELD]\n      unique = true\n    }"},
	"arg": {"args", "args = { NAME = TYPE }"}, "argument": {"args", "args = { NAME = TYPE }"}, "param": {"args", "args = { NAME = TYPE }"}, "parameter": {"args", "args = { NAME = TYPE }"},
}

// meant returns the argument that is meant by another name, or "".
func meant(name string, g grammar) string {
	for _, argument := range otherNames[strings.ToLower(name)] {
		if g.has(argument) && !g.has(name) {
			return argument
		}
	}
	return ""
}

// otherWord says what to write for an argument or a block that has another name here,
// or "".
func otherWord(kind, name string, g grammar, known []string) string {
	lower := strings.ToLower(name)
	if argument := meant(name, g); argument != "" && kind != "block" {
		return or(valued[lower], or(examples[argument], argument+" = ..."))
	}
	if b, ok := otherBlocks[lower]; ok && kind == "block" && (g.has(b.needs) || slices.Contains(known, b.needs)) {
		return b.next
	}
	return ""
}

// standsFor reports whether an argument is written under another name, so that it is
// not missing.
func standsFor(body *declare.Body, name string, g grammar) bool {
	for _, a := range body.Attrs {
		if meant(a.Name.Text, g) == name {
			return true
		}
	}
	return slices.ContainsFunc(body.Blocks, func(b *declare.Block) bool {
		return strings.HasPrefix(otherBlocks[strings.ToLower(b.Type.Text)].next, name+" ")
	})
}

// plainText reports a query in quotes. It is true if it did.
func (r *optionReader) plainText(a detect.Attr, attr *declare.Attr, e *declare.Expr) bool {
	if a.SQL == detect.SQLBody || e.Kind != declare.String {
		return false
	}
	r.b.l.report(declare.Place{Document: r.option.file, Span: e.Span}, codeValue, "argument "+quote(a.Name)+" is text in quotes, not SQL",
		"SQL is marked as such, so that everybody sees that names in it are looked for.", "write "+attr.Name.Text+` = sql("...")`)
	return true
}

// serial says what a serial type becomes.
func (l *loader) serial(f *field) {
	l.add(diag.Diagnostic{
		Severity: diag.Note, Code: codeUnknownType, Range: declare.Place{Document: f.file, Span: f.attrs.typ.Value.Span}.Range(),
		Summary: fmt.Sprintf("field %q becomes an identity column of type %s", f.name, f.typ.SQL),
		Detail:  "That is what a serial column is in PostgreSQL today: the sequence is part of the column, and is renamed and dropped with it.",
		Next:    fmt.Sprintf("write type = %s and identity = by_default to say so", f.typ.SQL),
	})
}

// argumentBefore returns the name of the argument whose value begins at a place.
func argumentBefore(f *declare.Document, at declare.Span) string {
	if f == nil || f.Bytes == nil {
		return "type"
	}
	if found := assigned().FindSubmatch(f.Bytes[:at.From]); found != nil {
		return string(found[1])
	}
	return "type"
}

var assigned = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`([\pL_][\pL\p{Nd}_-]*)\s*=\s*$`) })
