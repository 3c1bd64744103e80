package syntax

import (
	"regexp"
	"strings"
	"sync"
	"unicode"

	"github.com/hashicorp/hcl/v2"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/diag"
)

// diagnostics turns errors of hashicorp/hcl into diagnostics, with a word on
// SQL's operators, which HCL does not have.
func (f reading) diagnostics(problems hcl.Diagnostics) diag.List {
	var list diag.List
	for _, p := range problems {
		if p.Severity != hcl.DiagError {
			continue
		}
		d := diag.Diagnostic{
			Code: Code, Summary: "syntax: " + lowerFirst(p.Summary), Detail: p.Detail,
			Next: "correct the syntax here; a block is TYPE \"NAME\" { ... }, an argument is NAME = VALUE, each on a line of its own",
		}
		if p.Subject != nil {
			at := f.clip(span(*p.Subject))
			d.Range = f.Range(at)
			if next := f.hint(at); next != "" {
				d.Next = next
			}
		}
		if p.Summary == unclosed {
			d.Detail, d.Next = "The quote that opens it is on this line, and none closes it.", unclosedNext
			return append(list, d) // what comes behind is read as text, or text as what comes behind
		}
		list = append(list, d)
	}
	return list
}

// unclosed is hashicorp/hcl's summary of a string that does not end on its line.
const (
	unclosed     = "Invalid multi-line string"
	unclosedNext = "close the string on its line; text of several lines is written <<-TEXT, the lines, TEXT"
)

// clip keeps a span of an error inside the file.
func (f reading) clip(s declare.Span) declare.Span {
	size := int32(len(f.Bytes))
	s.From = min(max(0, s.From), size)
	s.To = min(max(s.From, s.To), size)
	return s
}

// hints are what people write who think of SQL, and what to write instead.
var hints = []struct {
	pattern string
	next    string
}{
	{`(?i)^and\b`, `write && for AND`},
	{`(?i)^or\b`, `write || for OR`},
	{`(?i)^not\s+in\b`, `write !in(x, [a, b]) for NOT IN`},
	{`(?i)^not\b`, `write ! for NOT`},
	{`(?i)^in\b`, `write in(x, [a, b]) for IN`},
	{`(?i)^between\b`, `write between(x, low, high) for BETWEEN`},
	{`(?i)^i?like\b`, `write like(x, "pattern") or ilike(x, "pattern")`},
	{`(?i)^is\b`, `write x == null for IS NULL, x != null for IS NOT NULL`},
	{`(?i)^precision\b`, `write double_precision`},
	{`(?i)^varying\b`, `write varchar(30)`},
	{`(?i)^with\s+time\s+zone\b`, `write timestamptz, or timetz`},
	{`(?i)^without\s+time\s+zone\b`, `write timestamp, or time`},
	{`^=`, `write == to compare; a single = gives an argument its value`},
	{`^<?>`, `write != for <>`},
	{`^::`, `write cast(x, type) for x::type`},
	{`^\|`, `write concat(a, b) to join text, or || for OR between conditions`},
	{`^'`, `write strings in double quotes`},
	{`^,`, `write each argument on a line of its own, without commas`},
}

func (f reading) hint(at declare.Span) string {
	rest := string(f.Bytes[at.From:])
	if next := f.named(at, rest); next != "" {
		return next
	}
	for _, h := range hints {
		if !regexp.MustCompile(h.pattern).MatchString(rest) {
			continue
		}
		if rest[0] == '>' && !strings.HasSuffix(string(f.Bytes[:at.From]), "<") {
			continue
		}
		return h.next
	}
	if element := bracketed().FindStringSubmatch(string(f.Bytes[:at.From])); element != nil && strings.HasPrefix(rest, "]") {
		return "write array(" + element[1] + ") for " + element[1] + "[]"
	}
	if name := oneLine().FindString(rest); name != "" {
		return "write each argument on a line of its own"
	}
	if oneBlock().MatchString(rest) {
		return "write each block and each argument on a line of its own"
	}
	return ""
}

// named says what to write for an argument of a call that has a name, as in
// CharField(max_length=30).
func (f reading) named(at declare.Span, rest string) string {
	call := inCall().FindStringSubmatch(string(f.Bytes[:at.From]))
	value := assigned().FindStringSubmatch(rest)
	if call == nil || value == nil {
		return ""
	}
	first, _, _ := strings.Cut(strings.Trim(call[2], ", "), ",")
	switch strings.ToLower(call[1]) {
	case "foreignkey", "foreign_key", "onetoonefield", "manytomanyfield":
		return "write type = foreign_key(" + or(strings.Trim(first, "\"' "), "MODEL") + "), and what else there is as arguments of the field: on_delete = cascade"
	case "charfield", "varchar", "string":
		return "write type = varchar(" + value[1] + ")"
	case "decimalfield", "numeric", "decimal":
		return "write type = numeric(8, 2)"
	}
	return "write arguments of a call without their names: " + call[1] + "(" + value[1] + ")"
}

func or(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

// inCall is what stands before the equals sign behind the name of an argument of a
// call: the function, what comes before the name.
var inCall = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(\w+)\(([^()\n]*?)\w+\s*$`) })

// assigned is an equals sign with a value.
var assigned = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^=\s*([\w."]+)`) })

// oneBlock is the beginning of a block.
var oneBlock = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\w+(\s+"[^"\n]*")*\s*\{`) })

// bracketed is what stands before the closing bracket of text[].
var bracketed = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(\w+)\[\s*$`) })

var oneLine = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\w+\s*=[^=]`) })

func lowerFirst(text string) string {
	for i, r := range text {
		return string(unicode.ToLower(r)) + text[i+len(string(r)):]
	}
	return text
}
