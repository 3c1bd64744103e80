package runner

import (
	"context"
	"errors"
	"strings"

	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/postgres"
)

// A finding is what a database says of a hazard.
type finding struct {
	bad     bool   // it is real
	unknown bool   // the database cannot tell
	said    string // of a value that cannot be converted, by the server
	rows    int64  // that it concerns, as far as they can be counted
	query   string // that finds them; empty: nobody knows it
	later   bool   // another migration is rolled back before
}

// real reports whether a way back must not be gone for the finding. Where nothing can
// be lost, trying is as good as knowing, unless a value was seen that does not fit.
func (f finding) real(code string) bool {
	return f.bad || f.unknown && (code == operation.DataLoss || code == operation.NoFit && f.said != "")
}

// ask runs the probe of a hazard. One without a probe is always real.
func ask(ctx context.Context, h operation.Hazard, on postgres.Respondent) (f finding, err error) {
	if h.Probe == "" {
		return finding{bad: true}, nil
	}
	f.bad, err = on.Probe(ctx, h.Probe)
	var value postgres.ValueError
	switch {
	case errors.Is(err, postgres.ErrUnknown):
		if errors.As(err, &value) {
			f.said = value.Message
		}
		f.unknown = true
	case err != nil:
		return finding{}, err
	case f.bad && h.Code == operation.NoFit:
		return counted(ctx, f, h.Probe, on)
	}
	return f, nil
}

// counted adds how many rows a probe is about, and the query that finds them.
func counted(ctx context.Context, f finding, probe string, on postgres.Respondent) (finding, error) {
	rows, ok := strings.CutPrefix(probe, "SELECT EXISTS (SELECT FROM ")
	if !ok || !strings.HasSuffix(rows, ")") {
		return f, nil
	}
	rows = strings.TrimSuffix(rows, ")")
	f.query = "SELECT * FROM " + rows
	n, err := on.Count(ctx, "SELECT count(*) FROM "+rows)
	if errors.Is(err, postgres.ErrUnknown) {
		return f, nil
	}
	f.rows = n
	return f, err
}
