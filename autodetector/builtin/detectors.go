// Package builtin holds the detectors of the built-in kinds: schemas, enums,
// domains, models, fields, indexes and constraints.
//
// They go through the same interface as any plugin's detectors. Each has one
// file, which turns a change of an object of its kind into operations with SQL
// for both ways. They order nothing: that follows from references. Nothing here
// connects to a database.
package builtin

import (
	"context"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/index"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

// Detectors returns the detectors of the built-in kinds, one each, in the order
// of their kinds in a migration.
func Detectors() []detect.Detector {
	return []detect.Detector{
		newDetector(model.SchemaKind, "schemas of PostgreSQL", func(w *work) owner { return schemas{w} }),
		enumDetector(),
		domainDetector(),
		newDetector(model.ModelKind, "tables", func(w *work) owner { return models{w} }),
		newDetector(model.FieldKind, "columns", func(w *work) owner { return fields{w} }, oneOffDefault, renamedValues),
		index.Kind(),
		newDetector(model.ConstraintKind, "constraints of tables", func(w *work) owner { return constraints{w} }),
	}
}

// The facts that built-in detectors consume.
const (
	oneOffDefault = "default"        // field -> expression.Node for rows that have no value
	renamedValues = "renamed_values" // enum -> old value to new
)

// An owner makes the operations for the changes of one kind.
type owner interface {
	create(o *state.Object)
	drop(o *state.Object)
	// alter is for an object in both states; replace says that it has to be
	// dropped and made again, whatever of it differs.
	alter(before, after *state.Object, replace bool)
	// names are those that an object has in the database, as keys.
	names(v view, o *state.Object) []string
	// aside returns before with another name, for an exchange of names.
	aside(before, after *state.Object) *state.Object
}

type detector struct {
	manifest detect.Manifest
	owner    func(*work) owner
}

func newDetector(kind, doc string, owner func(*work) owner, consumes ...string) detect.Detector {
	own := detect.Kind{Name: kind, Doc: doc}
	switch kind {
	case model.EnumKind, model.DomainKind:
		own.Likeness, own.Naming = detect.Judged, []string{"name"}
	case model.ModelKind:
		own.Likeness, own.Naming, own.Members = detect.Judged, []string{"table"}, []string{model.FieldKind}
	case model.FieldKind:
		own.Likeness, own.Naming, own.Part = detect.Judged, []string{"column", "sequence"}, true
	case model.IndexKind, model.ConstraintKind:
		own.Likeness, own.Naming, own.Part = detect.Sure, []string{"name"}, true
	}
	return &detector{owner: owner, manifest: detect.Manifest{
		Name: kind, Version: "1", Doc: doc,
		Kinds:    []detect.Kind{own},
		Emits:    []string{"create_" + kind, "alter_" + kind, "drop_" + kind},
		Consumes: consumes,
		Locality: detect.Whole,
	}}
}

// Manifest returns the detector's description.
func (d *detector) Manifest() *detect.Manifest { return &d.manifest }

// Judge is that of detect.Judge.
func (d *detector) Judge(_ context.Context, c detect.Comparison) ([]detect.Alikeness, error) {
	verdicts := make([]detect.Alikeness, len(c.Pairs))
	for i, p := range c.Pairs {
		verdicts[i] = detect.Alikeness(Match(p.Before, p.After, c.From, c.To))
	}
	return verdicts, nil
}

// Detect returns the operations for the changes of a pass.
func (d *detector) Detect(_ context.Context, pass detect.Pass) (detect.Result, error) {
	w := newWork(pass)
	owner := d.owner(w)
	aside := exchanges(owner, w)
	for _, c := range pass.Changes {
		switch {
		case c.Before == nil:
			owner.create(c.After)
		case c.After == nil:
			owner.drop(c.Before)
		default:
			w.alter(owner, c, aside)
		}
	}
	return w.result, w.err
}

func enumDetector() detect.Detector {
	d := newDetector(model.EnumKind, "enumerated types", func(w *work) owner { return enums{w} }, renamedValues).(*detector)
	d.manifest.Kinds[0].Type = &detect.TypeKind{Values: "values"}
	d.manifest.Options = []detect.Option{{
		Name: "enum", On: detect.OnApp, Kind: model.EnumKind, Doc: "an enumerated type", Labelled: true,
		Shape: detect.Shape{Attrs: []detect.Attr{
			{Name: "values", Type: detect.TypeStrings, Required: true, Doc: "the values, in their order", Example: `["...", "..."]`},
			{Name: "comment", Type: detect.TypeString},
			{Name: "name", Type: detect.TypeString, Names: "type", Doc: "the name in the database"},
			{Name: "schema", Type: detect.TypeString, Names: "schema", Doc: "the schema that it stands in"},
			{Name: "renamed_values", Type: detect.TypeMap, Hint: true, Example: `{ old = "new" }`, Doc: "old values with the new ones"},
		}},
	}}
	return d
}

func domainDetector() detect.Detector {
	d := newDetector(model.DomainKind, "types with constraints", func(w *work) owner { return domains{w} }).(*detector)
	d.manifest.Kinds[0].Type = &detect.TypeKind{Base: "type"}
	d.manifest.Options = []detect.Option{{
		Name: "domain", On: detect.OnApp, Kind: model.DomainKind, Doc: "a type with constraints", Labelled: true,
		Shape: detect.Shape{Attrs: []detect.Attr{
			{Name: "type", Type: detect.TypeType, Required: true, Aspects: []string{"type", "definition"}, Example: "text"},
			{Name: "null", Type: detect.TypeBool, Default: "true", Fill: true},
			{Name: "default", Type: detect.TypeExpression, As: "type"},
			{Name: "check", Type: detect.TypeExpression, Given: "type"},
			{Name: "comment", Type: detect.TypeString},
			{Name: "name", Type: detect.TypeString, Names: "type", Doc: "the name in the database"},
			{Name: "schema", Type: detect.TypeString, Names: "schema", Doc: "the schema that it stands in"},
		}},
	}}
	return d
}
