package resolve

import (
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/diag"
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

// report adds an error. Errors in files that could not be read in whole are
// dropped: they may follow from that.
func (r *reporter) report(at declare.Place, code, summary, detail, next string) {
	if at.Document != nil && at.Document.Broken {
		return
	}
	r.add(diag.Diagnostic{Code: code, Summary: summary, Detail: detail, Next: next, Range: at.Range()})
}

// missing adds an error about a name that is not declared.
func (r *reporter) missing(at declare.Place, code, summary, detail, next string) {
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
