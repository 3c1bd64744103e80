package clitest

import (
	"context"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// polish is a plugin with the option "shiny": the table gets a comment.
type polish struct{ name string }

func (p polish) kind() string { return p.name + ".shiny" }

// Manifest returns the plugin's description.
func (p polish) Manifest() *detect.Manifest {
	m := &detect.Manifest{
		Name: p.name, Version: "1.0.0", Doc: "Polishes tables.",
		Kinds:   []detect.Kind{{Name: p.kind(), Doc: "a polished table"}},
		Options: []detect.Option{{Name: "shiny", On: detect.OnModel, Kind: p.kind(), Doc: "The table shines.", Switch: true}},
		Emits:   []string{p.name + ".polish", p.name + ".dull"},
	}
	if p.name == "glossy" {
		m.Queries = []detect.CatalogQuery{{
			Name: "tables", Doc: "The tables that shine.",
			SQL: "SELECT relname FROM pg_class WHERE obj_description(oid, 'pg_class') = 'shiny'",
		}}
	}
	return m
}

// Inspect sees nothing.
func (p polish) Inspect(context.Context, detect.Catalog) ([]*state.Object, error) { return nil, nil }

// Detect returns the comments to set and to take away.
func (p polish) Detect(_ context.Context, pass detect.Pass) (detect.Result, error) {
	var result detect.Result
	for _, c := range pass.Changes {
		a, states, kind, edit := c.Address(), pass.To, ".polish", state.Put(c.After)
		if c.After == nil {
			states, kind, edit = pass.From, ".dull", state.Drop(a)
		}
		table, err := state.Decode[model.Model](states.Get(a.WithKind(model.ModelKind)))
		if err != nil {
			return result, err
		}
		on := "COMMENT ON TABLE " + address.Qualify(table.Schema, table.Table) + " IS "
		up, down := operation.SQL(on+"'shiny'"), operation.SQL(on+"NULL")
		if c.After == nil {
			up, down = down, up
		}
		result.Operations = append(result.Operations, operation.Operation{
			Kind: p.name + kind, Target: a, Edits: []state.Edit{edit}, Up: up, Down: down,
			Locks: []operation.Lock{{Object: a.WithKind(model.ModelKind), Mode: operation.ShareUpdateExclusive}},
		})
	}
	return result, nil
}
