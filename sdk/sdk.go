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
	"encoding/json"
	"fmt"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/source/sql"
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
	// A CatalogQuery is one SELECT over the catalog of a database.
	CatalogQuery = detect.CatalogQuery
	// A TypeKind says what the values of a type are.
	TypeKind = detect.TypeKind
)

// What a detector sees.
type (
	Pass    = detect.Pass
	Change  = detect.Change
	Fact    = detect.Fact
	State   = state.State
	Object  = state.Object
	Address = address.Address
	// A Catalog is what a plugin learns of a database.
	Catalog = detect.Catalog
	// Wanted is what a detector with checks is shown.
	Wanted = detect.Wanted
	// A Comparison is a question to a detector that judges likeness.
	Comparison = detect.Comparison
)

// What a detector answers.
type (
	Result     = detect.Result
	Operation  = operation.Operation
	Statement  = operation.Statement
	Hazard     = operation.Hazard
	Need       = operation.Need
	Lock       = operation.Lock
	LockMode   = operation.LockMode
	Question   = detect.Question
	Diagnostic = diag.Diagnostic
	// An Alikeness is how alike an object that goes and one that comes are.
	Alikeness = detect.Alikeness
)

// New returns the detector with a manifest and a function, and what more it can
// do. The function may be called by several goroutines at once, and the manifest
// must not be changed any more.
func New(manifest Manifest, detect func(ctx context.Context, pass Pass) (Result, error), more ...Ability) Detector {
	d := &detector{manifest: &manifest, detect: detect}
	for _, add := range more {
		add(d)
	}
	if d.judge != nil {
		return judgingDetector{d}
	}
	return d
}

// An Ability is what a detector can do besides Detect.
type Ability func(*detector)

// Upgrading lets a detector of which a kind has a Version read what the versions
// before have left: upgrade returns the attributes of each object in today's
// shape, in the same order.
func Upgrading(upgrade func(ctx context.Context, old []*Object) ([]json.RawMessage, error)) Ability {
	return func(d *detector) { d.upgrade = upgrade }
}

// Inspecting lets a detector whose manifest has Queries say which objects of its
// kinds there are in a database; see ObjectOf.
func Inspecting(inspect func(ctx context.Context, catalog Catalog) ([]*Object, error)) Ability {
	return func(d *detector) { d.inspect = inspect }
}

type detector struct {
	manifest *Manifest
	detect   func(context.Context, Pass) (Result, error)
	upgrade  func(context.Context, []*Object) ([]json.RawMessage, error)
	inspect  func(context.Context, Catalog) ([]*Object, error)
	judge    func(context.Context, Comparison) ([]Alikeness, error)
	check    func(context.Context, Wanted) (diag.List, error)
	read     sql.Reader

	definitions []CatalogQuery
}

func (d *detector) Manifest() *Manifest { return d.manifest }

func (d *detector) Detect(ctx context.Context, pass Pass) (Result, error) { return d.detect(ctx, pass) }

// Upgrade is that of detect.Upgrader.
func (d *detector) Upgrade(ctx context.Context, old []*Object) ([]json.RawMessage, error) {
	if d.upgrade == nil {
		return nil, fmt.Errorf("%s has no former versions", d.manifest.Name)
	}
	return d.upgrade(ctx, old)
}

// Inspect is that of detect.Inspector.
func (d *detector) Inspect(ctx context.Context, catalog Catalog) ([]*Object, error) {
	if d.inspect == nil {
		return nil, fmt.Errorf("%s inspects nothing", d.manifest.Name)
	}
	return d.inspect(ctx, catalog)
}
