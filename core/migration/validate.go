package migration

import (
	"encoding/json"
	"fmt"
	"io/fs"

	"github.com/whimbreldb/whimbrel/core/diag"
)

// Validate checks everything about one app's folder that can be checked without
// a database and without other apps: each file against the sum, each .sql against
// its sidecar, the head. Files in diagnostics are relative to fsys.
func Validate(fsys fs.FS, app string) (diag.List, error) {
	d, diags, err := Load(fsys, app)
	if err != nil {
		return nil, err
	}
	f, _, err := openFolder(fsys)
	if err != nil {
		return nil, err
	}
	for _, m := range d.Migrations {
		if m.Opaque { // Load has parsed it
			diags = append(diags, d.Scripts[m.ID].Disturbing()...)
			continue
		}
		diags = append(diags, f.validate(m)...)
	}
	if !diags.HasErrors() {
		diags = append(diags, d.checkHead()...)
	}
	return diags.Sorted(), nil
}

// validate checks the .sql of a migration that has a sidecar.
func (f *folder) validate(m *Migration) diag.List {
	name := m.ID + sqlSuffix
	if !f.scripts[m.ID] {
		return nil // Load has said so
	}
	data, diags := read(f.fsys, name)
	if diags.HasErrors() {
		return diags
	}
	script, diags := ParseSQL(name, data)
	if diags = append(diags, script.Disturbing()...); diags.HasErrors() {
		return diags
	}
	if diags = compareSteps(script, m); diags.HasErrors() {
		return diags
	}
	if diags = compareSQL(script, m); diags.HasErrors() {
		return diags
	}
	if diags = f.sum.check(name, data); diags != nil {
		return diags
	}
	return f.validateSidecar(m)
}

// validateSidecar reads every attribute, which replaying leaves alone.
func (f *folder) validateSidecar(m *Migration) diag.List {
	for _, op := range m.Operations {
		for _, edit := range op.Edits {
			if edit.Put != nil && !json.Valid(edit.Put.Attrs) {
				err := fmt.Errorf("the attributes of %s are no JSON", edit.Put.Address)
				return diag.List{damagedSidecar(m.ID+sidecarSuffix, nil, 0, err)}
			}
		}
	}
	return nil
}

// checkHead compares the last line of the sum with the migrations.
func (d *Dir) checkHead() diag.List {
	parent := map[string]bool{}
	for _, m := range d.Migrations {
		for _, id := range m.Parents {
			parent[id] = true
		}
	}
	var heads []string
	for _, m := range d.Migrations {
		if !parent[m.ID] {
			heads = append(heads, m.ID)
		}
	}
	if len(heads) != 1 || heads[0] == d.Sum.Head { // several are for the Graph to report
		return nil
	}
	return diag.List{{
		Code: "WH3033", Summary: fmt.Sprintf("whimbrel.sum says that %s is the last migration, but %s is", d.Sum.Head, heads[0]),
		Range:  top(SumName),
		Detail: "Merging in git kept one of two last lines.",
		Next:   fmt.Sprintf("write the last line \"head %s\"", heads[0]),
	}}
}

// Validate replays the whole history and compares the states at the heads with
// what was recorded.
func (g *Graph) Validate() diag.List {
	var diags diag.List
	for _, d := range g.dirs {
		for _, head := range g.Heads(d.App) {
			if found := g.validate(head); found != nil {
				diags = append(diags, *found)
			}
		}
	}
	return diags
}

func (g *Graph) validate(head *Migration) *diag.Diagnostic {
	broken := diag.Diagnostic{
		Code: "WH3034", Range: top(g.file(head)),
		Next: "restore the migrations from git; they and their sidecars are not to be edited, deleted or put in another order",
	}
	s, err := Replay(g, head.ID)
	if err != nil {
		broken.Summary, broken.Detail = "the migrations do not replay", err.Error()+"."
		return &broken
	}
	if head.StateHash == "" || head.StateHash == s.Hash() {
		return nil
	}
	broken.Summary = fmt.Sprintf("the migrations up to %s replay to another state than when it was made", head.ID)
	broken.Detail = "A migration that it builds on was changed."
	return &broken
}
