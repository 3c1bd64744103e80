package cli

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/plugins"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

// findPlugin returns the detector that an argument means: an executable if it is
// a path, else a plugin of whimbrel's own or of the project. The host has to be
// closed.
func (s *session) findPlugin(ctx context.Context, asked string) (detect.Detector, *plugins.Host, error) {
	if strings.ContainsAny(asked, `/\`) {
		return s.executable(ctx, asked)
	}
	if own := detectorOf(firstParty(), asked); own != nil {
		return own, &plugins.Host{}, nil
	}
	w, err := s.open(ctx)
	if err != nil {
		return nil, nil, err
	}
	if found := detectorOf(w.host.Detectors(), asked); found != nil {
		return found, w.host, nil
	}
	w.close()
	return nil, nil, output.Usage(fmt.Errorf("neither whimbrel nor the project has a plugin %q; a path such as ./whimbrel-plugin-%s means an executable", asked, asked))
}

// executable opens the executable of a plugin, which no lock has to pin: whoever
// names its path means that very file.
func (s *session) executable(ctx context.Context, file string) (detect.Detector, *plugins.Host, error) {
	path, err := filepath.Abs(file)
	if err != nil {
		return nil, nil, err
	}
	name := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(path), pluginPrefix), ".exe")
	spec := plugins.Spec{Name: name, Path: path}
	host, found, err := plugins.Open(ctx, []plugins.Spec{spec}, plugins.Options{AllowUnlocked: true, Log: s.pluginLog()})
	if err == nil && found.HasErrors() {
		err = found
	}
	if err != nil {
		return nil, nil, errors.Join(err, host.Close())
	}
	return host.Detectors()[0], host, nil
}

// pluginPrefix begins the names of the executables of plugins.
const pluginPrefix = "whimbrel-plugin-"

// manifestOf returns the manifest of the plugin that an argument means.
func (s *session) manifestOf(ctx context.Context, asked string) (*detect.Manifest, error) {
	found, host, err := s.findPlugin(ctx, asked)
	if err != nil {
		return nil, err
	}
	return found.Manifest(), host.Close()
}
