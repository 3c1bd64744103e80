package project

import (
	"context"
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/lint"
	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
	"github.com/whimbreldb/whimbrel/core/state"
)

// Lint returns what a running database, or the programs on it, may suffer from in the
// migrations that were written or edited by hand, as warnings; what has done its work in
// the models, as notes; and what plugins have to say of the models. What whimbrel wrote
// says it in its header.
func (p *Project) Lint(ctx context.Context) (diag.List, error) {
	shop, err := p.open(ctx)
	if err != nil {
		return nil, err
	}
	h, err := p.History(ctx)
	if err != nil {
		return nil, err
	}
	reader := parser.New(shop.host.Texts())
	var found diag.List
	for _, m := range h.Migrations() {
		if !m.Opaque && !m.Edited {
			continue
		}
		list, err := lintScript(reader, h, m)
		if err != nil {
			return nil, err
		}
		found = append(found, list...)
	}
	past, err := h.State()
	if err != nil {
		return nil, err
	}
	declaration, err := p.declaration(ctx, past)
	if err != nil {
		return nil, err
	}
	said, err := p.checks(ctx, declaration)
	return slices.Concat(found, spentRenames(declaration, past), said), err
}

func lintScript(reader *parser.Parser, h *migration.History, m *migration.Migration) (diag.List, error) {
	script, err := h.Script(m)
	if err != nil {
		return nil, err
	}
	return lint.Check(reader, lint.File(h.File(m.App, m.ID), script.Text))
}

// spentRenames returns a note for each renamed_from that names nothing any more.
func spentRenames(declaration source.Declaration, past *state.State) diag.List {
	var found diag.List
	for _, r := range declaration.Renamed {
		if past.Has(r.From) || !past.Has(r.To) {
			continue
		}
		found = append(found, diag.Diagnostic{
			Severity: diag.Note, Code: "WH7016", Summary: fmt.Sprintf("renamed_from of %s has done its work", r.To),
			Detail: fmt.Sprintf("No %s is left that it could be about.", r.From), Next: "take the line out",
			Range: declaration.Places[r.To], Address: r.To.String(),
		})
	}
	return found
}
