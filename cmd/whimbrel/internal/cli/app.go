// Package cli is the whimbrel command line: it reads flags, calls the packages
// that do the work, and prints.
//
// Package main of cmd/whimbrel calls it, and so do its tests, without a
// process: everything that a program takes from its surroundings is in App. The
// package holds no rule of migrations; those are in core and autodetector.
package cli

import (
	"context"
	"io/fs"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

// An App is the program with its surroundings.
type App struct {
	output.Process
	// Demo is the project that the command "demo" runs.
	Demo fs.FS
}

// Standard returns the App of this process.
func Standard(demo fs.FS) App { return App{Process: output.Standard(), Demo: demo} }

// Run runs one command and returns the exit code of the process.
func (a App) Run(ctx context.Context, args ...string) int {
	s := &session{Session: output.NewSession(a.Process), example: a.Demo}
	root := newRoot(s)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	return s.Finish(err)
}
