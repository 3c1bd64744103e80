// Package syntax reads HCL's native syntax into the tree of core/declare, and
// prints the tree again.
//
// What is common is read by a parser of its own, which is several times as fast
// as hashicorp/hcl. Everything else, every error included, is read by
// hashicorp/hcl, so that the language is HCL's and nothing else. The package
// knows nothing of models.
package syntax

import (
	"bytes"
	"fmt"
	"math"
	"regexp"
	"sync"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/diag"
)

// Code is the code of diagnostics about syntax.
const Code = "WH1001"

// MaxBytes and maxDepth keep a parser that calls itself from running out of stack.
const (
	MaxBytes = 16 << 20
	maxDepth = 400
	// maxTerms is how deep the tree of an expression may be, for everybody who reads it
	// afterwards: the server takes no more than twice that.
	maxTerms = 2000
)

// A reading is a document that is being read.
type reading struct{ *declare.Document }

// Parse reads a file. Its syntax errors are diagnostics; the file is never nil.
func Parse(name string, src []byte) (*declare.Document, diag.List) {
	f := reading{declare.NewDocument(name, src)}
	if problem := f.refused(); problem != nil {
		f.Broken = true
		return f.Document, problem
	}
	var problems diag.List
	if body, ok := fastBody(src); ok {
		f.Body = body
	} else {
		problems = f.parseSlowly()
	}
	if len(src) < maxTerms {
		return f.Document, problems
	}
	if at, long := tooLong(f.Body); long {
		f.Body, f.Broken = &declare.Body{}, true
		problems = append(problems, f.tooLong(at))
	}
	return f.Document, problems
}

// ParseExpression reads one expression, which may go over several lines.
func ParseExpression(name string, src []byte) (*declare.Document, *declare.Expr, diag.List) {
	f := reading{declare.NewDocument(name, src)}
	if problem := f.refused(); problem != nil {
		return f.Document, nil, problem
	}
	parsed, problems := hclsyntax.ParseExpression(src, name, hcl.InitialPos)
	if problems.HasErrors() {
		return f.Document, nil, f.diagnostics(problems)
	}
	e := converter{f.Document}.expr(parsed)
	if deep(e, maxTerms) {
		return f.Document, nil, diag.List{f.tooLong(e.Span)}
	}
	return f.Document, e, nil
}

// parseSlowly reads the file with hashicorp/hcl.
func (f reading) parseSlowly() diag.List {
	src, renamed := f.Bytes, map[int]string{}
	parsed, problems := hclsyntax.ParseConfig(src, f.Name, hcl.InitialPos)
	if distinct, names := separated(src, problems); distinct != nil {
		renamed = names
		parsed, problems = hclsyntax.ParseConfig(distinct, f.Name, hcl.InitialPos)
	}
	if f.Broken = problems.HasErrors(); f.Broken {
		if found := f.parseParts(src); found != nil {
			return found
		}
	}
	if body, ok := parsed.Body.(*hclsyntax.Body); ok && body != nil {
		f.Body = converter{f.Document}.body(body, renamed)
	}
	return f.diagnostics(problems)
}

// maxParts bounds the work on a broken file.
const maxParts = 200

// beginning is where a block at the top of a file begins.
var beginning = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?m)^[a-z_]+[ \t]+"`) })

// parseParts reads the blocks of a broken file one by one, for hashicorp/hcl
// stops at the first error. It returns nil if that finds nothing.
func (f reading) parseParts(src []byte) diag.List {
	starts := beginning().FindAllIndex(src, maxParts)
	var found diag.List
	for i, start := range starts {
		end := len(src)
		if i+1 < len(starts) {
			end = starts[i+1][0]
		}
		parsed, problems := hclsyntax.ParseConfig(only(src, start[0], end), f.Name, hcl.InitialPos)
		found = append(found, f.diagnostics(problems)...)
		if body, ok := parsed.Body.(*hclsyntax.Body); ok && body != nil {
			part := converter{f.Document}.body(body, nil)
			f.Body.Attrs, f.Body.Blocks = append(f.Body.Attrs, part.Attrs...), append(f.Body.Blocks, part.Blocks...)
		}
	}
	return found
}

// only returns the source with everything but a part of it blank.
func only(src []byte, from, to int) []byte {
	blank := bytes.Clone(src[:to])
	for i := range from {
		if blank[i] != '\n' {
			blank[i] = ' '
		}
	}
	return blank
}

// separated gives attributes that are written twice in one body other names of
// the same length, for hashicorp/hcl reads the first one only: a query may have
// two filters. It returns nil if there are none, else the source with the new
// names, and the old names by place.
func separated(src []byte, problems hcl.Diagnostics) ([]byte, map[int]string) {
	names := map[int]string{}
	var distinct []byte
	for _, p := range problems {
		if p.Summary != "Attribute redefined" || p.Subject == nil {
			continue
		}
		from, to := p.Subject.Start.Byte, p.Subject.End.Byte
		if to-from < 5 {
			continue
		}
		if distinct == nil {
			distinct = bytes.Clone(src)
		}
		names[from] = string(src[from:to])
		copy(distinct[from:to], fmt.Sprintf("_%0*d", to-from-1, len(names)))
	}
	return distinct, names
}

// refused returns why a file is too big or too deep to be read, or nil.
func (f reading) refused() diag.List {
	if len(f.Bytes) > MaxBytes || len(f.Bytes) > math.MaxInt32 {
		return diag.List{{
			Code: Code, Summary: "the file is too big",
			Detail: fmt.Sprintf("A file may have %d bytes.", MaxBytes), Next: "divide the file",
			Range: f.Range(declare.Span{}),
		}}
	}
	if at, deep := tooDeep(f.Bytes); deep {
		return diag.List{{
			Code: Code, Summary: "brackets or operators are nested too deeply",
			Detail: fmt.Sprintf("At most %d may be open at once.", maxDepth), Next: "divide the expression",
			Range: f.Range(declare.Span{From: int32(at), To: int32(at)}),
		}}
	}
	return nil
}

// tooDeep counts brackets and runs of prefix operators, wherever they stand.
func tooDeep(src []byte) (at int, deep bool) {
	depth, run := 0, 0
	for i, char := range src {
		switch char {
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			depth = max(0, depth-1)
		}
		switch char {
		case '!', '-', '?', '"', '.', '<':
			run++
		case ' ', '\t', '\r':
		default:
			run = 0
		}
		if depth > maxDepth || run > 10*maxDepth {
			return i, true
		}
	}
	return 0, false
}
