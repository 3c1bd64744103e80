package main_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
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
		name := own.Manifest().Name
		all := pass(own, declared(b, 10_000, func(i int) string { return withOptions(modelText(i, 12), name) }, own))
		call := time.Duration(0)
		for _, transport := range []plugins.Transport{plugins.InProcess, plugins.Bufconn, plugins.Process} {
			b.Run(own.Manifest().Name+"/"+string(transport), func(b *testing.B) {
				for b.Loop() {
					ask(b, program, plugins.Options{Transport: transport}, question{own, all})
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

// declared is the state of a project whose models are made by text.
func declared(b *testing.B, models int, text func(i int) string, own ...detect.Detector) *state.State {
	b.Helper()
	root, config := b.TempDir(), "app \"shop\" {}\n"
	var manifests []*detect.Manifest
	for _, d := range own {
		manifests = append(manifests, d.Manifest())
		config += fmt.Sprintf("\nplugin %q {}\n", d.Manifest().Name)
	}
	write(b, filepath.Join(root, "whimbrel.hcl"), config)
	for i := range models {
		write(b, modelFile(root, i), text(i))
	}
	project, found, err := hcl.ReadProject(root, manifests...)
	if err = errors.Join(err, found.Err()); err != nil {
		b.Fatal(err)
	}
	declaration, found, err := hcl.New(project, manifests).Read(b.Context())
	if err = errors.Join(err, found.Err()); err != nil {
		b.Fatal(err)
	}
	return declaration.State
}

// pass is one in which all objects of a plugin are new.
func pass(own detect.Detector, s *state.State) detect.Pass {
	pass := detect.Pass{To: s, Config: json.RawMessage("{}")}
	var before []*state.Object
	for o := range s.All() {
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
		"updatedat":  "  field \"changed_at\" {\n    type     = timestamptz\n    null     = true\n    auto_now = true\n  }\n",
		"extensions": "  field \"traits\" {\n    type = hstore\n    null = true\n  }\n",
	}
	for _, name := range names {
		text = strings.Replace(text, "\n  unique", options[name]+"\n  unique", 1)
	}
	return text
}

// A question is a pass that a plugin is asked.
type question struct {
	own  detect.Detector
	pass detect.Pass
}

// ask opens plugins, asks those that have a change, all at once, and closes them.
// It returns how many processes that took.
func ask(b *testing.B, program string, options plugins.Options, questions ...question) int {
	b.Helper()
	var specs []plugins.Spec
	passes := map[string]detect.Pass{}
	for _, q := range questions {
		name := q.own.Manifest().Name
		specs = append(specs, plugins.Spec{Name: name, Detector: q.own, Path: program, Args: []string{"plugin", "serve", name}})
		passes[name] = q.pass
	}
	host, found, err := plugins.Open(b.Context(), specs, options)
	if err = errors.Join(err, found.Err()); err != nil {
		b.Fatal(err)
	}
	failures := make([]error, len(specs))
	var group sync.WaitGroup
	for i, d := range host.Detectors() {
		if p := passes[d.Manifest().Name]; len(p.Changes) > 0 {
			group.Go(func() { _, failures[i] = d.Detect(b.Context(), p) })
		}
	}
	group.Wait()
	if err := errors.Join(append(failures, host.Close())...); err != nil {
		b.Fatal(err)
	}
	return host.Starts()
}

// BenchmarkPlugins is a change of one model of 1,000 in a project with five plugins
// as processes. It reports how many are started, and the ratio of the time to
// that of the slowest of the five alone, asked about a project of that one model.
func BenchmarkPlugins(b *testing.B) {
	program := build(b)
	own := []detect.Detector{extensions.New(), policies.New(), softdelete.New(), triggers.New(), updatedat.New()}
	var names []string
	for _, d := range own {
		names = append(names, d.Manifest().Name)
	}
	slowest := slowestStart(b, program, own, names)
	for _, changed := range [][]string{{}, {"policies"}, {"triggers"}, names} {
		all := declared(b, 1_000, func(i int) string {
			if i == 50 {
				return withOptions(modelText(i, 20), changed...)
			}
			return modelText(i, 20)
		}, own...)
		var questions []question
		for _, d := range own {
			questions = append(questions, question{d, pass(d, all)})
		}
		b.Run(fmt.Sprintf("change-for=%d-of-5/%s", len(changed), strings.Join(changed, "+")), func(b *testing.B) {
			best, starts := time.Hour, 0
			for b.Loop() {
				begin := time.Now()
				starts = ask(b, program, plugins.Options{Transport: plugins.Process}, questions...)
				best = min(best, time.Since(begin))
			}
			b.ReportMetric(float64(starts), "starts")
			b.ReportMetric(float64(best)/float64(slowest), "slowest-start-ratio")
		})
	}
}

// slowestStart is how long the slowest plugin takes by itself, the best of ten.
func slowestStart(b *testing.B, program string, own []detect.Detector, names []string) time.Duration {
	b.Helper()
	alone := declared(b, 2, func(i int) string { return withOptions(modelText(i, 20), names...) }, own...)
	slowest := time.Duration(0)
	for _, d := range own {
		q, best := question{d, pass(d, alone)}, time.Hour
		for range 10 {
			begin := time.Now()
			ask(b, program, plugins.Options{Transport: plugins.Process}, q)
			best = min(best, time.Since(begin))
		}
		slowest = max(slowest, best)
	}
	return slowest
}
