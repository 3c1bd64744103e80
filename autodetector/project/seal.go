package project

import (
	"context"

	"github.com/whimbreldb/whimbrel/core/migration"
)

// Seal takes the SQL of a migration as it is now: its hashes are written anew. It is
// named as for migration.FindFile. Seal returns its ID. See migration.Seal.
func (p *Project) Seal(_ context.Context, name string) (string, error) {
	folder, id, err := migration.FindFile(name, p.Folders()...)
	if err != nil {
		return "", err
	}
	app, err := p.app(folder.App)
	if err != nil {
		return "", err
	}
	found, err := migration.Seal(p.path(app.Migrations), id)
	if err == nil {
		err = folder.Placed(found).Err()
	}
	return id, err
}
