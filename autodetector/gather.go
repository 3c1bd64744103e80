package autodetector

import (
	"context"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/graph"
	"github.com/whimbreldb/whimbrel/core/operation"
)

// gather makes one operation of those that alter one table, where nothing has to be
// done in between: PostgreSQL then goes through the rows once. Which statements can
// become one is what their owners say; see operation.Statement.
func (r *run) gather(context.Context) error {
	g := &gatherer{run: r, head: sequence(len(r.operations)), others: map[int][]int{}, succ: make([][]int, len(r.operations))}
	for _, l := range r.links {
		if !l.Soft {
			g.succ[l.From] = append(g.succ[l.From], l.To)
		}
	}
	firsts := map[address.Address][]int{} // by what they are part of
	for _, i := range g.candidates() {
		whole := g.whole(g.operations[i])
		n := slices.IndexFunc(firsts[whole], func(first int) bool { return g.joins(first, i) })
		if n < 0 {
			firsts[whole] = append(firsts[whole], i)
			continue
		}
		first := firsts[whole][n]
		g.head[i], g.others[first] = first, append(g.others[first], i)
	}
	if len(g.others) > 0 {
		g.finish()
	}
	return nil
}

type gatherer struct {
	*run
	head   []int         // operation -> the first one of those that it becomes one with, or itself
	others map[int][]int // such a first one -> those behind it
	succ   [][]int       // operation -> those that cannot come before it
}

// candidates returns the operations that could become one with another one.
func (g *gatherer) candidates() []int {
	var list []int
	for i, op := range g.operations {
		if joint(op.Up) >= 0 && joint(op.Down) >= 0 && op.Transaction == operation.InTransaction && op.Aside == nil {
			list = append(list, i)
		}
	}
	return list
}

// joins reports whether an operation can become one with a later one and those that
// are one with it already.
func (g *gatherer) joins(first, other int) bool {
	if !g.alike(first, other) {
		return false
	}
	whole := append(g.members(first), other)
	for _, from := range whole {
		for _, to := range g.succ[from] {
			switch {
			case !slices.Contains(whole, to) && g.reaches(to, whole, map[int]bool{}),
				slices.Contains(whole, to) && !inOrder(g.operations[from], g.operations[to]):
				return false
			}
		}
	}
	return true
}

// alike reports whether two operations alter the same table in one statement each.
func (g *gatherer) alike(a, b int) bool {
	one, other := g.operations[a], g.operations[b]
	return one.Detector == other.Detector && g.whole(one) == g.whole(other) &&
		one.Up[joint(one.Up)].SQL == other.Up[joint(other.Up)].SQL &&
		one.Down[joint(one.Down)].SQL == other.Down[joint(other.Down)].SQL
}

// joint returns the place of the one statement that can become one with others, -1
// without one.
func joint(statements []operation.Statement) int {
	return slices.IndexFunc(statements, operation.Statement.Joins)
}

// inOrder reports whether PostgreSQL does what two operations say in this order, be
// they one statement.
func inOrder(first, then operation.Operation) bool {
	a, b := joint(first.Up), joint(then.Up)
	return first.Up[a].Clauses[0].Group < then.Up[b].Clauses[0].Group && len(first.Up) == a+1 && b == 0 &&
		joint(first.Down) == 0 && len(then.Down) == joint(then.Down)+1
}

// members returns the operations that are one with the first of them.
func (g *gatherer) members(first int) []int {
	return append([]int{first}, g.others[first]...)
}

// reaches reports whether something that cannot come before an operation, or before
// what is one with it, and so on, is one of those.
func (g *gatherer) reaches(from int, whole []int, seen map[int]bool) bool {
	if slices.Contains(whole, from) {
		return true
	}
	head := g.head[from]
	if seen[head] {
		return false
	}
	seen[head] = true
	for _, member := range g.members(head) {
		for _, to := range g.succ[member] {
			if g.reaches(to, whole, seen) {
				return true
			}
		}
	}
	return false
}

// finish makes the operations anew and puts them into order.
func (g *gatherer) finish() {
	place := make([]int, len(g.operations))
	var list []operation.Operation
	for i := range g.operations {
		if g.head[i] != i {
			place[i] = place[g.head[i]]
			continue
		}
		place[i] = len(list)
		list = append(list, g.together(g.members(i)))
	}
	links := make([]link, 0, len(g.links))
	for _, l := range g.links {
		if l.From, l.To = place[l.From], place[l.To]; l.From != l.To {
			links = append(links, l)
		}
	}
	order, cycle := graph.Sort(len(list), links)
	if cycle != nil || len(list) == len(g.operations) {
		return // each for itself is right, too
	}
	g.run.operations, g.run.links = pick(list, order), moved(links, order)
}
