package conformance

import (
	"strings"

	"github.com/whimbreldb/whimbrel/autodetector/builtin"
	"github.com/whimbreldb/whimbrel/core/detect"
)

// manifest checks the manifest by itself and beside the built-in detectors.
func (t *trial) manifest() {
	m := t.Detector.Manifest()
	for _, found := range detect.Validate(t.manifests()) {
		t.wrong(manifestCheck, "%s", found.Summary)
	}
	for _, found := range detect.ValidateAbilities(t.Detector) {
		t.wrong(manifestCheck, "%s", found.Summary)
	}
	for what, text := range map[string]string{"name": m.Name, "version": m.Version, "doc": m.Doc} {
		if text == "" {
			t.wrong(manifestCheck, "it has no %s", what)
		}
	}
	for _, kind := range m.Kinds {
		t.prefixed("kind", kind.Name)
		if kind.Doc == "" {
			t.wrong(manifestCheck, "the kind %s has no doc", kind.Name)
		}
	}
	for _, emitted := range m.Emits {
		t.prefixed("operation", emitted)
	}
	t.documented("config", m.Config)
	for _, option := range m.Options {
		if option.Doc == "" {
			t.wrong(manifestCheck, "the option %s has no doc", option.Name)
		}
		t.documented(option.Name, option.Shape)
	}
}

// prefixed checks that a name is not one that only built-in kinds have.
func (t *trial) prefixed(what, name string) {
	if !strings.Contains(name, ".") {
		t.wrong(manifestCheck, "the %s %q does not begin with %q", what, name, t.Detector.Manifest().Name+".")
	}
}

func (t *trial) documented(where string, shape detect.Shape) {
	for _, attr := range shape.Attrs {
		if attr.Doc == "" {
			t.wrong(manifestCheck, "the argument %s of %s has no doc", attr.Name, where)
		}
		if attr.Shape != nil {
			t.documented(where+"."+attr.Name, *attr.Shape)
		}
	}
}

// manifests returns those of the built-in detectors, of this one and of those beside it.
func (t *trial) manifests() []*detect.Manifest {
	return detect.ManifestsOf(append(builtin.Detectors(), t.plugins()...)...)
}
