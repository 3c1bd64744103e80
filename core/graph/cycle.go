package graph

// components returns the strongly connected component of each node that is not
// placed, by Tarjan's algorithm without recursion (a chain of a hundred thousand
// nodes must not exhaust the stack).
func (s *sorter) components() []int {
	t := &tarjan{s: s, index: make([]int, s.n), low: make([]int, s.n), component: make([]int, s.n), onStack: make([]bool, s.n)}
	for node := range s.n {
		if !s.placed[node] && t.index[node] == 0 {
			t.visit(node)
		}
	}
	return t.component
}

type tarjan struct {
	s          *sorter
	index, low []int // from 1; 0: not seen yet
	component  []int
	onStack    []bool
	stack      []int
	next       int
}

type frame struct{ node, edge int }

func (t *tarjan) visit(root int) {
	t.enter(root)
	frames := []frame{{node: root}}
	for len(frames) > 0 {
		f := &frames[len(frames)-1]
		if child, ok := t.step(f); ok {
			t.enter(child)
			frames = append(frames, frame{node: child})
			continue
		}
		frames = frames[:len(frames)-1]
		t.leave(f.node)
		if len(frames) > 0 {
			parent := frames[len(frames)-1].node
			t.low[parent] = min(t.low[parent], t.low[f.node])
		}
	}
}

// step follows the next edges of a frame and returns a node to go down to.
func (t *tarjan) step(f *frame) (child int, ok bool) {
	for f.edge < len(t.s.out[f.node]) {
		i := t.s.out[f.node][f.edge]
		f.edge++
		to := t.s.edges[i].To
		switch {
		case t.s.dead[i]:
		case t.index[to] == 0:
			return to, true
		case t.onStack[to]:
			t.low[f.node] = min(t.low[f.node], t.index[to])
		}
	}
	return 0, false
}

func (t *tarjan) enter(node int) {
	t.next++
	t.index[node], t.low[node] = t.next, t.next
	t.stack = append(t.stack, node)
	t.onStack[node] = true
}

func (t *tarjan) leave(node int) {
	if t.low[node] != t.index[node] {
		return
	}
	for {
		last := t.stack[len(t.stack)-1]
		t.stack = t.stack[:len(t.stack)-1]
		t.onStack[last] = false
		t.component[last] = node + 1
		if last == node {
			return
		}
	}
}

// searchLimit bounds how many nodes of a cycle are tried as its beginning.
const searchLimit = 200

// shortestCycle returns a cycle among the nodes that are not placed, the
// shortest through the lowest nodes.
func (s *sorter) shortestCycle() []Edge {
	component := s.components()
	var best []Edge
	tried := 0
	for node := range s.n {
		if s.placed[node] || tried == searchLimit {
			continue
		}
		if cycle := s.cycleThrough(node, component); cycle != nil {
			tried++
			if best == nil || len(cycle) < len(best) {
				best = cycle
			}
		}
	}
	return best
}

// cycleThrough returns the shortest cycle through a node, by breadth first search.
func (s *sorter) cycleThrough(start int, component []int) []Edge {
	via := map[int]int{} // node -> the edge by which it was reached
	queue := []int{start}
	for len(queue) > 0 {
		node := queue[0]
		queue = queue[1:]
		for _, i := range s.out[node] {
			to := s.edges[i].To
			if s.dead[i] || component[to] != component[start] {
				continue
			}
			if to == start {
				return s.pathBack(start, i, via)
			}
			if _, seen := via[to]; !seen {
				via[to] = i
				queue = append(queue, to)
			}
		}
	}
	return nil
}

func (s *sorter) pathBack(start, last int, via map[int]int) []Edge {
	cycle := []Edge{s.edges[last]}
	for at := s.edges[last].From; at != start; {
		e := s.edges[via[at]]
		cycle = append([]Edge{e}, cycle...)
		at = e.From
	}
	return cycle
}
