package conformance

import (
	"context"

	"github.com/whimbreldb/whimbrel/core/operation"
)

// probes asks the questions that one way of an operation of the detector has before it
// loses something, at the moment when a user would.
func (r *runner) probes(ctx context.Context, op operation.Operation, down bool) {
	if op.Detector != r.Detector.Manifest().Name {
		return
	}
	for _, h := range op.Hazard {
		if h.Probe != "" && h.Down == down {
			r.probe(ctx, op, h.Probe)
		}
	}
}

func (r *runner) probe(ctx context.Context, op operation.Operation, sql string) {
	said := op.Kind + " on " + op.Target.String() + " asks: " + sql
	rows, err := r.db.Query(ctx, sql)
	switch {
	case err != nil:
		r.wrong(probeCheck, "%s: %v", said, err)
	case len(rows.Values) != 1 || len(rows.Values[0]) != 1:
		r.wrong(probeCheck, "%s: the answer is not one row with one column", said)
	case rows.Values[0][0] != "t" && rows.Values[0][0] != "f":
		r.wrong(probeCheck, "%s: the answer %q is neither true nor false", said, rows.Values[0][0])
	}
}
