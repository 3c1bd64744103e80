package migration

import (
	"path"
	"slices"
	"strings"
	"time"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/graph"
)

// A Graph is the history of a project: the migrations of all apps, with edges
// from each to its parents. It is not changed once it is made.
type Graph struct {
	dirs     []*Dir
	nodes    []*Migration // by ID, then by app
	index    map[string]int
	children [][]int
	order    []*Migration
}

// NewGraph puts the folders of all apps together. With an error among the
// diagnostics the history is broken: there may be no order, or several heads.
func NewGraph(dirs ...*Dir) (*Graph, diag.List) {
	g := &Graph{dirs: dirs, index: map[string]int{}}
	for _, d := range dirs {
		g.nodes = append(g.nodes, d.Migrations...)
	}
	slices.SortStableFunc(g.nodes, func(a, b *Migration) int {
		return strings.Compare(a.ID+" "+a.App, b.ID+" "+b.App)
	})
	diags := g.indexNodes()
	edges, missing := g.edges()
	diags = append(diags, missing...)
	order, cycle := graph.Sort(len(g.nodes), edges)
	for _, i := range order {
		g.order = append(g.order, g.nodes[i])
	}
	if cycle != nil {
		diags = append(diags, g.cyclic(cycle))
	}
	return g, append(diags, g.divided()...)
}

func (g *Graph) indexNodes() diag.List {
	var diags diag.List
	for i, m := range g.nodes {
		if _, ok := g.index[m.ID]; ok {
			diags = append(diags, g.twice(m))
			continue
		}
		g.index[m.ID] = i
	}
	return diags
}

// edges returns an edge for each parent that is there.
func (g *Graph) edges() ([]graph.Edge, diag.List) {
	var edges []graph.Edge
	var diags diag.List
	g.children = make([][]int, len(g.nodes))
	for i, m := range g.nodes {
		for _, parent := range m.Parents {
			from, ok := g.index[parent]
			if !ok {
				if !g.reported(parent) {
					diags = append(diags, g.orphan(m, parent))
				}
				continue
			}
			edges = append(edges, graph.Edge{From: from, To: i, Why: m.ID + " has the parent " + parent})
			g.children[from] = append(g.children[from], i)
		}
	}
	return edges, diags
}

// reported reports whether a migration is there and could not be loaded: why has been
// said, and what follows from it need not be.
func (g *Graph) reported(id string) bool {
	return slices.ContainsFunc(g.dirs, func(d *Dir) bool { return d.broken && d.known[id] })
}

// Migration returns the migration with an ID, or nil.
func (g *Graph) Migration(id string) *Migration {
	if i, ok := g.index[id]; ok {
		return g.nodes[i]
	}
	return nil
}

// Migrations returns all migrations, parents before children; of those that
// could come next, the one with the lowest ID does. It is empty if there is a
// cycle.
func (g *Graph) Migrations() []*Migration { return slices.Clone(g.order) }

// Heads returns the migrations of an app that no other one of the app comes
// after: one, or none if the app has no migrations.
func (g *Graph) Heads(app string) []*Migration {
	var heads []*Migration
	for i, m := range g.nodes {
		if m.App == app && !g.hasChild(i, app) {
			heads = append(heads, m)
		}
	}
	return heads
}

func (g *Graph) hasChild(i int, app string) bool {
	return slices.ContainsFunc(g.children[i], func(child int) bool { return g.nodes[child].App == app })
}

// Ancestors returns the migrations with the given IDs and all that they build
// on, in the order of Migrations. Unknown IDs count for nothing.
func (g *Graph) Ancestors(ids ...string) []*Migration {
	return g.closure(ids, func(i int) []int {
		var parents []int
		for _, id := range g.nodes[i].Parents {
			if parent, ok := g.index[id]; ok {
				parents = append(parents, parent)
			}
		}
		return parents
	})
}

// Descendants returns the migrations with the given IDs and all that build on
// them, in the order of Migrations: what has to go before they can.
func (g *Graph) Descendants(ids ...string) []*Migration {
	return g.closure(ids, func(i int) []int { return g.children[i] })
}

func (g *Graph) closure(ids []string, next func(int) []int) []*Migration {
	reached := map[*Migration]bool{}
	var queue []int
	for _, id := range ids {
		if i, ok := g.index[id]; ok {
			queue = append(queue, i)
		}
	}
	for len(queue) > 0 {
		i := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		if !reached[g.nodes[i]] {
			reached[g.nodes[i]] = true
			queue = append(queue, next(i)...)
		}
	}
	var found []*Migration
	for _, m := range g.order {
		if reached[m] {
			found = append(found, m)
		}
	}
	return found
}

// NewID returns an ID for the next migration: NewID at that time, or at the
// first second after it at which the ID is behind all others, so that IDs are
// unique over all apps and sort as the migrations do. Taken are IDs of migrations
// that are made along with it and are not in the graph yet.
func (g *Graph) NewID(at time.Time, slug string, taken ...string) string {
	at = at.UTC().Truncate(time.Second)
	if n := len(g.nodes); n > 0 {
		taken = append(taken, g.nodes[n-1].ID)
	}
	for _, id := range taken {
		if last, err := idTime(id); err == nil && !at.After(last) {
			at = last.Add(time.Second)
		}
	}
	return NewID(at, slug)
}

// file returns the name of a migration's .sql file for messages.
func (g *Graph) file(m *Migration) string {
	for _, d := range g.dirs {
		if d.App == m.App {
			return path.Join(d.Folder, m.ID+sqlSuffix)
		}
	}
	return m.ID + sqlSuffix
}
