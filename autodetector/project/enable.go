package project

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/source/hcl"
	"github.com/whimbreldb/whimbrel/plugins"
)

// Enable writes the block of a plugin into the project file and locks what is there.
// Without an executable it is one of this program's or one on PATH. After an error
// the project file is as it was.
func (p *Project) Enable(ctx context.Context, name, executable string) (*plugins.Lock, error) {
	if p.enables(name) {
		return nil, ArgumentError{fmt.Sprintf("%s has a plugin %q already", p.file.File, name)}
	}
	if !plugins.ValidName(name) || strings.ContainsAny(executable, "\"\\\n${}%") {
		return nil, ArgumentError{fmt.Sprintf("%q and %q are no name and path that can stand in %s", name, executable, p.file.File)}
	}
	before, err := p.edit(func(text []byte) ([]byte, error) {
		return []byte(strings.TrimRight(string(text), "\n") + "\n" + pluginBlock(name, executable)), nil
	})
	if err != nil {
		return nil, err
	}
	lock, err := p.relocked(ctx)
	if err != nil {
		return nil, errors.Join(err, os.WriteFile(p.path(p.file.File), before, 0o644))
	}
	return lock, nil
}

// relocked locks the plugins of the project file as it is now.
func (p *Project) relocked(ctx context.Context) (*plugins.Lock, error) {
	options := p.options
	options.AllowUnlocked = true
	again, err := Open(ctx, p.root, options)
	if err != nil {
		return nil, err
	}
	defer again.Close()
	return again.Lock(ctx, "")
}

func pluginBlock(name, executable string) string {
	if executable == "" {
		return fmt.Sprintf("\nplugin %q {}\n", name)
	}
	return fmt.Sprintf("\nplugin %q {\n  source = %q\n}\n", name, executable)
}

// Disable takes the plugin that is given up out of the project file and the lock. It
// reports whether it was in the project file.
func (p *Project) Disable() (enabled bool, err error) {
	name := p.options.Retire
	if enabled = p.enabled; enabled {
		_, err = p.edit(func(text []byte) ([]byte, error) { return hcl.WithoutPlugin(text, name) })
	}
	if p.plugins == nil || err != nil {
		return enabled, err
	}
	if _, locked := p.plugins.lock.Plugin(name); locked {
		rest := slices.DeleteFunc(slices.Clone(p.plugins.lock.Plugins), func(l plugins.Entry) bool { return l.Name == name })
		err = plugins.WriteLock(p.root, &plugins.Lock{Plugins: rest})
	}
	return enabled, err
}
