package cli

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/whimbreldb/whimbrel/autodetector/builtin"
	"github.com/whimbreldb/whimbrel/contrib/extensions"
	"github.com/whimbreldb/whimbrel/contrib/policies"
	"github.com/whimbreldb/whimbrel/contrib/softdelete"
	"github.com/whimbreldb/whimbrel/contrib/triggers"
	"github.com/whimbreldb/whimbrel/contrib/updatedat"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/source/hcl"
	"github.com/whimbreldb/whimbrel/plugins"
)

// firstParty returns the plugins that are part of this program.
func firstParty() []detect.Detector {
	return []detect.Detector{extensions.New(), policies.New(), softdelete.New(), triggers.New(), updatedat.New()}
}

func manifests(detectors []detect.Detector) []*detect.Manifest {
	list := make([]*detect.Manifest, len(detectors))
	for i, d := range detectors {
		list[i] = d.Manifest()
	}
	return list
}

// A workspace is a project with its plugins.
type workspace struct {
	project source.Project
	specs   []plugins.Spec
	lock    *plugins.Lock
	host    *plugins.Host
	retired []detect.Detector // of this program: not enabled any more, and needed to clean up
}

// readProject reads the project file only: all that applying needs.
func (s *session) readProject() (source.Project, error) {
	project, found, err := hcl.ReadProject(s.Root(), manifests(append(builtin.Detectors(), firstParty()...))...)
	if err != nil {
		return project, err
	}
	if found.HasErrors() {
		return project, found
	}
	s.Warn(found)
	return project, nil
}

// open reads the project and its plugins' manifests. The workspace has to be closed.
func (s *session) open(ctx context.Context) (*workspace, error) {
	project, err := s.readProject()
	if err != nil {
		return nil, err
	}
	return s.openProject(ctx, project, plugins.Options{})
}

// openUnlocked opens third-party plugins that no lock pins too.
func (s *session) openUnlocked(ctx context.Context) (*workspace, error) {
	project, err := s.readProject()
	if err != nil {
		return nil, err
	}
	return s.openProject(ctx, project, plugins.Options{AllowUnlocked: true})
}

func (s *session) openProject(ctx context.Context, project source.Project, options plugins.Options) (*workspace, error) {
	lock, found, err := plugins.ReadLock(s.Root())
	if err != nil {
		return nil, err
	}
	if found.HasErrors() {
		return nil, found
	}
	specs, developed, err := s.pluginSpecs(project)
	if err == nil {
		err = developed.Err()
	}
	if err != nil {
		return nil, err
	}
	s.Warn(developed)
	options.Log, options.HostVersion = s.pluginLog(), release
	if options.Results, err = s.resultCache(); err != nil {
		return nil, err
	}
	if !options.AllowUnlocked {
		options.Lock = lock
	}
	host, more, err := plugins.Open(ctx, specs, options)
	if more = append(more, detect.ValidateAt(manifests(host.Detectors()), placeOf(project))...); err == nil {
		err = more.Err()
	}
	if err != nil {
		_ = host.Close() // the first error says more
		return nil, err
	}
	s.Warn(append(found, more...))
	return &workspace{project: project, specs: specs, lock: lock, host: host}, nil
}

// placeOf returns the function from the name of a plugin to its block.
func placeOf(project source.Project) func(string) diag.Range {
	return func(name string) diag.Range {
		i := slices.IndexFunc(project.Plugins, func(p source.Plugin) bool { return p.Name == name })
		if i < 0 {
			return diag.Range{}
		}
		return project.Plugins[i].Range
	}
}

// pluginLog returns where the lines that plugins print go.
func (s *session) pluginLog() func(plugin, line string) {
	if !s.Verbose {
		return nil
	}
	return func(plugin, line string) { s.Talk("[%s] %s", plugin, diag.Escape(line)) }
}

func (w *workspace) close() {
	_ = w.host.Close() // it is about files in the temporary folder; nothing can be done
}

// detectors returns the built-in detectors, then the plugins.
func (w *workspace) detectors() []detect.Detector {
	return append(builtin.Detectors(), w.plugins()...)
}

func (w *workspace) plugins() []detect.Detector {
	return append(w.host.Detectors(), w.retired...)
}

// configs returns the configurations of the plugins by name.
func (w *workspace) configs() map[string]json.RawMessage {
	found := map[string]json.RawMessage{}
	for _, p := range w.project.Plugins {
		found[p.Name] = p.Config
	}
	return found
}

// declared reads the model files.
func (s *session) declared(ctx context.Context, w *workspace) (source.Declaration, error) {
	models := hcl.New(w.project, manifests(append(builtin.Detectors(), w.host.Detectors()...)),
		hcl.Available(manifests(firstParty())...), hcl.Available(w.lock.Manifests()...))
	declaration, found, err := models.Read(ctx)
	if err != nil {
		return declaration, err
	}
	if found.HasErrors() {
		return declaration, found
	}
	s.Warn(found)
	return declaration, nil
}

// versions returns the versions of the plugins that made operations, by name.
func (w *workspace) versions(operations []operation.Operation) map[string]string {
	found := map[string]string{}
	for _, d := range w.plugins() {
		name := d.Manifest().Name
		if slices.ContainsFunc(operations, func(op operation.Operation) bool { return op.Detector == name }) {
			found[name] = d.Manifest().Version
		}
	}
	return found
}
