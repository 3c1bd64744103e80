package project

import (
	"context"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/migration"
)

// An Undoing says which migration is to be taken back.
type Undoing struct {
	Name string // as for migration.FindFile; empty: the newest that can be
	App  string // its app; empty: any
	// Holders returns the databases that have a migration, for people. Nil: nobody
	// has any.
	Holders func(id string) []string
}

// An Undone is a migration that was taken back.
type Undone struct {
	ID      string   `json:"id"`
	App     string   `json:"app"`
	Removed []string `json:"removed"` // files, relative to the project
	Kept    string   `json:"kept"`    // the folder that has copies of them
}

// undone is where the files of migrations go that are taken back. It is kept outside
// version control.
const undone = ".whimbrel/undone"

// Undo takes a migration back that no database has: its files, and its lines in
// whimbrel.sum. It needs no folder that is in order, and puts a sum in order that has
// the lines of two branches. Without a migration to take back the result is nil.
func (p *Project) Undo(_ context.Context, what Undoing) (*Undone, error) {
	b, found, err := migration.ReadBranches(p.Folders()...)
	if err == nil {
		err = found.Err()
	}
	if err != nil {
		return nil, err
	}
	id, err := p.undoable(b, what)
	if err != nil || id == "" {
		return nil, err
	}
	folder := b.Folder(id)
	app, err := p.app(folder.App)
	if err != nil {
		return nil, err
	}
	files, found, err := b.Remove(p.path(app.Migrations), id, p.path(undone))
	if err == nil {
		err = folder.Placed(found).Err()
	}
	for i, name := range files {
		files[i] = path.Join(filepath.ToSlash(app.Migrations), name)
	}
	return &Undone{ID: id, App: app.Label, Removed: files, Kept: undone}, err
}

// undoable returns the ID of the migration that is meant, "" if there is none.
func (p *Project) undoable(b *migration.Branches, what Undoing) (string, error) {
	if what.App != "" {
		if _, err := p.app(what.App); err != nil {
			return "", err
		}
	}
	if what.Name != "" {
		id, err := b.Find(what.Name)
		if err == nil {
			err = what.refused(b, id)
		}
		return id, err
	}
	var first error // why the newest one stays
	for _, id := range slices.Backward(b.IDs()) {
		if what.App != "" && b.Folder(id).App != what.App || len(b.Children(id)) > 0 {
			continue
		}
		err := what.refused(b, id)
		if err == nil {
			return id, nil
		}
		if first == nil {
			first = err
		}
	}
	return "", first
}

// refused returns why a migration cannot be taken back, nil if it can.
func (what Undoing) refused(b *migration.Branches, id string) error {
	if children := b.Children(id); len(children) > 0 {
		last := children[len(children)-1]
		return diag.Diagnostic{
			Code: "WH0134", Summary: fmt.Sprintf("%s cannot be taken back: %s builds on it", id, strings.Join(children, ", ")),
			Detail: "A migration is made for the state that those before it leave.",
			Next:   "take back first what builds on it: whimbrel make --undo " + last,
		}
	}
	return what.held(id)
}

// held returns an error if a database has a migration.
func (what Undoing) held(id string) error {
	if what.Holders == nil || len(what.Holders(id)) == 0 {
		return nil
	}
	return diag.Diagnostic{
		Code: "WH0135", Summary: fmt.Sprintf("%s cannot be taken back: it is applied in %s", id, strings.Join(what.Holders(id), " and in ")),
		Detail: "A database that has a migration needs its files.",
		Next:   "undo it there first, if nobody else has it: whimbrel rollback; or go forward: change the models, and run: whimbrel make",
	}
}
