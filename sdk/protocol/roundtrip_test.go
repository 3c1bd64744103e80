package protocol

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"
	"pgregory.net/rapid"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// What goes over the wire comes back as it was: through bytes, so that what the
// encoding cannot carry shows too.

func TestManifestRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := drawManifest(t)
		var message Manifest
		carry(t, toManifest(want), &message)
		var r reader
		have := readManifest(&r, &message)
		require.NoError(t, r.err)
		require.Equal(t, toJSON(t, want), toJSON(t, have))
	})
}

func TestPassRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := drawPass(t)
		var message Pass
		carry(t, ToPass(want), &message)
		var r reader
		have := readPass(&r, &message)
		require.NoError(t, r.err)
		require.Equal(t, objects(want.From), objects(have.From))
		require.Equal(t, objects(want.To), objects(have.To))
		require.Equal(t, want.Changes, have.Changes)
		require.Equal(t, want.Facts, have.Facts)
		require.Equal(t, want.Config, have.Config)
		require.Equal(t, want.Renamed, have.Renamed)
	})
}

func TestResultRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := detect.Result{
			Operations: some(t, drawOperation), Facts: some(t, drawFact),
			Questions: some(t, drawQuestion), Diagnostics: some(t, drawDiagnostic),
		}
		var message Result
		carry(t, toResult(want), &message)
		var r reader
		have := readResult(&r, &message)
		require.NoError(t, r.err)
		require.Equal(t, want, have)
	})
}

func TestEqualPassesGiveEqualBytes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		pass := drawPass(t)
		again := pass
		again.From, again.To = state.New(objects(pass.From)...), state.New(objects(pass.To)...)
		one, err := proto.MarshalOptions{Deterministic: true}.Marshal(ToPass(pass))
		require.NoError(t, err)
		two, err := proto.MarshalOptions{Deterministic: true}.Marshal(ToPass(again))
		require.NoError(t, err)
		require.Equal(t, one, two)
	})
}

func TestObjectsOfBothStatesAreSentOnce(t *testing.T) {
	t.Parallel()
	object := func() *state.Object {
		return &state.Object{Address: address.New("model", "a", "b"), Attrs: []byte("{}")}
	}
	message := ToPass(detect.Pass{From: state.New(object()), To: state.New(object())})
	require.Len(t, message.Objects, 1)
	require.Equal(t, []uint32{1}, message.From)
	require.Equal(t, []uint32{1}, message.To)
}

func carry(t require.TestingT, from, to proto.Message) {
	data, err := proto.Marshal(from)
	require.NoError(t, err)
	require.NoError(t, proto.Unmarshal(data, to))
}

func toJSON(t require.TestingT, v any) string {
	written, err := json.Marshal(v)
	require.NoError(t, err)
	return string(written)
}

func objects(s *state.State) []*state.Object {
	var all []*state.Object
	for o := range s.All() {
		all = append(all, o)
	}
	return all
}

func some[T any](t *rapid.T, draw func(*rapid.T) T) []T {
	var list []T
	for range rapid.IntRange(0, 3).Draw(t, "count") {
		list = append(list, draw(t))
	}
	return list
}

func drawText(t *rapid.T) string { return rapid.String().Draw(t, "text") }
func drawBool(t *rapid.T) bool   { return rapid.Bool().Draw(t, "bool") }
func drawInt(t *rapid.T) int     { return rapid.Int().Draw(t, "int") }

func drawJSON(t *rapid.T) []byte {
	written, _ := state.Encode(map[string]any{drawText(t): drawText(t), "n": drawInt(t)})
	return written
}

func drawAddress(t *rapid.T) address.Address {
	kind := rapid.SampledFrom([]string{"model", "field", "rls.policy"}).Draw(t, "kind")
	return address.New(kind, append(some(t, drawText), drawText(t))...)
}

func drawAspects(t *rapid.T) state.Aspects {
	return state.Aspects(rapid.IntRange(0, 15).Draw(t, "aspects"))
}

func drawObject(t *rapid.T) *state.Object {
	o := &state.Object{Address: drawAddress(t), Attrs: drawJSON(t), Rank: drawInt(t), App: drawText(t)}
	if drawBool(t) {
		o.Parent = drawAddress(t)
	}
	o.Refs = some(t, func(t *rapid.T) state.Reference {
		return state.Reference{Target: drawAddress(t), Aspects: drawAspects(t)}
	})
	return o
}

func drawPass(t *rapid.T) detect.Pass {
	pass := detect.Pass{
		From: state.New(some(t, drawObject)...), To: state.New(some(t, drawObject)...),
		Facts: some(t, drawFact), Config: drawJSON(t),
	}
	pass.Changes = some(t, func(t *rapid.T) detect.Change {
		change := detect.Change{Replace: drawBool(t), MustGo: drawBool(t)}
		change.After = drawObject(t)
		if drawBool(t) {
			change.Before = change.After
		}
		return change
	})
	pass.Renamed = some(t, func(t *rapid.T) state.Rename { return state.Rename{From: drawAddress(t), To: drawAddress(t)} })
	return pass
}

func drawFact(t *rapid.T) detect.Fact {
	return detect.Fact{Name: drawText(t), Subject: drawText(t), Value: drawJSON(t)}
}

func drawQuestion(t *rapid.T) detect.Question {
	return detect.Question{Name: drawText(t), Subject: drawText(t), Text: drawText(t), Why: drawText(t), Flag: drawText(t)}
}

func drawDiagnostic(t *rapid.T) diag.Diagnostic {
	pos := func() diag.Pos { return diag.Pos{Line: drawInt(t), Column: drawInt(t), Byte: drawInt(t)} }
	return diag.Diagnostic{
		Severity: diag.Severity(rapid.IntRange(0, 2).Draw(t, "severity")), Code: drawText(t), Summary: drawText(t),
		Detail: drawText(t), Next: drawText(t), Address: drawText(t),
		Range: diag.Range{File: drawText(t), Start: pos(), End: pos()},
	}
}

