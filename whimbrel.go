// Package whimbrel applies migrations from inside an application, such as when it
// starts: those of an embedded folder, on the database that it is connected to.
//
//	//go:embed migrations/*.sql migrations/whimbrel.sum
//	var migrations embed.FS
//
//	result, err := whimbrel.Migrate(ctx, pool, migrations)
//
// It is the command line's migrate: the same lock, so that of many instances that start
// at once one migrates and the others wait their turn; the same records and outcomes.
// Only the .sql files and whimbrel.sum are needed. The SQL runs in a session of its own
// with whimbrel's settings, beside those of the application, which stay as they are.
//
// Nothing here reads models, and neither the language of the models nor plugins are
// linked.
package whimbrel

import (
	"context"
	"io/fs"

	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/runner"
)

// Migrate applies the migrations that the database does not have yet. The file system
// holds the migrations, or folders with them.
//
// After an error, what the Result lists is applied and stays so. Errors to look for are
// *LockBusyError, *ScriptError, *InDoubtError, *ForbiddenError and *RefusedError; what is
// wrong with the files, or between them and the database, is a diag.List or
// diag.Diagnostic with what to do.
func Migrate[D Database](ctx context.Context, db D, fsys fs.FS, options ...Option) (Result, error) {
	s := settingsOf(options)
	r, connection, err := open(ctx, db, fsys)
	if err != nil {
		return Result{}, err
	}
	defer connection.Close() // everything is committed or rolled back by now
	return s.migrate(ctx, r, connection)
}

// Status returns the migrations in the order of running, with what the database has of
// each; then those that only the database has.
func Status[D Database](ctx context.Context, db D, fsys fs.FS) ([]Migration, error) {
	r, connection, err := open(ctx, db, fsys)
	if err != nil {
		return nil, err
	}
	defer connection.Close() // nothing was changed
	list, problems, err := r.Status(ctx)
	if err == nil {
		err = problems.Err()
	}
	return migrationsOf(list), err
}

// Pending returns the migrations that Migrate would apply, in the order of running. An
// application that is not to migrate by itself can refuse to start while there are any.
func Pending[D Database](ctx context.Context, db D, fsys fs.FS) ([]Migration, error) {
	list, err := Status(ctx, db, fsys)
	var pending []Migration
	for _, m := range list {
		if m.State == runner.IsPending || m.State == runner.IsInterrupted {
			pending = append(pending, m)
		}
	}
	return pending, err
}

// open reads the migrations, then connects.
func open[D Database](ctx context.Context, db D, fsys fs.FS) (*runner.Runner, *postgres.Database, error) {
	scripts, err := scriptsIn(fsys)
	if err != nil {
		return nil, nil, err
	}
	config, err := configOf(ctx, db)
	if err != nil {
		return nil, nil, err
	}
	connection, err := postgres.Beside(ctx, config)
	if err != nil {
		return nil, nil, err
	}
	return scripts.On(connection), connection, nil
}

// scriptsIn reads the migrations of a file system.
func scriptsIn(fsys fs.FS) (*runner.Scripts, error) {
	folders, err := migration.Discover(fsys)
	if err != nil {
		return nil, err
	}
	history, found, err := migration.ReadScripts(folders...)
	if err == nil {
		err = found.Err()
	}
	if err != nil {
		return nil, err
	}
	return runner.NewScripts(history)
}
