// Package plugins runs detectors as processes: it finds them, checks them
// against the lock file, starts them when they are first needed, calls them
// within limits and leaves nothing behind.
//
// A Host hands out detectors that cannot be told from those in the program.
// A plugin that crashes, hangs, floods, freezes or lies is an error that names
// it. Starting a plugin gives it no environment, no database and no file of the
// project; running it is nevertheless running a program.
package plugins

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
)

// A Host holds opened plugins. It is safe for concurrent use. It has to be
// closed.
type Host struct {
	plugins []*plugin
	starts  *atomic.Int64
	results *results
	texts   *results
}

// Open checks plugins and reads their manifests: from the program, else from
// the cache, else from a process that stays for later calls. What is wrong with
// a plugin is a diagnostic, and the plugin is not in the host. The host is never
// nil.
func Open(ctx context.Context, specs []Spec, options Options) (*Host, diag.List, error) {
	options = options.withDefaults(os.Getenv)
	host := &Host{starts: &atomic.Int64{}, results: newResults(options, "results"), texts: newResults(options, "texts")}
	switch options.Transport {
	case Process, Bufconn, InProcess:
	default:
		return host, nil, fmt.Errorf("unknown transport %q for plugins: want %s, %s or %s",
			options.Transport, Process, Bufconn, InProcess)
	}
	specs, found := distinct(specs)
	found = append(found, host.open(ctx, specs, options)...)
	return host, found, ctx.Err()
}

func (h *Host) open(ctx context.Context, specs []Spec, options Options) diag.List {
	manifests := newCache(options.CacheDir)
	lists := make([]diag.List, len(specs))
	var group sync.WaitGroup
	for i, spec := range specs {
		p := &plugin{spec: spec, options: options.limited(spec), starts: h.starts, results: h.results}
		h.plugins = append(h.plugins, p)
		group.Go(func() { lists[i] = p.open(ctx, manifests) })
	}
	group.Wait()
	usable := func(p *plugin) bool { return !p.unusable() }
	endStrays(slices.DeleteFunc(slices.Clone(h.plugins), usable))
	h.plugins = slices.DeleteFunc(h.plugins, (*plugin).unusable)
	return slices.Concat(lists...)
}

// distinct returns the specs by name, without those whose name is taken.
func distinct(specs []Spec) ([]Spec, diag.List) {
	sorted := slices.Clone(specs)
	slices.SortStableFunc(sorted, func(a, b Spec) int { return cmp.Compare(a.Name, b.Name) })
	var found diag.List
	once := slices.CompactFunc(sorted, func(a, b Spec) bool {
		if a.Name != b.Name {
			return false
		}
		found = append(found, diag.Diagnostic{
			Code:    "WH4006",
			Summary: fmt.Sprintf("plugin %q is asked for twice", b.Name),
			Detail:  "A plugin runs once, with one configuration.",
			Next:    "take out one of the two plugin blocks",
			Range:   b.Range,
		})
		return true
	})
	return once, found
}

// Detectors returns the plugins as detectors, by name. A detector starts its
// process at its first call of Detect; its errors are diag.Diagnostic or
// diag.List values, or that of the context.
func (h *Host) Detectors() []detect.Detector {
	detectors := make([]detect.Detector, len(h.plugins))
	for i, p := range h.plugins {
		detectors[i] = p
	}
	return detectors
}

// Starts returns how many processes the host has started.
func (h *Host) Starts() int { return int(h.starts.Load()) }

// Close ends every process. Calls under way fail. The error is about files that
// could not be removed.
func (h *Host) Close() error {
	failures := make([]error, len(h.plugins))
	var group sync.WaitGroup
	for i, p := range h.plugins {
		group.Go(func() { failures[i] = p.Close() })
	}
	group.Wait()
	endStrays(h.plugins)
	for _, r := range []*results{h.results, h.texts} {
		if r != nil {
			r.prune()
		}
	}
	return errors.Join(failures...)
}

// endStrays kills what ended plugins of third parties have left in sessions of
// their own. It is done for all at once, because it means looking at every process
// that there is.
func endStrays(ended []*plugin) {
	var rooms []string
	for _, p := range ended {
		rooms = append(rooms, p.rooms...)
	}
	if len(rooms) > 0 {
		killStrays(rooms)
	}
}
