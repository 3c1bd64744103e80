package triggers

import (
	"strconv"
	"strings"
)

// A trigger is one of the triggers of a constraint.
type trigger struct {
	at       int    // the join whose table it is on
	suffix   string // of its name
	event    string
	function string // suffix of the function's name
	when     string
	row      row  // that the function checks; empty: the whole query
	left     bool // it is about the rows as they were
	set      bool // it is for all rows of a statement together
	comes    bool // it is about a row that others refer to, and that comes
	goes     bool // ... and about one that goes, for which nothing is checked
}

// triggers returns the triggers that watch everything that can break the query.
func (q *query) triggers() []trigger {
	var list []trigger
	for at := range q.joins {
		w := watcher{query: q, at: at, prefix: strconv.Itoa(at)}
		switch {
		case q.syntax.opaque && q.former == nil:
			w.everything()
		case at == 0:
			w.model()
		case q.joins[at].isRoot(at):
			w.subquery()
		case q.joins[at].through:
			w.joinTable()
		default:
			w.parent()
		}
		list = append(list, w.list...)
	}
	return list
}

// A watcher collects the triggers of one table in one place of a query.
type watcher struct {
	*query
	at     int
	prefix string
	list   []trigger
}

func (w *watcher) add(letter, event string, r row, when string) {
	t := trigger{
		at: w.at, suffix: w.prefix + letter, event: event, when: when, row: r, function: w.prefix + "n", left: r == oldRow,
	}
	switch {
	case event == "TRUNCATE" && w.former == nil: // with locks of its own
		t.function = "truncated"
	case w.whole() || r == "" || !w.reachable(w.at):
		t.function, t.row = "all", ""
	case r == oldRow:
		t.function = w.prefix + "o"
	}
	w.list = append(w.list, t)
}

// everything watches a table of which nothing is known but that SQL may read it,
// once if it is there several times.
func (w *watcher) everything() {
	for _, j := range w.joins[:w.at] {
		if j.address == w.joins[w.at].address {
			return
		}
	}
	w.add("i", "INSERT", newRow, "")
	w.add("u", "UPDATE", newRow, "")
	w.add("d", "DELETE", oldRow, "")
	w.add("t", "TRUNCATE", "", "")
}

// model watches the rows of the model itself. What a row leaves matters only
// where fewer rows can break the constraint, and not where a row is a group.
func (w *watcher) model() {
	w.add("i", "INSERT", newRow, "")
	w.updates()
	if w.grows == grows || w.rowIsGroup() {
		return
	}
	w.moves(w.keyColumnsOf())
	w.add("d", "DELETE", oldRow, "")
}

func (w *watcher) joinTable() {
	w.add("i", "INSERT", newRow, "")
	w.updates()
	if w.grows == grows && w.joins[w.at].inside == 0 {
		return
	}
	var keys columns
	keys.add(w.joins[w.at].own, w.joins[w.at].lead.own)
	w.moves(keys)
	w.goes()
}

// goes watches rows that go.
func (w *watcher) goes() {
	w.add("d", "DELETE", oldRow, "")
	w.add("t", "TRUNCATE", "", "")
}

// subquery watches the table of a subquery. One with exists or in is broken by
// more rows, one with their negation by fewer.
func (w *watcher) subquery() {
	j := w.joins[w.at]
	if j.adds != shrinks {
		w.add("i", "INSERT", newRow, "")
		w.updates()
	}
	if j.adds == grows {
		return
	}
	switch {
	case w.syntax.raw:
		w.add("m", "UPDATE", oldRow, "")
	case len(j.used) > 0 && (j.adds == shrinks || j.linked):
		w.add("m", "UPDATE", oldRow, anyDiffers(j.used))
	}
	w.goes()
}

func (w *watcher) updates() {
	used := w.joins[w.at].used
	switch {
	case w.syntax.raw:
		w.add("u", "UPDATE", newRow, "")
	case len(used) > 0:
		w.add("u", "UPDATE", newRow, anyDiffers(used))
	}
}

// moves watches rows that leave a group; where they go is watched anyway.
func (w *watcher) moves(keys columns) {
	if w.whole() || !w.reachable(w.at) {
		return // every update of these columns checks everything
	}
	w.add("m", "UPDATE", oldRow, anyDiffers(keys))
}

// rowIsGroup reports whether results are rows of the model, or of a model with a
// row for each.
func (w *watcher) rowIsGroup() bool { return !w.grouped || len(w.keys) > 0 && w.keys[0].row }

// keyColumnsOf returns the columns of the model that keys are made of.
func (w *watcher) keyColumnsOf() columns {
	var found columns
	for _, k := range w.keys {
		for _, a := range k.node.Fields() {
			if c, err := w.joins[0].column(a); err == nil {
				found.add(c)
			}
		}
	}
	return found
}

func anyDiffers(list columns) string {
	conditions := make([]string, len(list))
	for i, c := range list {
		conditions[i] = c.differs(string(oldRow), string(newRow))
	}
	return strings.Join(conditions, " OR ")
}
