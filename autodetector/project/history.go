package project

import (
	"context"
	"os"
	"path/filepath"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/state"
)

// History reads the migrations of all apps as they are now, to be replayed.
func (p *Project) History(context.Context) (*migration.History, error) {
	return p.sound(migration.ReadHistory(p.Folders()...))
}

// intact reads the migrations to build upon them.
func (p *Project) intact(ctx context.Context) (*migration.History, error) {
	h, err := p.History(ctx)
	if err == nil {
		err = h.Intact().Err()
	}
	return h, err
}

// Scripts reads the SQL of the migrations only: all that applying needs.
func (p *Project) Scripts(context.Context) (*migration.History, error) {
	return p.sound(migration.ReadScripts(p.Folders()...))
}

// A past is the migrations with the state that they lead to, or why there is none.
type past struct {
	history *migration.History
	state   *state.State // nil: it cannot be told
	found   diag.List    // warnings
	err     error
}

// past reads the history without a word: what is wrong with the models is told first.
func (p *Project) past() past {
	h, found, err := migration.ReadHistory(p.Folders()...)
	if err == nil && found.HasErrors() {
		err = found
	}
	if err != nil {
		return past{err: err}
	}
	replayed, err := h.State()
	if err == nil {
		err = h.Intact().Err()
	}
	return past{history: h, state: replayed, found: found, err: err}
}

// sound returns a history that nothing is wrong with.
func (p *Project) sound(h *migration.History, found diag.List, err error) (*migration.History, error) {
	if err == nil && found.HasErrors() {
		err = found
	}
	if err != nil {
		return nil, err
	}
	p.warn(found)
	return h, nil
}

// Folders returns the migrations folder of each app.
func (p *Project) Folders() []migration.Folder {
	var folders []migration.Folder
	for _, app := range p.file.Apps {
		folders = append(folders, migration.Folder{
			App: app.Label, Path: filepath.ToSlash(app.Migrations), FS: os.DirFS(p.path(app.Migrations)),
		})
	}
	return folders
}
