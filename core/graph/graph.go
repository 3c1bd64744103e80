// Package graph orders things that depend on one another.
//
// Nodes are numbers from 0 in the caller's canonical order; the package knows
// nothing of what they stand for. The order that it finds is stable: of the nodes
// that could come next, the lowest always does.
package graph

// An Edge says that From comes before To.
type Edge struct {
	From, To int
	// Soft edges are wishes: one that lies on a cycle is given up.
	Soft bool
	// Firm soft edges are given up only where giving up the others is not enough.
	Firm bool
	// Why is the caller's, for the message about a cycle.
	Why string
}

// Sort returns the nodes 0 to n-1 in an order that respects every hard edge, and
// every soft edge that is on no cycle. If hard edges form a cycle it returns nil
// and the shortest one, as edges each of which begins where the last one ends.
// The time is proportional to (n + edges) log n.
func Sort(n int, edges []Edge) (order []int, cycle []Edge) {
	s := newSorter(n, edges)
	for attempt := 0; !s.drain(); attempt++ {
		if attempt == attempts {
			return nil, s.shortestCycle()
		}
		s.relax(attempt)
	}
	return s.order, nil
}

// attempts is how often soft edges are given up.
const attempts = 4

// yields reports whether an edge is given up at an attempt, from 0: the soft edges that
// are not firm go first, and of each sort those against the canonical order.
func (e Edge) yields(attempt int) bool {
	return e.Soft && (!e.Firm || attempt >= attempts/2) && (e.From > e.To || attempt%2 == 1)
}

type sorter struct {
	n       int
	edges   []Edge
	out     [][]int // node -> indexes of its edges
	dead    []bool  // edge -> given up
	waiting []int   // node -> edges into it whose beginning is not placed yet
	placed  []bool
	ready   heap
	order   []int
}

func newSorter(n int, edges []Edge) *sorter {
	s := &sorter{
		n: n, edges: edges, out: make([][]int, n), dead: make([]bool, len(edges)),
		waiting: make([]int, n), placed: make([]bool, n), order: make([]int, 0, n),
	}
	for i, e := range edges {
		if e.From == e.To {
			s.dead[i] = true
			continue
		}
		s.out[e.From] = append(s.out[e.From], i)
		s.waiting[e.To]++
	}
	for node, count := range s.waiting {
		if count == 0 {
			s.ready.push(node)
		}
	}
	return s
}

// drain places every node that can be placed and reports whether that is all.
func (s *sorter) drain() bool {
	for len(s.ready) > 0 {
		node := s.ready.pop()
		s.placed[node] = true
		s.order = append(s.order, node)
		for _, i := range s.out[node] {
			s.release(i)
		}
	}
	return len(s.order) == s.n
}

// release takes an edge out of the count of its end.
func (s *sorter) release(i int) {
	if s.dead[i] {
		return
	}
	s.dead[i] = true
	to := s.edges[i].To
	if s.waiting[to]--; s.waiting[to] == 0 {
		s.ready.push(to)
	}
}

// relax gives up the soft edges whose turn it is inside the components that are stuck.
func (s *sorter) relax(attempt int) {
	component := s.components()
	for i, e := range s.edges {
		if e.yields(attempt) && !s.dead[i] && !s.placed[e.From] && component[e.From] == component[e.To] {
			s.release(i)
		}
	}
}
