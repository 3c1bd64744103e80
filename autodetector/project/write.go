package project

import (
	"context"
	"fmt"
	"path"
	"path/filepath"

	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/source"
)

// File returns the path of the .sql that a migration of the plan is written to,
// relative to the project.
func (plan *Plan) File(m *migration.Migration) string {
	for _, app := range plan.project.file.Apps {
		if app.Label == m.App {
			return path.Join(filepath.ToSlash(app.Migrations), m.ID+".sql")
		}
	}
	return m.ID + ".sql"
}

// Write writes the migrations, app by app, and returns the files relative to the
// project. Those of one app are all written or none; after an error the files
// returned are those of the apps before.
func (plan *Plan) Write(ctx context.Context) ([]string, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("nothing is written: %w", err)
	}
	var written []string
	for _, app := range plan.project.file.Apps {
		files, err := plan.writeApp(app)
		if err != nil {
			return written, err
		}
		written = append(written, files...)
	}
	return written, nil
}

func (plan *Plan) writeApp(app source.App) ([]string, error) {
	var own []*migration.Migration
	for _, m := range plan.Migrations {
		if m.App == app.Label {
			own = append(own, m)
		}
	}
	files, err := migration.Write(plan.project.path(app.Migrations), own...)
	for i, file := range files {
		files[i] = path.Join(app.Migrations, filepath.Base(file))
	}
	return files, err
}
