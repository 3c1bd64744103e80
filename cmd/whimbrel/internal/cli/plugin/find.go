package plugin

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/whimbreldb/whimbrel/autodetector/project"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/input"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/plugins"
)

// find returns the detector that an argument means: an executable if it is a path,
// else a plugin of whimbrel's own or of the project. It has to be closed.
func find(ctx context.Context, s *input.Session, asked string) (detect.Detector, func() error, error) {
	if strings.ContainsAny(asked, `/\`) {
		return executable(ctx, s, asked)
	}
	if own := linked(s, asked); own != nil {
		return own, func() error { return nil }, nil
	}
	p, err := s.Open(ctx)
	if err != nil {
		return nil, nil, err
	}
	found, err := p.Plugin(ctx, asked)
	if err == nil {
		return found.Detector, func() error { p.Close(); return nil }, nil
	}
	p.Close()
	if errors.As(err, &project.ArgumentError{}) {
		err = output.Usage(fmt.Errorf("neither whimbrel nor the project has a plugin %q; a path such as ./whimbrel-plugin-%s means an executable", asked, asked))
	}
	return nil, nil, err
}

// linked returns a plugin that is part of this program, or nil.
func linked(s *input.Session, name string) detect.Detector {
	for _, own := range s.Linked {
		if own.Manifest().Name == name {
			return own
		}
	}
	return nil
}

// executable opens the executable of a plugin, which no lock has to pin: whoever
// names its path means that very file.
func executable(ctx context.Context, s *input.Session, file string) (detect.Detector, func() error, error) {
	path, err := filepath.Abs(file)
	if err != nil {
		return nil, nil, err
	}
	name := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(path), prefix), ".exe")
	spec := plugins.Spec{Name: name, Path: path}
	host, found, err := plugins.Open(ctx, []plugins.Spec{spec}, plugins.Options{AllowUnlocked: true, Log: s.PluginLog()})
	if err == nil && found.HasErrors() {
		err = found
	}
	if err != nil {
		return nil, nil, errors.Join(err, host.Close())
	}
	return host.Detectors()[0], host.Close, nil
}

// prefix begins the names of the executables of plugins.
const prefix = "whimbrel-plugin-"

// manifestOf returns the manifest of the plugin that an argument means.
func manifestOf(ctx context.Context, s *input.Session, asked string) (*detect.Manifest, error) {
	found, done, err := find(ctx, s, asked)
	if err != nil {
		return nil, err
	}
	return found.Manifest(), done()
}
