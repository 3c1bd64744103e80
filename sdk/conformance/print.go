package conformance

import (
	"context"
	"strings"

	"github.com/whimbreldb/whimbrel/core/declare/express"
	"github.com/whimbreldb/whimbrel/core/source/hcl"
	"github.com/whimbreldb/whimbrel/core/state"
)

// printed writes the objects of a stage as models, and reads them again.
func (t *trial) printed(ctx context.Context, s stage) {
	documents, omissions := express.Express(s.declared.State, express.Setting{Apps: sampleProject("").Apps, Manifests: t.manifests()})
	for _, o := range omissions {
		if t.owns(o.Object.Kind()) {
			t.wrong(printCheck, "%s: %s cannot be written: %s", s.name, o.Object, o.Why)
			return
		}
	}
	var text strings.Builder
	for _, d := range documents {
		file, err := hcl.PrintDocument(d)
		if err != nil {
			t.wrong(printCheck, "%s: %v", s.name, err)
			return
		}
		text.Write(file)
	}
	again, found, err := t.parse(ctx, text.String())
	if err != nil || found.HasErrors() {
		t.wrong(printCheck, "%s: what is printed cannot be read: %s", s.name, explained(found, err))
		return
	}
	t.sameDeclared(s, again.State)
}

// sameDeclared compares the detector's own objects in a stage with those that were
// read.
func (t *trial) sameDeclared(s stage, read *state.State) {
	for o := range s.declared.State.All() {
		if !t.owns(o.Address.Kind()) {
			continue
		}
		if other := read.Get(o.Address); other == nil || !state.Same(o, other) {
			t.wrong(printCheck, "%s: %s is printed and read as another: %s", s.name, o.Address, difference(encoded(o), encoded(other)))
		}
	}
}
