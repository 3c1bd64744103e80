package detecttest

import (
	"slices"
	"strings"

	"github.com/stretchr/testify/assert"

	"github.com/whimbreldb/whimbrel/core/operation"
)

// A cost is what an operation does to the tables that were there before the
// change, by their names after it.
type cost struct {
	rewritten, scanned []string
	built              []string // tables of which an index was built that was not before
	locked             map[string][]string
}

// claims compares what each operation of a change says of itself with what it did
// on the server.
func (db database) claims(operations []operation.Operation, spans []span) {
	db.Helper()
	for i, op := range operations {
		done := costOf(spans, i)
		db.claim(op, operation.TableRewrite, done.rewritten)
		db.claim(op, operation.IndexBuild, done.built)
		if !strings.Contains(op.Target.Kind(), ".") { // a plugin's triggers may read what they like
			db.claim(op, operation.TableScan, done.scanned)
		}
		db.waits(op, done.locked)
	}
}

// costOf returns what the operation of a number did. Building an index and writing
// a table anew read it too; that goes without saying.
func costOf(spans []span, number int) cost {
	before, after, last := spans[number].before, spans[number].after, spans[len(spans)-1].after
	c := cost{locked: map[string][]string{}}
	for oid := range spans[0].before {
		was, is, name := before[oid], after[oid], last[oid].Name
		switch {
		case is.Table != 0 || name == "":
			continue
		case was.File != is.File:
			c.rewritten = append(c.rewritten, name)
		case len(builtOn(oid, before, after)) > 0:
			c.built = append(c.built, name)
		case is.Scans > was.Scans:
			c.scanned = append(c.scanned, name)
		}
		c.locked[name] = is.Locks
	}
	slices.Sort(c.rewritten)
	slices.Sort(c.built)
	slices.Sort(c.scanned)
	return c
}

// builtOn returns the indexes of a table that are not where one of it was before. One
// that PostgreSQL keeps may get another OID.
func builtOn(table int64, before, after reading) []int64 {
	kept := map[int64]bool{}
	for _, was := range before {
		kept[was.File] = true
	}
	var built []int64
	for oid, is := range after {
		if is.Table == table && !kept[is.File] {
			built = append(built, oid)
		}
	}
	return built
}

// claim compares the tables that an operation names in hazards of a code with those
// that it concerned.
func (db database) claim(op operation.Operation, code string, tables []string) {
	db.Helper()
	var claimed []string
	for _, h := range op.Hazard {
		if h.Code == code && !h.Down {
			claimed = append(claimed, tableIn(h.Text))
		}
		if _, other, looks := strings.Cut(h.Text, " is looked up in "); looks && code == h.Code {
			other, _, _ = strings.Cut(other, ";") // by an index of it, or by reading it too
			tables = slices.DeleteFunc(tables, func(table string) bool { return table == other && table != tableIn(h.Text) })
		}
	}
	slices.Sort(claimed)
	claimed = slices.Compact(claimed)
	assert.Equal(db, strings.Join(tables, ", "), strings.Join(claimed, ", "), "%s of %s", code, op.Summary)
}

// tableIn returns the table that the text of a hazard is about: it stands behind
// the first "of".
func tableIn(text string) string {
	_, rest, _ := strings.Cut(text, " of ")
	name, _, _ := strings.Cut(rest, ";")
	name, _, _ = strings.Cut(name, " is ")
	return name
}

// blocking are the locks that writers wait for.
var blocking = []string{"ShareLock", "ShareRowExclusiveLock", "ExclusiveLock", "AccessExclusiveLock"}

// waits compares who waits, by the words of the hazards, with the locks.
func (db database) waits(op operation.Operation, locked map[string][]string) {
	db.Helper()
	for _, h := range op.Hazard {
		modes := locked[tableIn(h.Text)]
		if h.Down || !strings.Contains(h.Text, "wait") && !strings.Contains(h.Text, string(operation.NobodyWaits)) {
			continue
		}
		switch {
		case strings.Contains(h.Text, string(operation.NobodyWaits)):
			waited := func(mode string) bool { return slices.Contains(blocking, mode) }
			assert.False(db, slices.ContainsFunc(modes, waited), "%s of %s: %s", h.Text, op.Summary, modes)
		case strings.Contains(h.Text, "readers and writers wait"):
			assert.Contains(db, modes, "AccessExclusiveLock", "%s of %s", h.Text, op.Summary)
		default:
			assert.True(db, slices.Contains(modes, "ShareLock") || slices.Contains(modes, "ShareRowExclusiveLock"), "%s of %s: %s", h.Text, op.Summary, modes)
		}
	}
}
