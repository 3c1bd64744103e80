package project

import (
	"context"
	"errors"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/migration"
)

// An Inventory is how much there is in a project.
type Inventory struct {
	Apps       int `json:"apps"`
	Models     int `json:"models"`
	Migrations int `json:"migrations"`
}

// Validate reports everything that is wrong, in models and migrations alike, as far
// as it can be seen without a database.
func (p *Project) Validate(ctx context.Context) (Inventory, error) {
	if _, err := p.open(ctx); err != nil {
		return Inventory{}, err
	}
	declaration, wrong := p.Declaration(ctx)
	var found diag.List
	if wrong != nil && !errors.As(wrong, &found) {
		return Inventory{}, wrong
	}
	if wrong == nil {
		said, err := p.checks(ctx, declaration)
		if err != nil {
			return Inventory{}, err
		}
		found = append(found, said...)
	}
	h, more, err := p.validHistory()
	if err != nil {
		return Inventory{}, err
	}
	if found = append(found, more...); found.HasErrors() {
		return Inventory{}, found
	}
	p.warn(found)
	inventory := Inventory{Apps: len(p.file.Apps), Migrations: len(h.Migrations())}
	// What has members, as a table has columns, is what people call a model.
	models := kindsWhere(func(_ *detect.Manifest, kind detect.Kind) bool { return len(kind.Members) > 0 })
	for o := range declaration.State.All() {
		if models[o.Address.Kind()] {
			inventory.Models++
		}
	}
	return inventory, nil
}

// validHistory reads the history with all that is wrong in it.
func (p *Project) validHistory() (*migration.History, diag.List, error) {
	h, found, err := migration.ReadHistory(p.Folders()...)
	if err != nil || found.HasErrors() {
		return h, found, err
	}
	more, err := h.Validate()
	if found = append(found, more...); err != nil || found.HasErrors() {
		return h, found, err
	}
	more, err = handwritten(h)
	return h, append(found, more...), err
}
