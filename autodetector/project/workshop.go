package project

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"

	"github.com/whimbreldb/whimbrel/autodetector/builtin"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/plugins"
)

// A workshop is the plugins of a project, opened.
type workshop struct {
	specs   []plugins.Spec
	lock    *plugins.Lock
	host    *plugins.Host
	retired []detect.Detector // of this program: not enabled any more, and needed to clean up
}

// open opens the plugins and holds their manifests against one another.
func (p *Project) open(ctx context.Context) (*workshop, error) {
	if p.plugins != nil {
		return p.plugins, nil
	}
	lock, suspicious, err := plugins.ReadLock(p.root)
	if err = cmp.Or(err, suspicious.Err()); err != nil {
		return nil, err
	}
	located, err := p.locate()
	if err == nil {
		err = located.found.Err()
	}
	if err != nil {
		return nil, err
	}
	p.warn(located.found)
	options, err := p.pluginOptions(lock)
	if err != nil {
		return nil, err
	}
	host, found, err := plugins.Open(ctx, located.developed, options)
	found = append(found, p.validate(host)...)
	if err = cmp.Or(err, found.Err()); err != nil {
		_ = host.Close() // the first error says more
		return nil, err
	}
	p.warn(append(suspicious, found...))
	p.plugins = &workshop{specs: located.developed, lock: lock, host: host}
	return p.plugins, nil
}

// validate holds the manifests of the detectors against one another.
func (p *Project) validate(host *plugins.Host) diag.List {
	return detect.ValidateAt(detect.ManifestsOf(append(builtin.Detectors(), host.Detectors()...)...), placeOf(p.file))
}

func (p *Project) pluginOptions(lock *plugins.Lock) (options plugins.Options, err error) {
	if p.options.Plugins != nil {
		if options, err = p.options.Plugins(); err != nil {
			return options, err
		}
	}
	options.HostVersion, options.AllowUnlocked = p.options.Release, p.options.AllowUnlocked
	if !options.AllowUnlocked {
		options.Lock = lock
	}
	return options, nil
}

// placeOf returns the function from the name of a plugin to its block.
func placeOf(file source.Project) func(string) diag.Range {
	return func(name string) diag.Range {
		i := slices.IndexFunc(file.Plugins, func(p source.Plugin) bool { return p.Name == name })
		if i < 0 {
			return diag.Range{}
		}
		return file.Plugins[i].Range
	}
}

// spec returns where a plugin is.
func (w *workshop) spec(name string) plugins.Spec {
	for _, spec := range w.specs {
		if spec.Name == name {
			return spec
		}
	}
	return plugins.Spec{}
}

// foreign returns the names of the plugins that are no part of this program.
func (w *workshop) foreign() []string {
	var names []string
	for _, d := range w.host.Detectors() {
		if name := d.Manifest().Name; w.spec(name).Detector == nil {
			names = append(names, name)
		}
	}
	return names
}

// detectors returns the plugins, those that clean up included.
func (w *workshop) detectors() []detect.Detector { return append(w.host.Detectors(), w.retired...) }

// versions returns the versions of the plugins that made operations, by name.
func (w *workshop) versions(operations []operation.Operation) map[string]string {
	found := map[string]string{}
	for _, d := range w.detectors() {
		name := d.Manifest().Name
		if slices.ContainsFunc(operations, func(op operation.Operation) bool { return op.Detector == name }) {
			found[name] = d.Manifest().Version
		}
	}
	return found
}

// configs returns the configurations of the plugins by name.
func (p *Project) configs() map[string]json.RawMessage {
	found := map[string]json.RawMessage{}
	for _, plugin := range p.file.Plugins {
		found[plugin.Name] = plugin.Config
	}
	return found
}
