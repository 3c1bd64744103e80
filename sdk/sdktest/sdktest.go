// Package sdktest tests detectors as plugins: in the test's process, over gRPC in
// memory and as a process of its own, with the results required to be equal byte
// for byte.
//
//	func TestMain(m *testing.M) { sdktest.Main(m, rls.New()) }
//
//	func TestEverywhere(t *testing.T) { sdktest.Everywhere(t, rls.New(), passes...) }
//
// Conformance takes a detector through model files, on a PostgreSQL server too;
// Database, Query and Plan are for tests of what it makes.
package sdktest

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/plugins"
	"github.com/whimbreldb/whimbrel/sdk/serve"
)

// serveArg is the argument that makes a test binary serve a detector.
const serveArg = "sdktest-serve"

// Main runs the tests of a package, or serves one of the detectors where the
// test binary was started as a plugin. It is for TestMain and does not return.
func Main(m *testing.M, detectors ...detect.Detector) {
	if len(os.Args) == 4 && os.Args[2] == serveArg {
		for _, detector := range detectors {
			if detector.Manifest().Name == os.Args[3] {
				serve.Main(detector)
			}
		}
	}
	os.Exit(m.Run())
}

// Everywhere requires that a detector answers each pass in the same way by every
// transport, that a second call answers as the first, that the pass is not
// changed, and that the answers pass detect.Check. The package of the test needs
// a TestMain that calls Main with the detector.
func Everywhere(t testing.TB, detector detect.Detector, passes ...detect.Pass) {
	t.Helper()
	want := Run(t, plugins.InProcess, detector, passes...)
	for _, transport := range []plugins.Transport{plugins.InProcess, plugins.Bufconn, plugins.Process} {
		have := Run(t, transport, detector, passes...)
		for i := range passes {
			if !bytes.Equal(want[i], have[i]) {
				t.Errorf("pass %d: %s answers\n%s\nby transport %s, and in process\n%s",
					i, detector.Manifest().Name, have[i], transport, want[i])
			}
		}
	}
}

// Run returns a detector's results as JSON by one transport.
func Run(t testing.TB, transport plugins.Transport, detector detect.Detector, passes ...detect.Pass) [][]byte {
	t.Helper()
	host := open(t, transport, detector)
	var results [][]byte
	for i, pass := range passes {
		before := encode(t, pass.Changes)
		result, err := host.Detectors()[0].Detect(t.Context(), pass)
		if err != nil {
			t.Fatalf("pass %d by transport %s: %v", i, transport, err)
		}
		if !bytes.Equal(before, encode(t, pass.Changes)) {
			t.Errorf("pass %d: %s changed what it was given", i, detector.Manifest().Name)
		}
		results = append(results, encode(t, result))
	}
	if starts := host.Starts(); transport == plugins.Process && len(passes) > 0 && starts != 1 {
		t.Errorf("%s was started %d times, want once", detector.Manifest().Name, starts)
	}
	return results
}

func open(t testing.TB, transport plugins.Transport, detector detect.Detector) *plugins.Host {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	name := detector.Manifest().Name
	spec := plugins.Spec{Name: name, Path: self, Args: serving(detector), Detector: detector}
	host, found, err := plugins.Open(t.Context(), []plugins.Spec{spec}, plugins.Options{Transport: transport})
	if err != nil || found.HasErrors() {
		t.Fatalf("opening %s: %v %v", name, err, found)
	}
	t.Cleanup(func() {
		if err := host.Close(); err != nil {
			t.Errorf("closing %s: %v", name, err)
		}
	})
	return host
}

// serving returns the arguments that make a test binary serve a detector.
func serving(detector detect.Detector) []string {
	return []string{"-test.run=^$", serveArg, detector.Manifest().Name}
}

func encode(t testing.TB, v any) []byte {
	t.Helper()
	written, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return written
}
