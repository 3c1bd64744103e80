package project

import (
	"context"
	"fmt"
	"os"
	"slices"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/plugins"
)

// A Plugin is a detector that the project enables.
type Plugin struct {
	detect.Detector
	Linked bool   // it is part of this program
	Path   string // of its executable
}

// Plugins returns the plugins of the project, by name, with their manifests.
func (p *Project) Plugins(ctx context.Context) ([]Plugin, error) {
	shop, err := p.open(ctx)
	if err != nil {
		return nil, err
	}
	var list []Plugin
	for _, d := range shop.host.Detectors() {
		spec := shop.spec(d.Manifest().Name)
		list = append(list, Plugin{Detector: d, Linked: spec.Detector != nil, Path: spec.Path})
	}
	return list, nil
}

// Plugin returns a plugin of the project. Without one of that name the error is an
// ArgumentError.
func (p *Project) Plugin(ctx context.Context, name string) (Plugin, error) {
	list, err := p.Plugins(ctx)
	if err != nil {
		return Plugin{}, err
	}
	for _, plugin := range list {
		if plugin.Manifest().Name == name {
			return plugin, nil
		}
	}
	return Plugin{}, ArgumentError{fmt.Sprintf("the project has no plugin %q", name)}
}

// A location is where the plugins of a project are.
type location struct {
	program   string         // this one
	specs     []plugins.Spec // as the project asks for them
	developed []plugins.Spec // with those under development in their place
	found     diag.List      // about those under development
}

// locate finds the plugins.
func (p *Project) locate() (*location, error) {
	if p.located != nil {
		return p.located, nil
	}
	self, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("finding the program's own file: %w", err)
	}
	find := p.options.Find
	if find == nil {
		find = plugins.Find
	}
	l := &location{program: self, specs: find(p.file, self, p.options.Linked...)}
	p.forgetAbsent(l.specs)
	wanted := slices.DeleteFunc(slices.Clone(l.specs), func(s plugins.Spec) bool { return !p.enables(s.Name) })
	l.developed, l.found, err = plugins.Develop(wanted, p.getenv, p.options.AllowDev)
	if err != nil {
		return nil, err
	}
	p.located = l
	return l, nil
}

// forgetAbsent takes a plugin that is given up out of the project where its
// executable is gone: what it made is then the history's.
func (p *Project) forgetAbsent(specs []plugins.Spec) {
	gone := func(asked source.Plugin) bool {
		return asked.Name == p.options.Retire && slices.ContainsFunc(specs, func(s plugins.Spec) bool {
			return s.Name == asked.Name && s.Absent != nil
		})
	}
	p.file.Plugins = slices.DeleteFunc(slices.Clone(p.file.Plugins), gone)
}

func (p *Project) enables(name string) bool {
	return slices.ContainsFunc(p.file.Plugins, func(asked source.Plugin) bool { return asked.Name == name })
}

func (p *Project) getenv(name string) string {
	if p.options.Getenv == nil {
		return ""
	}
	return p.options.Getenv(name)
}
