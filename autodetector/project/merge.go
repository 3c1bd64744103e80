package project

import (
	"cmp"
	"context"
	"fmt"
	"path"
	"strings"

	"github.com/whimbreldb/whimbrel/autodetector/builtin"
	"github.com/whimbreldb/whimbrel/core/branch"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/migration"
)

// A Merge is the plan of the migrations that bring branches together, one for each app
// with several last migrations.
type Merge struct {
	*Plan
	// Ordered are the files whimbrel.sum that Write put in order, relative to the project.
	Ordered []string
}

// Merge returns what brings the last migrations of each app together that has several:
// a migration without SQL that builds on all of them. Where it makes a difference which
// of them comes first, the error says why. Nothing is written. The name is that of the
// migrations.
func (p *Project) Merge(ctx context.Context, name string) (*Merge, error) {
	shop, err := p.open(ctx)
	if err != nil {
		return nil, err
	}
	h, err := p.sound(migration.ReadDivided(p.Folders()...))
	if err != nil {
		return nil, err
	}
	c := branch.Comparison{Graph: h.Graph, Scripts: h.Script, Siblings: siblings(detect.ManifestsOf(append(builtin.Detectors(), shop.detectors()...)...))}
	var found diag.List
	for _, app := range h.Apps() {
		list, err := p.commuting(c, h, app)
		if err != nil {
			return nil, err
		}
		found = append(found, list...)
	}
	if err := found.Err(); err != nil {
		return nil, err
	}
	return p.merged(h, cmp.Or(name, "merge"))
}

// siblings returns the kinds that objects of a kind depend on.
func siblings(manifests []*detect.Manifest) func(kind string) []string {
	known := map[string][]string{}
	for _, m := range manifests {
		for _, kind := range m.Kinds {
			known[kind.Name] = kind.Siblings
		}
	}
	return func(kind string) []string { return known[kind] }
}

// commuting returns the reasons why last migrations of an app do not commute.
func (p *Project) commuting(c branch.Comparison, h *migration.History, app string) (diag.List, error) {
	heads := h.Heads(app)
	var found diag.List
	for i, left := range heads {
		for _, right := range heads[i+1:] {
			overlaps, err := c.Overlaps(left.ID, right.ID)
			if err != nil {
				return nil, err
			}
			if len(overlaps) > 0 {
				found = append(found, overlapping(h, left, right, overlaps))
			}
		}
	}
	return found, nil
}

func overlapping(h *migration.History, left, right *migration.Migration, overlaps []branch.Overlap) diag.Diagnostic {
	const most = 10
	var lines []string
	for _, o := range overlaps[:min(most, len(overlaps))] {
		lines = append(lines, fmt.Sprintf("%s\n%s\n  %s", o.Left, o.Right, o.Why))
	}
	if more := len(overlaps) - most; more > 0 {
		lines = append(lines, fmt.Sprintf("and %d more", more))
	}
	return diag.Diagnostic{
		Code:    "WH3040",
		Summary: fmt.Sprintf("it makes a difference whether %s or %s comes first", left.ID, right.ID),
		Detail:  strings.Join(lines, "\n\n"),
		Next: "decide which one comes first, and make the other one anew behind it, if no database has it:\n" +
			"  whimbrel rebase " + right.ID,
		Range: diag.Range{File: h.File(right.App, right.ID), Start: diag.Pos{Line: 1, Column: 1}},
	}
}

// merged returns a migration for each app that has several last ones.
func (p *Project) merged(h *migration.History, name string) (*Merge, error) {
	now, err := p.now()
	if err != nil {
		return nil, err
	}
	m := &Merge{Plan: &Plan{project: p}}
	var taken []string
	for _, app := range h.Apps() {
		heads := h.Heads(app)
		if len(heads) < 2 {
			continue
		}
		made := &migration.Migration{ID: h.NewID(now, name, taken...), App: app, Version: p.options.Release}
		for _, head := range heads {
			made.Parents = append(made.Parents, head.ID)
		}
		taken, m.Migrations = append(taken, made.ID), append(m.Migrations, made)
	}
	return m, nil
}

// Write puts whimbrel.sum in order where it has the lines of two branches, and writes the
// migrations. It returns the files of these, relative to the project.
func (m *Merge) Write(ctx context.Context) ([]string, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("nothing is written: %w", err)
	}
	for _, folder := range m.project.Folders() {
		done, found, err := migration.PutInOrder(m.project.path(folder.Path))
		if err == nil {
			err = folder.Placed(found).Err()
		}
		if err != nil {
			return nil, err
		}
		if done {
			m.Ordered = append(m.Ordered, path.Join(folder.Path, migration.SumName))
		}
	}
	return m.Plan.Write(ctx)
}
