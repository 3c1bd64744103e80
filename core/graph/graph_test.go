package graph_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/whimbreldb/whimbrel/core/graph"
)

func TestSort(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		n     int
		edges []graph.Edge
		want  []int
	}{
		"no edges: canonical order":           {3, nil, []int{0, 1, 2}},
		"an edge against the order":           {3, []graph.Edge{{From: 2, To: 0}}, []int{1, 2, 0}},
		"stable, not layered":                 {4, []graph.Edge{{From: 0, To: 1}, {From: 1, To: 2}}, []int{0, 1, 2, 3}},
		"a soft edge is kept where it can be": {2, []graph.Edge{{From: 1, To: 0, Soft: true}}, []int{1, 0}},
		"of a soft ring the one against the order goes": {
			3,
			[]graph.Edge{{From: 0, To: 1, Soft: true}, {From: 1, To: 2, Soft: true}, {From: 2, To: 0, Soft: true}},
			[]int{0, 1, 2},
		},
		"a soft edge yields to a hard one": {2, []graph.Edge{{From: 0, To: 1, Soft: true}, {From: 1, To: 0}}, []int{1, 0}},
		"a firm edge stays where another soft one closes the ring, though it is against the order": {
			3,
			[]graph.Edge{{From: 0, To: 1}, {From: 1, To: 2, Soft: true}, {From: 2, To: 0, Soft: true, Firm: true}},
			[]int{2, 0, 1},
		},
		"of a firm ring the one against the order goes": {
			2,
			[]graph.Edge{{From: 0, To: 1, Soft: true, Firm: true}, {From: 1, To: 0, Soft: true, Firm: true}},
			[]int{0, 1},
		},
		"a firm edge yields to a hard one": {2, []graph.Edge{{From: 0, To: 1, Soft: true, Firm: true}, {From: 1, To: 0}}, []int{1, 0}},
		"what follows a soft ring still waits for it": {
			3,
			[]graph.Edge{{From: 1, To: 2, Soft: true}, {From: 2, To: 1, Soft: true}, {From: 2, To: 0, Soft: true}},
			[]int{1, 2, 0},
		},
		"an edge to itself means nothing": {1, []graph.Edge{{From: 0, To: 0}}, []int{0}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			order, cycle := graph.Sort(c.n, c.edges)
			require.Nil(t, cycle)
			assert.Equal(t, c.want, order)
		})
	}
}

func TestSortReportsTheShortestCycle(t *testing.T) {
	t.Parallel()
	edges := []graph.Edge{
		{From: 0, To: 1},
		{From: 1, To: 2},
		{From: 2, To: 0},
		{From: 3, To: 4, Why: "there"},
		{From: 4, To: 3, Why: "back"},
		{From: 2, To: 3},
	}
	order, cycle := graph.Sort(5, edges)
	assert.Nil(t, order)
	assert.Equal(t, []graph.Edge{{From: 3, To: 4, Why: "there"}, {From: 4, To: 3, Why: "back"}}, cycle)
}

func TestSortRespectsEveryHardEdge(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 40).Draw(t, "n")
		rank := rapid.Permutation(sequence(n)).Draw(t, "rank")
		edges := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) graph.Edge {
			a, b := rapid.IntRange(0, n-1).Draw(t, "a"), rapid.IntRange(0, n-1).Draw(t, "b")
			if soft := rapid.Bool().Draw(t, "soft"); soft {
				return graph.Edge{From: a, To: b, Soft: true, Firm: rapid.Bool().Draw(t, "firm")}
			}
			if rank[a] > rank[b] {
				a, b = b, a
			}
			return graph.Edge{From: a, To: b}
		}), 0, 80).Draw(t, "edges")
		order, cycle := graph.Sort(n, edges)
		if cycle != nil {
			t.Fatalf("cycle %v among edges that have none", cycle)
		}
		place := make([]int, n)
		for i, node := range order {
			place[node] = i
		}
		for _, e := range edges {
			if !e.Soft && e.From != e.To && place[e.From] >= place[e.To] {
				t.Fatalf("%d comes after %d in %v", e.From, e.To, order)
			}
		}
	})
}

func sequence(n int) []int {
	s := make([]int, n)
	for i := range s {
		s[i] = i
	}
	return s
}

func BenchmarkSort(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			edges := make([]graph.Edge, 0, 3*n)
			for i := range n {
				edges = append(edges, graph.Edge{From: i, To: (i*7 + 1) % n, Soft: true}, graph.Edge{From: i / 2, To: i}, graph.Edge{From: i / 3, To: i})
			}
			slices.Reverse(edges)
			for b.Loop() {
				if order, _ := graph.Sort(n, edges); len(order) != n {
					b.Fatal("not sorted")
				}
			}
		})
	}
}
