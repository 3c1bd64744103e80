package project

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/source/hcl"
)

// checks returns what plugins have to say of the models alone, with the places. What
// they said of equal models before is not asked again.
func (p *Project) checks(ctx context.Context, declaration source.Declaration) (diag.List, error) {
	var found diag.List
	configs := p.configs()
	for _, d := range p.plugins.host.Detectors() {
		checker, ok := detect.AsChecker(d)
		if !ok {
			continue
		}
		m := d.Manifest()
		list, err := checker.Check(ctx, detect.Wanted{State: m.Wants(declaration.State), Config: configs[m.Name]})
		if err != nil {
			return nil, fmt.Errorf("detector %q: %w", m.Name, err)
		}
		found = append(found, list...)
	}
	t := textsOf{root: p.root, known: map[string][]byte{}}
	for i := range found {
		found[i].Range = t.place(found[i], declaration)
	}
	return found.Sorted(), nil
}

// textsOf are the files that findings are about, each read once.
type textsOf struct {
	root  string
	known map[string][]byte
}

// place returns where the object of a finding is declared, or the argument of it.
func (t textsOf) place(d diag.Diagnostic, declaration source.Declaration) diag.Range {
	a, err := address.Parse(d.Address)
	if err != nil {
		return d.Range
	}
	place := declaration.Places[a]
	if d.Argument == "" || !isHCL(place) {
		return place
	}
	if at, ok := hcl.ArgumentAt(place.File, t.text(place.File), place.Start, d.Argument); ok {
		return at
	}
	return place
}

func isHCL(place diag.Range) bool { return strings.HasSuffix(place.File, ".hcl") }

// text returns the text of a file, none of one that cannot be read any more.
func (t textsOf) text(file string) []byte {
	text, known := t.known[file]
	if !known {
		text, _ = os.ReadFile(filepath.Join(t.root, filepath.FromSlash(file)))
		t.known[file] = text
	}
	return text
}

// A Fixed is a model file in which suggested edits were made.
type Fixed struct {
	File  string `json:"file"`
	Fixes int    `json:"fixes"`
}

// Fix makes the edits that findings suggest in model files, and returns the files, and
// the findings for which there is none, or whose edit cannot be made.
func (p *Project) Fix(ctx context.Context, found diag.List) ([]Fixed, diag.List, error) {
	declaration, err := p.Declaration(ctx)
	if err != nil {
		return nil, nil, err
	}
	edits, files, rest := map[string][]hcl.Edit{}, []string{}, diag.List{}
	for _, d := range found {
		place := placeOfFix(d, declaration)
		if !isHCL(place) {
			rest = append(rest, d)
			continue
		}
		if edits[place.File] == nil {
			files = append(files, place.File)
		}
		edits[place.File] = append(edits[place.File], hcl.Edit{At: place.Start, Argument: d.Fix.Argument, Text: d.Fix.Text})
	}
	var fixed []Fixed
	for _, file := range files {
		if err := hcl.EditFile(file, filepath.Join(p.root, filepath.FromSlash(file)), edits[file]); err != nil {
			return fixed, rest, err
		}
		fixed = append(fixed, Fixed{File: file, Fixes: len(edits[file])})
	}
	return fixed, rest, nil
}

// placeOfFix returns the place of the block that a finding wants to edit, zero if it
// suggests nothing, or nothing that is declared.
func placeOfFix(d diag.Diagnostic, declaration source.Declaration) diag.Range {
	if d.Fix == nil {
		return diag.Range{}
	}
	about := d.Fix.Object
	if about == "" {
		about = d.Address
	}
	a, err := address.Parse(about)
	if err != nil {
		return diag.Range{}
	}
	return declaration.Places[a]
}
