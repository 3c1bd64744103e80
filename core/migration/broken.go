package migration

import (
	"fmt"
	"strings"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/graph"
)

// orphan says that a parent is not there.
func (g *Graph) orphan(m *Migration, parent string) diag.Diagnostic {
	return diag.Diagnostic{
		Code: "WH3020", Summary: fmt.Sprintf("%s has the parent %s, which is not there", m.ID, parent), Range: top(g.file(m)),
		Detail: "A migration is made for the state that its parents leave. The parent was deleted, renamed, or is on a branch that is not merged.",
		Next:   fmt.Sprintf("restore %s and its sidecar from git; or, if no database has %s, take it back and make it anew:\n  whimbrel make --undo %s\n  whimbrel make", parent+sqlSuffix, m.ID, m.ID),
	}
}

// dividedCode is the code of the error that an app has several last migrations.
const dividedCode = "WH3021"

// divided says which apps have several heads.
func (g *Graph) divided() diag.List {
	var diags diag.List
	for _, d := range g.dirs {
		heads := g.Heads(d.App)
		if len(heads) < 2 || d.broken { // where some could not be loaded, others only seem to be the last
			continue
		}
		last := heads[len(heads)-1]
		names := make([]string, len(heads))
		for i, m := range heads {
			names[i] = m.ID
		}
		diags = append(diags, diag.Diagnostic{
			Code: dividedCode, Summary: fmt.Sprintf("the app %q has %d last migrations: %s", d.App, len(heads), strings.Join(names, ", ")),
			Range:  top(g.file(last)),
			Detail: "They were made on branches that did not know of each other. The next migration has to know both.",
			Next: "bring them together, if it makes no difference which one comes first: whimbrel merge\n" +
				"or make one that no database has anew behind the other: whimbrel rebase " + last.ID,
		})
	}
	return diags
}

// cyclic says which migrations come after each other in a circle.
func (g *Graph) cyclic(cycle []graph.Edge) diag.Diagnostic {
	lines := make([]string, len(cycle))
	for i, edge := range cycle {
		lines[i] = edge.Why
	}
	first := g.nodes[cycle[0].To]
	return diag.Diagnostic{
		Code: "WH3022", Summary: fmt.Sprintf("%s comes after itself", first.ID), Range: top(g.file(first)),
		Detail: strings.Join(lines, ", ") + ".",
		Next:   "correct a \"-- whimbrel:parent\" line and restore the sidecar from git; migrations that whimbrel writes never form a circle",
	}
}

// twice says that an ID is there more than once.
func (g *Graph) twice(m *Migration) diag.Diagnostic {
	other := g.nodes[g.index[m.ID]]
	return diag.Diagnostic{
		Code: "WH3023", Summary: fmt.Sprintf("two migrations have the ID %s", m.ID), Range: top(g.file(m)),
		Detail: fmt.Sprintf("The other one is %s. Databases know a migration by its ID.", g.file(other)),
		Next:   "delete one of them and run whimbrel make again",
	}
}
