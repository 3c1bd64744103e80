package main_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/whimbreldb/whimbrel/contrib/extensions"
	"github.com/whimbreldb/whimbrel/contrib/policies"
	"github.com/whimbreldb/whimbrel/contrib/softdelete"
	"github.com/whimbreldb/whimbrel/contrib/triggers"
	"github.com/whimbreldb/whimbrel/contrib/updatedat"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/source/hcl"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/plugins"
)

// BenchmarkTransport takes 10,000 models through one plugin. Besides the time it
// reports the ratio to that of function calls, measured in the same run.
func BenchmarkTransport(b *testing.B) {
	program := build(b)
	for _, own := range []detect.Detector{policies.New(), updatedat.New()} {
		pass := guarded(b, own, 10_000)
		spec := plugins.Spec{
			Name: own.Manifest().Name, Detector: own,
			Path: program, Args: []string{"plugin", "serve", own.Manifest().Name},
		}
		call := time.Duration(0)
		for _, transport := range []plugins.Transport{plugins.InProcess, plugins.Bufconn, plugins.Process} {
			b.Run(own.Manifest().Name+"/"+string(transport), func(b *testing.B) {
				for b.Loop() {
					ask(b, spec, plugins.Options{Transport: transport}, pass)
				}
				took := b.Elapsed() / time.Duration(b.N)
				if transport == plugins.InProcess {
					call = took
				}
				b.ReportMetric(float64(took)/float64(call), "inprocess-ratio")
			})
		}
	}
}

// guarded is a pass in which every model of a project gets an object of a plugin.
func guarded(b *testing.B, own detect.Detector, models int) detect.Pass {
	b.Helper()
	root := b.TempDir()
	write(b, filepath.Join(root, "whimbrel.hcl"), fmt.Sprintf("app \"shop\" {}\n\nplugin %q {}\n", own.Manifest().Name))
	for i := range models {
		write(b, modelFile(root, i), withOptions(modelText(i, 12), own.Manifest().Name))
	}
	project, found, err := hcl.ReadProject(root, own.Manifest())
	if err = errors.Join(err, found.Err()); err != nil {
		b.Fatal(err)
	}
	declaration, found, err := hcl.New(project, []*detect.Manifest{own.Manifest()}).Read(b.Context())
	if err = errors.Join(err, found.Err()); err != nil {
		b.Fatal(err)
	}
	pass := detect.Pass{To: declaration.State, Config: json.RawMessage("{}")}
	var before []*state.Object
	for o := range declaration.State.All() {
		if strings.HasPrefix(o.Address.Kind(), own.Manifest().Name+".") {
			pass.Changes = append(pass.Changes, detect.Change{Change: state.Change{After: o}})
			continue
		}
		before = append(before, o)
	}
	pass.From = state.New(before...)
	return pass
}

// withOptions gives a model what plugins add.
func withOptions(text string, names ...string) string {
	options := map[string]string{
		"policies":   "  row_security = true\n  policy \"own\" { using = code == sql(\"current_user\") }\n",
		"softdelete": "  field \"gone_at\" {\n    type = timestamptz\n    null = true\n  }\n  soft_delete { field = gone_at }\n",
		"triggers":   "  audit_trigger = true\n",
		"updatedat":  "  field \"changed_at\" {\n    type     = timestamptz\n    auto_now = true\n  }\n",
		"extensions": "  field \"traits\" {\n    type = hstore\n    null = true\n  }\n",
	}
	for _, name := range names {
		text = strings.Replace(text, "\n  unique", options[name]+"\n  unique", 1)
	}
	return text
}

// ask opens a plugin, asks it once, and closes it.
func ask(b *testing.B, spec plugins.Spec, options plugins.Options, pass detect.Pass) {
	b.Helper()
	options.AllowUnlocked = true
	host, found, err := plugins.Open(b.Context(), []plugins.Spec{spec}, options)
	if err = errors.Join(err, found.Err()); err != nil {
		b.Fatal(err)
	}
	_, err = host.Detectors()[0].Detect(context.Background(), pass)
	if err = errors.Join(err, host.Close()); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkPlugins changes one model of 1,000 in a project with five plugins, in a
// way that each of them has to see to. It reports what the plugins add to the
// time of the command, compared with the same by function calls, as a ratio to
// the start of the slowest plugin.
func BenchmarkPlugins(b *testing.B) {
	program := build(b)
	own := []detect.Detector{extensions.New(), policies.New(), softdelete.New(), triggers.New(), updatedat.New()}
	project := sample(b, 1_000, 20)
	config, names := "app \"shop\" {}\n", []string{}
	for _, d := range own {
		names = append(names, d.Manifest().Name)
		config += fmt.Sprintf("\nplugin %q {}\n", d.Manifest().Name)
	}
	write(b, filepath.Join(project, "whimbrel.hcl"), config)
	run(b, program, project, 0, "make", "--no-input")
	write(b, modelFile(project, 50), withOptions(modelText(50, 20), names...))
	slowest := slowestStart(b, program, own)
	b.Setenv("WHIMBREL_PLUGIN_CACHE", "off")
	var calls time.Duration
	for _, transport := range []string{"inprocess", "process"} {
		b.Run("one-model-of-1000/"+transport, func(b *testing.B) {
			b.Setenv("WHIMBREL_PLUGIN_TRANSPORT", transport)
			for b.Loop() {
				run(b, program, project, 2, "make", "--check")
			}
			took := b.Elapsed() / time.Duration(b.N)
			if transport == "inprocess" {
				calls = took
				return
			}
			b.ReportMetric(float64(took-calls)/float64(slowest), "slowest-start-ratio")
			b.ReportMetric(float64(slowest.Microseconds())/1000, "slowest-start-ms")
		})
	}
	b.Run("one-model-of-1000/kept", func(b *testing.B) {
		b.Setenv("WHIMBREL_PLUGIN_CACHE", "on")
		b.Setenv("XDG_CACHE_HOME", b.TempDir())
		run(b, program, project, 2, "make", "--check")
		for b.Loop() {
			run(b, program, project, 2, "make", "--check")
		}
		b.ReportMetric(float64(b.Elapsed()/time.Duration(b.N)-calls)/float64(slowest), "slowest-start-ratio")
	})
}

// slowestStart is how long the slowest plugin takes to start, say what it is and
// end, each by itself.
func slowestStart(b *testing.B, program string, own []detect.Detector) time.Duration {
	b.Helper()
	slowest := time.Duration(0)
	for _, d := range own {
		spec := plugins.Spec{
			Name: d.Manifest().Name, Detector: d,
			Path: program, Args: []string{"plugin", "serve", d.Manifest().Name},
		}
		best := time.Hour
		for range 5 {
			begin := time.Now()
			ask(b, spec, plugins.Options{Transport: plugins.Process}, detect.Pass{From: state.New(), To: state.New()})
			best = min(best, time.Since(begin))
		}
		slowest = max(slowest, best)
	}
	return slowest
}