func drawOperation(t *rapid.T) operation.Operation {
	op := operation.Operation{
		Kind: drawText(t), Target: drawAddress(t), Detector: drawText(t), Summary: drawText(t),
		Edits: some(t, drawEdit), Frees: some(t, drawText), Takes: some(t, drawText),
		Up: some(t, drawStatement), Down: some(t, drawStatement), Irreversible: drawText(t),
	}
	op.Needs = some(t, func(t *rapid.T) operation.Need {
		verb := rapid.SampledFrom([]operation.Verb{operation.Create, operation.Alter, operation.Drop}).Draw(t, "verb")
		return operation.Need{Verb: verb, Object: drawAddress(t), Before: drawBool(t), Soft: drawBool(t), Why: drawText(t)}
	})
	op.Touches = some(t, func(t *rapid.T) operation.Touch {
		return operation.Touch{Object: drawAddress(t), Aspects: drawAspects(t)}
	})
	op.Hazard = some(t, func(t *rapid.T) operation.Hazard {
		return operation.Hazard{Code: drawText(t), Object: drawAddress(t), Text: drawText(t), Down: drawBool(t), Probe: drawText(t)}
	})
	if drawBool(t) {
		op.Aside = &operation.Aside{
			Up: some(t, drawStatement), Down: some(t, drawStatement),
			RestUp: some(t, drawStatement), RestDown: some(t, drawStatement),
		}
	}
	if drawBool(t) {
		op.Inline = &operation.Inline{Clause: drawClause(t)}
	}
	op.Transaction = rapid.SampledFrom([]operation.Transaction{
		operation.InTransaction, operation.Committed, operation.Outside,
	}).Draw(t, "transaction")
	return op
}

func drawEdit(t *rapid.T) state.Edit {
	switch rapid.IntRange(0, 2).Draw(t, "edit") {
	case 0:
		return state.Put(drawObject(t))
	case 1:
		return state.Drop(drawAddress(t))
	}
	return state.Edit{Rename: []state.Rename{{From: drawAddress(t), To: drawAddress(t)}}}
}

func drawStatement(t *rapid.T) operation.Statement {
	return operation.Statement{SQL: drawText(t), Clauses: some(t, drawClause), Tail: drawText(t), Table: drawBool(t)}
}

func drawClause(t *rapid.T) operation.Clause {
	return operation.Clause{SQL: drawText(t), Group: drawInt(t), Rank: drawInt(t)}
}

func drawManifest(t *rapid.T) *detect.Manifest {
	m := &detect.Manifest{
		Name: drawText(t), Version: drawText(t), Doc: drawText(t), Config: drawShape(t, 2),
		Emits: some(t, drawText), Reads: some(t, drawText), Produces: some(t, drawText), Consumes: some(t, drawText),
		Locality: rapid.SampledFrom([]detect.Locality{detect.PerModel, detect.Whole}).Draw(t, "locality"),
	}
	m.Kinds = some(t, func(t *rapid.T) detect.Kind {
		kind := detect.Kind{
			Name: drawText(t), Doc: drawText(t), Attrs: drawShape(t, 1), Outlives: drawBool(t), Siblings: some(t, drawText),
			Naming: some(t, drawText), Members: some(t, drawText), Part: drawBool(t),
			Likeness: rapid.SampledFrom(likenesses[1:]).Draw(t, "likeness"),
		}
		if drawBool(t) {
			kind.Type = &detect.TypeKind{Values: drawText(t), Base: drawText(t), Parts: drawText(t), Bounds: drawText(t), Several: drawText(t), Order: drawText(t)}
		}
		return kind
	})
	m.Options = some(t, func(t *rapid.T) detect.Option {
		return detect.Option{
			Name: drawText(t), Kind: drawText(t), Doc: drawText(t), Labelled: drawBool(t), Switch: drawBool(t),
			On:    rapid.SampledFrom(places[1:]).Draw(t, "place"),
			Shape: drawShape(t, 1),
		}
	})
	m.Implications = some(t, func(t *rapid.T) detect.Implication {
		return detect.Implication{
			Kind: drawText(t), Names: some(t, drawText), Attrs: drawText(t), ByKind: drawText(t), ByTypes: some(t, drawText),
			ByCalls: some(t, drawText), ByOpclass: some(t, drawText), ByMethods: some(t, drawText),
		}
	})
	return m
}

func drawShape(t *rapid.T, depth int) detect.Shape {
	return detect.Shape{Attrs: some(t, func(t *rapid.T) detect.Attr {
		attr := detect.Attr{
			Name: drawText(t), Doc: drawText(t), Required: drawBool(t), Default: drawText(t), OneOf: some(t, drawText),
			Pattern: drawText(t), Type: rapid.SampledFrom(attrTypes[1:]).Draw(t, "type"),
			Aspects: drawAspects(t).Names(), Kinds: some(t, drawText), Names: drawText(t),
			SQL: rapid.SampledFrom(sqlKinds).Draw(t, "sql"), Columns: drawText(t), Language: drawText(t), Fill: drawBool(t),
			As: drawText(t), Given: drawText(t), Example: drawText(t), Hint: drawBool(t), Loose: drawBool(t),
		}
		if drawBool(t) {
			low := rapid.Int64().Draw(t, "min")
			attr.Min, attr.Max = &low, new(int64)
		}
		if depth > 0 && drawBool(t) {
			shape := drawShape(t, depth-1)
			attr.Shape = &shape
		}
		return attr
	})}
}
