package hcl

import (
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/source/hcl/syntax"
)

// A reporter collects diagnostics. What stands in a mixin is looked at once for
// each model that includes it and reported once.
type reporter struct {
	found diag.List
	seen  map[diag.Diagnostic]bool
	// incomplete: some file could not be read in whole, so that what seems to be
	// missing may be in it.
	incomplete bool
}

// A spot is a place in a file.
type spot struct {
	file *syntax.File
	span syntax.Span
}

func (s spot) rangeOf() diag.Range {
	if s.file == nil {
		return diag.Range{}
	}
	return s.file.Range(s.span)
}

// report adds an error. Errors in files that could not be read in whole are
// dropped: they may follow from that.
func (r *reporter) report(at spot, code, summary, detail, next string) {
	if at.file != nil && at.file.Broken {
		return
	}
	r.add(diag.Diagnostic{Code: code, Summary: summary, Detail: detail, Next: next, Range: at.rangeOf()})
}

// missing adds an error about a name that is not declared.
func (r *reporter) missing(at spot, code, summary, detail, next string) {
	if !r.incomplete {
		r.report(at, code, summary, detail, next)
	}
}

func (r *reporter) add(d diag.Diagnostic) {
	key := diag.Diagnostic{Code: d.Code, Range: d.Range}
	if d.Range.IsZero() {
		key.Summary = d.Summary
	}
	if r.seen[key] {
		return
	}
	if r.seen == nil {
		r.seen = map[diag.Diagnostic]bool{}
	}
	r.seen[key] = true
	r.found = append(r.found, d)
}

func (r *reporter) list() diag.List { return r.found }
