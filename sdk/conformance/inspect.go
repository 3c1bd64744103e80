package conformance

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/state"
)

// queries looks at the queries without running them.
func (t *trial) queries() {
	list := t.Detector.Manifest().Queries
	if len(list) == 0 {
		t.skip("it has no queries", queriesCheck, inspectCheck)
	}
	if _, ok := t.Detector.(detect.Inspector); !ok && len(list) > 0 {
		t.wrong(queriesCheck, "there are queries, and there is no Inspect")
	}
	for _, q := range list {
		if q.Name == "" || !slices.Contains([]string{"SELECT", "WITH"}, firstWord(q.SQL)) {
			t.wrong(queriesCheck, "the query %q does not begin with SELECT", q.Name)
		}
	}
}

func firstWord(sql string) string {
	words := strings.Fields(sql)
	if len(words) == 0 {
		return ""
	}
	return strings.ToUpper(strings.TrimLeft(words[0], "("))
}

// inspect compares what the plugin sees in a database with what it was made as.
func (t *trial) inspect(ctx context.Context, url string, at stage) {
	inspector, ok := t.Detector.(detect.Inspector)
	if list := t.Detector.Manifest().Queries; !ok || len(list) == 0 {
		return
	}
	catalog, err := t.catalog(ctx, url, at.declared.State)
	if err != nil {
		t.wrong(queriesCheck, "%s", told(err))
		return
	}
	found, err := inspector.Inspect(ctx, catalog)
	if err != nil {
		t.wrong(inspectCheck, "at %s: %v", at.name, err)
		return
	}
	t.sameObjects(at, found)
}

// told returns an error with what it says besides its summary.
func told(err error) string {
	var found diag.Diagnostic
	if errors.As(err, &found) {
		return found.Summary + ": " + found.Detail
	}
	return err.Error()
}

func (t *trial) sameObjects(at stage, found []*state.Object) {
	seen, m := state.New(found...), t.Detector.Manifest()
	for o := range at.declared.State.All() {
		switch other := seen.Get(o.Address); {
		case !t.owns(o.Address.Kind()):
		case other == nil:
			t.wrong(inspectCheck, "at %s: it does not see %s", at.name, o.Address)
		case len(m.Unlike(o, other)) > 0:
			t.wrong(inspectCheck, "at %s: it sees %s as %s, which is %s (%s)", at.name, o.Address, other.Attrs, o.Attrs,
				strings.Join(m.Unlike(o, other), ", "))
		}
	}
	for o := range seen.All() {
		if !at.declared.State.Has(o.Address) {
			t.wrong(inspectCheck, "at %s: it sees %s, which is not there", at.name, o.Address)
		}
	}
}
