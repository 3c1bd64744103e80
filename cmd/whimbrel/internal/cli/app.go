// Package cli is the whimbrel command line: it reads flags, calls the packages
// that do the work, and prints.
//
// Package main of cmd/whimbrel calls it, and so do its tests, without a
// process: everything that a program takes from its surroundings is in App. Each
// command is a file. The package holds no rule of migrations: those of making them
// are in autodetector/project, those of applying them in core/runner.
package cli

import (
	"context"
	"io/fs"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/input"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
	"github.com/whimbreldb/whimbrel/contrib/extensions"
	"github.com/whimbreldb/whimbrel/contrib/policies"
	"github.com/whimbreldb/whimbrel/contrib/softdelete"
	"github.com/whimbreldb/whimbrel/contrib/triggers"
	"github.com/whimbreldb/whimbrel/contrib/updatedat"
	"github.com/whimbreldb/whimbrel/core/detect"
)

// release is the version of whimbrel. It stands in the migrations that it makes.
const release = "0.1.0"

// firstParty returns the plugins that are part of this program.
func firstParty() []detect.Detector {
	return []detect.Detector{extensions.New(), policies.New(), softdelete.New(), triggers.New(), updatedat.New()}
}

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
	s := &input.Session{Session: output.NewSession(a.Process), Release: release, Linked: firstParty()}
	root := newRoot(s, a.Demo)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	return s.Finish(err)
}
