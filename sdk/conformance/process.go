package conformance

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"
	"sync"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/plugins"
)

// abroad is an environment that must not show in an answer.
var abroad = []string{
	"TZ=Asia/Kolkata", "LANG=tr_TR.UTF-8", "LC_ALL=tr_TR.UTF-8", "GOMAXPROCS=1", "HOME=/nonexistent",
	"USER=whimbrel-conformance", "PGHOST=192.0.2.1", "PGUSER=whimbrel-conformance",
}

// processes runs the plugin as a process of its own, at home and abroad, with an
// empty environment and in an empty folder otherwise, and compares.
func (t *trial) processes(ctx context.Context) {
	if len(t.Program) == 0 || runtime.GOOS == "windows" {
		t.skip("it is not run as a process here", ofProcess...)
		return
	}
	want := t.answers(ctx, t.Detector)
	for where, environment := range [][]string{nil, abroad} {
		started, err := t.start(ctx, environment)
		if err != nil {
			t.wrong(stableCheck, "it cannot be started: %v", err)
			t.skip("it cannot be started", ofProcess...)
			return
		}
		if encoded(started.detector.Manifest()) != encoded(t.Detector.Manifest()) {
			t.wrong(stableCheck, "another start gives another manifest: %s",
				difference(encoded(t.Detector.Manifest()), encoded(started.detector.Manifest())))
		}
		t.compare(t.answers(ctx, started.detector), want, []string{"as a process", "abroad"}[where])
		if err := started.host.Close(); err != nil {
			t.wrong(stableCheck, "it cannot be stopped: %v", err)
		}
		for _, line := range started.printed() {
			t.wrong(quietCheck, "it prints %q", line)
		}
	}
}

func (t *trial) compare(have, want []string, where string) {
	for i := range want {
		if have[i] != want[i] {
			t.wrong(abroadCheck, "%s it answers otherwise: %s", where, difference(want[i], have[i]))
		}
	}
}

// most is how many passes are asked again of a process.
const most = 40

// answers returns a detector's answers to the passes that there were.
func (t *trial) answers(ctx context.Context, detector detect.Detector) []string {
	var list []string
	for _, pass := range t.passes[:min(most, len(t.passes))] {
		answer, err := detector.Detect(ctx, pass)
		if err != nil {
			list = append(list, "an error")
			continue
		}
		list = append(list, canonical(answer))
	}
	return list
}

// An instance is the plugin as a process, with what it has printed.
type instance struct {
	detector detect.Detector
	host     *plugins.Host

	mu    sync.Mutex
	lines []string
}

func (i *instance) printed() []string {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.lines
}

// start starts the plugin with an environment besides what the host gives it.
// What it prints on standard error is not looked at.
func (t *trial) start(ctx context.Context, environment []string) (*instance, error) {
	dir, err := os.MkdirTemp("", "whimbrel-conformance-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	script := "exec env " + strings.Join(environment, " ") + ` "$0" "$@" 2>/dev/null`
	made := &instance{}
	spec := plugins.Spec{
		Name: t.Detector.Manifest().Name, Path: "/bin/sh", Config: t.Config,
		Args: append([]string{"-c", script}, t.Program...),
	}
	host, found, err := plugins.Open(ctx, []plugins.Spec{spec}, plugins.Options{
		Transport: plugins.Process, AllowUnlocked: true, CacheDir: dir,
		Log: func(_, line string) {
			made.mu.Lock()
			defer made.mu.Unlock()
			made.lines = append(made.lines, line)
		},
	})
	if err != nil || found.HasErrors() {
		return nil, errors.Join(fmt.Errorf("%s", explained(found, err)), host.Close())
	}
	made.detector, made.host = host.Detectors()[0], host
	return made, nil
}
