// Package cli is the whimbrel command line: it reads flags, calls the packages
// that do the work, and prints.
//
// Package main of cmd/whimbrel calls it, and so do its tests, without a
// process: everything that a program takes from its surroundings is in App. The
// package holds no rule of migrations; those are in core and autodetector.
package cli

import (
	"context"
	"io"
	"io/fs"
	"os"
	"time"

	"golang.org/x/term"
)

// An App is the program with its surroundings.
type App struct {
	In       io.Reader
	Out, Err io.Writer // results; talk, progress and diagnostics
	// Getenv looks up a variable of the environment.
	Getenv func(name string) (string, bool)
	// Now is the clock.
	Now func() time.Time
	// InTerminal, OutTerminal and ErrTerminal say which of the streams a person
	// sits at. Questions are asked only of a person.
	InTerminal, OutTerminal, ErrTerminal bool
	// Demo is the project that the command "demo" runs.
	Demo fs.FS
}

// Standard returns the App of this process.
func Standard(demo fs.FS) App {
	return App{
		In:          os.Stdin,
		Out:         os.Stdout,
		Err:         os.Stderr,
		Getenv:      os.LookupEnv,
		Now:         time.Now,
		InTerminal:  term.IsTerminal(int(os.Stdin.Fd())),
		OutTerminal: term.IsTerminal(int(os.Stdout.Fd())),
		ErrTerminal: term.IsTerminal(int(os.Stderr.Fd())),
		Demo:        demo,
	}
}

// Run runs one command and returns the exit code of the process.
func (a App) Run(ctx context.Context, args ...string) int {
	s := &session{App: a}
	root := newRoot(s)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	return s.finish(err)
}

// env returns a variable of the environment, empty if it is not set.
func (a App) env(name string) string {
	value, _ := a.Getenv(name)
	return value
}
