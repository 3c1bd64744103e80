// Package output is what the commands of whimbrel have in common: the flags that
// each of them takes, how what they found is told to people and to programs, how a
// person is asked, and the exit codes.
//
// The packages of commands use it. It holds no rule of projects or migrations, and
// writes nothing but text.
package output

import (
	"io"
	"os"
	"time"

	"golang.org/x/term"
)

// A Process is what a command takes from its surroundings, so that tests run
// commands without a process.
type Process struct {
	In       io.Reader
	Out, Err io.Writer // results; talk, progress and diagnostics
	// Getenv looks up a variable of the environment.
	Getenv func(name string) (string, bool)
	// Now is the clock.
	Now func() time.Time
	// InTerminal, OutTerminal and ErrTerminal say which of the streams a person
	// sits at. Questions are asked only of a person.
	InTerminal, OutTerminal, ErrTerminal bool
}

// Standard returns this process.
func Standard() Process {
	return Process{
		In:          os.Stdin,
		Out:         os.Stdout,
		Err:         os.Stderr,
		Getenv:      os.LookupEnv,
		Now:         time.Now,
		InTerminal:  term.IsTerminal(int(os.Stdin.Fd())),
		OutTerminal: term.IsTerminal(int(os.Stdout.Fd())),
		ErrTerminal: term.IsTerminal(int(os.Stderr.Fd())),
	}
}

// Env returns a variable of the environment, empty if it is not set.
func (p Process) Env(name string) string {
	value, _ := p.Getenv(name)
	return value
}

// Asks reports whether there is a person who can be asked.
func (p Process) Asks() bool { return p.InTerminal && p.ErrTerminal }
