package autodetector

import (
	"cmp"
	"context"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/operation"
)

// reduce folds operations on the parts of a whole into the one that creates or
// drops the whole in the same plan: a field becomes a line of CREATE TABLE. An
// operation moves only past operations that it has no link with, so the order
// stays right.
func (r *run) reduce(context.Context) error {
	f := newFolder(r)
	for i := range r.operations {
		f.foldCreate(i)
	}
	for i := len(r.operations) - 1; i >= 0; i-- {
		f.foldDrop(i)
	}
	f.newOnly()
	f.finish()
	return nil
}

type folder struct {
	*run
	into        []int   // operation -> the one that it is folded into, or itself
	preds, succ [][]int // operation -> operations that come before and after it
	creates     map[address.Address]int
	drops       map[address.Address]int
}

func newFolder(r *run) *folder {
	f := &folder{
		run: r, into: sequence(len(r.operations)),
		preds: make([][]int, len(r.operations)), succ: make([][]int, len(r.operations)),
		creates: map[address.Address]int{}, drops: map[address.Address]int{},
	}
	for _, l := range r.links {
		f.preds[l.To] = append(f.preds[l.To], l.From)
		f.succ[l.From] = append(f.succ[l.From], l.To)
	}
	for i, op := range r.operations {
		f.whole(i, op)
	}
	return f
}

// whole records an operation that creates or drops a table.
func (f *folder) whole(i int, op operation.Operation) {
	if len(op.Up) > 0 && op.Up[0].Table {
		f.creates[op.Target] = i
	}
	if len(op.Down) > 0 && op.Down[0].Table {
		f.drops[op.Target] = i
	}
}

// foldCreate folds a create into that of its parent, if all that it waits for
// comes before that one.
func (f *folder) foldCreate(i int) {
	op := f.operations[i]
	o := f.to.Get(op.Target)
	if op.Inline == nil || o == nil || isDrop(op) {
		return
	}
	whole, ok := f.creates[o.Parent]
	if !ok || whole > i {
		return
	}
	for _, p := range f.preds[i] {
		if f.into[p] != whole && f.into[p] > whole {
			return
		}
	}
	f.into[i] = whole
	w := &f.operations[whole]
	w.Up[0].Clauses = append(w.Up[0].Clauses, op.Inline.Clause)
	w.Up = append(w.Up, besides(op, op.Up)...)
	w.Down = append(undoing(op, op.Down), w.Down...)
	w.Edits = append(w.Edits, op.Edits...)
	f.join(w.Target, op.Detector)
	absorb(w, op)
}

// foldDrop folds a drop into that of its parent, if all that waits for it comes
// after that one.
func (f *folder) foldDrop(i int) {
	op := f.operations[i]
	o := f.from.Get(op.Target)
	if op.Inline == nil || o == nil || !isDrop(op) {
		return
	}
	whole, ok := f.drops[o.Parent]
	if !ok || whole < i {
		return
	}
	for _, s := range f.succ[i] {
		if f.into[s] != whole && f.into[s] < whole {
			return
		}
	}
	f.into[i] = whole
	w := &f.operations[whole]
	w.Down[0].Clauses = append(w.Down[0].Clauses, op.Inline.Clause)
	w.Down = append(w.Down, besides(op, op.Down)...)
	w.Up = append(undoing(op, op.Up), w.Up...)
	w.Edits = append(slices.Clone(op.Edits), w.Edits...)
	f.join(w.Target, op.Detector)
	absorb(w, op)
}

// join notes whose clause went into a whole.
func (f *folder) join(whole address.Address, detector string) {
	if f.joined == nil {
		f.joined = map[address.Address][]string{}
	}
	if !slices.Contains(f.joined[whole], detector) {
		f.joined[whole] = append(f.joined[whole], detector)
	}
}

func isDrop(op operation.Operation) bool {
	return len(op.Edits) > 0 && !op.Edits[0].Drop.IsZero()
}

// absorb adds what remains of a folded operation besides its SQL and edits. The
// hazards of the whole say what those of its parts would: the rows are lost. A
// table that is made has none.
func absorb(w *operation.Operation, op operation.Operation) {
	w.Frees = append(w.Frees, op.Frees...)
	w.Takes = append(w.Takes, op.Takes...)
	for _, h := range op.Hazard {
		if h.Code != operation.DataLoss && h.Code != operation.NoValue {
			w.Hazard = append(w.Hazard, h)
		}
	}
}

// finish removes the folded operations and renumbers the links.
func (f *folder) finish() {
	place := make([]int, len(f.operations))
	var kept []operation.Operation
	for i, op := range f.operations {
		if f.into[i] == i {
			place[i] = len(kept)
			sortClauses(op.Up)
			sortClauses(op.Down)
			kept = append(kept, op)
		}
	}
	links := f.links[:0]
	for _, l := range f.links {
		l.From, l.To = place[f.into[l.From]], place[f.into[l.To]]
		if l.From != l.To {
			links = append(links, l)
		}
	}
	f.operations, f.links = kept, links
	f.run.operations, f.run.links = kept, links
}

func sortClauses(statements []operation.Statement) {
	for _, s := range statements {
		if !s.Table {
			continue
		}
		slices.SortStableFunc(s.Clauses, func(a, b operation.Clause) int {
			return cmp.Or(cmp.Compare(a.Group, b.Group), cmp.Compare(a.Rank, b.Rank), cmp.Compare(a.SQL, b.SQL))
		})
	}
}
