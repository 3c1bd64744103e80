package project

import (
	"context"

	"github.com/whimbreldb/whimbrel/core/migration"
)

// Seal takes the SQL of a migration as it is now: its hashes are written anew. See
// migration.Seal.
func (p *Project) Seal(_ context.Context, id string) error {
	folders := p.Folders()
	for i, folder := range folders {
		dir, _, err := migration.Load(folder.FS, folder.App)
		if err != nil {
			return err
		}
		if dir.Migration(id) == nil && len(folders) > 1 {
			continue
		}
		found, err := migration.Seal(p.path(p.file.Apps[i].Migrations), id)
		if err == nil {
			err = folder.Placed(found).Err()
		}
		return err
	}
	return migration.NotFound(id)
}
