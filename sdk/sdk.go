// Package sdk is for authors of plugins: it makes a detector from a manifest and
// a function, and helps to write that function.
//
// A plugin is three things: a manifest, which says what it owns; a pure function
// from changes to operations; and a main that serves both:
//
//	func main() { serve.Main(sdk.New(manifest, detect)) }
//
// The function sees the old and the wanted state and the changes of the objects
// that the plugin owns. It answers with operations: edits of the state, and SQL
// for both ways. It does not order them: that follows from references. It must
// not read files, the clock, the environment or the network, because its answers
// are cached and compared.
//
// The types are those of the core, under one roof; what an author needs beyond
// them is in core/expression (options that are expressions or queries) and
// core/model (the attributes of models and fields). The package brings in no
// gRPC, so that a detector can be linked into any program.
package sdk

import (
	"context"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// What a detector is made of.
type (
	Detector    = detect.Detector
	Manifest    = detect.Manifest
	Kind        = detect.Kind
	Option      = detect.Option
	Implication = detect.Implication
	Shape       = detect.Shape
	Attr        = detect.Attr
)

// What a detector sees.
type (
	Pass    = detect.Pass
	Change  = detect.Change
	Fact    = detect.Fact
	State   = state.State
	Object  = state.Object
	Address = address.Address
)

// What a detector answers.
type (
	Result     = detect.Result
	Operation  = operation.Operation
	Statement  = operation.Statement
	Hazard     = operation.Hazard
	Need       = operation.Need
	Question   = detect.Question
	Diagnostic = diag.Diagnostic
)

// New returns the detector with a manifest and a function. The function may be
// called by several goroutines at once, and the manifest must not be changed
// any more.
func New(manifest Manifest, detect func(ctx context.Context, pass Pass) (Result, error)) Detector {
	return &detector{manifest: &manifest, detect: detect}
}

type detector struct {
	manifest *Manifest
	detect   func(context.Context, Pass) (Result, error)
}

func (d *detector) Manifest() *Manifest { return d.manifest }

func (d *detector) Detect(ctx context.Context, pass Pass) (Result, error) { return d.detect(ctx, pass) }
