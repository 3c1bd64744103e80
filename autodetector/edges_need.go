package autodetector

import (
	"fmt"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/operation"
)

// names: a name in the database is given up before it is taken.
func (e *edges) names(i int) {
	for _, name := range e.operations[i].Frees {
		for _, taker := range e.takes[name] {
			e.before(i, taker, false, givesUpName)
		}
	}
}

// needs: the declared dependencies. Its detector wrote the SQL for the moment that a soft
// one asks for, so it is given up after the wishes that follow from references.
func (e *edges) needs(i int) {
	for _, n := range e.operations[i].Needs {
		providers := e.provide(n.Verb, n.Object)
		for _, p := range providers {
			l := link{From: p, To: i, Soft: n.Soft, Firm: true, Why: n.Why}
			if n.Before {
				l.From, l.To = i, p
			}
			e.add(l)
		}
		if len(providers) == 0 && !n.Soft && !e.met(n) {
			e.reportUnmet(i, n)
		}
	}
}

// met reports whether a need that no operation provides holds already.
func (e *edges) met(n operation.Need) bool {
	return n.Verb == operation.Create && !n.Before && e.from.Has(n.Object) && e.to.Has(n.Object)
}

func (e *edges) reportUnmet(i int, n operation.Need) {
	op := e.operations[i]
	_, author := e.owners.blamed(op.Detector)
	e.report(diag.Diagnostic{
		Code:    "WH2202",
		Summary: fmt.Sprintf("%s needs somebody to %s %s, and nobody does", e.title(i), n.Verb, detect.Called(n.Object)),
		Detail:  fmt.Sprintf("The dependency was declared by detector %q. %s", op.Detector, n.Why),
		Next:    "if nothing of that name is missing in the models, report it to " + author,
		Range:   e.in.Declaration.Places[op.Target],
		Address: op.Target.String(),
	})
}
