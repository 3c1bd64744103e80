// Package project makes migrations of a project on disk: what the commands of
// whimbrel are made of, for programs in Go.
//
// The way of the data, a file for each step:
//
//	project.go      Open reads the project file, once
//	plugin.go       the plugins are found, opened and held against one another, once
//	declaration.go  the model files become the wanted state
//	history.go      the migrations become the state that they lead to
//	retire.go       what plugins made that are not enabled any more
//	answers.go      --rename and --default become answers
//	plan.go         the autodetector turns the two states into steps
//	draft.go        each step becomes a migration: its parents, its name, its hash
//	write.go        the migrations become files
//	adopt.go        the definitions of a database become models
//
// verdict.go remembers that there was nothing to do, for exactly these bytes.
// Nothing here connects to a database but Inspection, which is given one: applying
// is core/runner. Nothing here talks to a person: who does gives a Questioner.
//
// What the user has to mend is an error that is a diag.List or a diag.Diagnostic,
// what a caller asked for wrongly is an ArgumentError, and what should only be known
// goes to Options.Warn.
package project

import (
	"context"
	"os"
	"path/filepath"
	"time"

	"github.com/whimbreldb/whimbrel/autodetector/builtin"
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/source/hcl"
	"github.com/whimbreldb/whimbrel/plugins"
)

// Options say how a project is opened. The zero value is good for one without
// plugins.
type Options struct {
	// Release is the version of the program. It stands in the migrations.
	Release string
	// Linked are the plugins that are part of the program. Each is in use where the
	// project enables it.
	Linked []detect.Detector
	// Now is the time that new migrations are named after. Nil: the clock's.
	Now func() (time.Time, error)
	// Warn is told what does not keep anyone from going on, as soon as it is found
	// and before any question is asked. Nil: nobody is.
	Warn func(diag.List)

	// Find says where the plugins are. Nil: plugins.Find.
	Find func(project source.Project, self string, linked ...detect.Detector) []plugins.Spec
	// Getenv looks up the variables that name plugins under development, which
	// AllowDev allows. Nil: there are none.
	Getenv   func(name string) string
	AllowDev bool
	// Plugins returns how plugins are run, but for their lock and the release. It is
	// asked once they are needed. Nil: as the zero value of plugins.Options.
	Plugins func() (plugins.Options, error)
	// AllowUnlocked is for looking at plugins before they are locked.
	AllowUnlocked bool
	// Retire is the name of a plugin that is given up: a plan drops what it made. It
	// is not missed where its executable is gone.
	Retire string
}

// A Project is a folder with a project file. It is for one goroutine at a time, and
// sees the project file and the plugins as they were at first. It has to be closed.
type Project struct {
	options  Options
	root     string
	file     source.Project    // what the project file says
	document *declare.Document // the project file as it was parsed
	enabled  bool              // the plugin that is given up is in the project file
	located  *location         // nil: nobody has looked for the plugins
	plugins  *workshop         // nil: nobody has opened them
	warned   bool
	unbegun  bool // there is no project file yet
}

// An ArgumentError is about what the caller asked for: an answer of the wrong form,
// an app or a plugin that the project does not have.
type ArgumentError struct{ Text string }

func (e ArgumentError) Error() string { return e.Text }

// Open reads the project file of a folder.
func Open(_ context.Context, dir string, options Options) (*Project, error) {
	p := &Project{options: options, root: dir}
	known := detect.ManifestsOf(append(builtin.Detectors(), options.Linked...)...)
	file, document, found, err := hcl.ReadProjectFile(dir, known...)
	if err == nil && found.HasErrors() {
		err = found
	}
	if err != nil {
		return nil, err
	}
	p.file, p.document = file, document
	p.enabled = p.enables(options.Retire)
	p.warn(found)
	return p, nil
}

// Close ends the plugins.
func (p *Project) Close() {
	if p.plugins != nil {
		_ = p.plugins.host.Close() // it is about files in the temporary folder; nothing can be done
	}
}

// File returns what the project file says.
func (p *Project) File() source.Project { return p.file }

// warn passes on what should only be known.
func (p *Project) warn(list diag.List) {
	p.warned = p.warned || len(list) > 0
	if p.options.Warn != nil && len(list) > 0 {
		p.options.Warn(list)
	}
}

// now returns the time that new migrations are named after.
func (p *Project) now() (time.Time, error) {
	if p.options.Now == nil {
		return time.Now().UTC(), nil
	}
	return p.options.Now()
}

// path returns the path on this machine of a file or folder of the project.
func (p *Project) path(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(p.root, filepath.FromSlash(name))
}

// edit changes the project file. It returns the text that was there.
func (p *Project) edit(change func(text []byte) ([]byte, error)) (before []byte, err error) {
	file := p.path(p.file.File)
	if before, err = os.ReadFile(file); err != nil {
		return nil, err
	}
	text, err := change(before)
	if err != nil {
		return before, err
	}
	return before, os.WriteFile(file, text, 0o644)
}

// detectorOf returns the detector of a plugin, or nil.
func detectorOf(detectors []detect.Detector, name string) detect.Detector {
	for _, d := range detectors {
		if d.Manifest().Name == name {
			return d
		}
	}
	return nil
}
