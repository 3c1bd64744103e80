package protocol

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/detect"
)

// A plugin of any language can send anything. What the core could not work with
// is refused with a reason.
func TestMessagesThatAreRefused(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		result *Result
		want   string
	}{
		"bad address":         {operationOf(&Operation{Target: "field"}), "want a kind, a space and a path"},
		"edit of nothing":     {operationOf(&Operation{Edits: []*Edit{{}}}), "an edit that does nothing"},
		"put without address": {operationOf(&Operation{Edits: []*Edit{{Edit: &Edit_Put{Put: &Object{}}}}}), "an object without address"},
		"need without verb":   {operationOf(&Operation{Needs: []*Need{{Object: "model a.b"}}}), "no verb of a need"},
		"verb of the future":  {operationOf(&Operation{Needs: []*Need{{Verb: 9}}}), "unknown verb of a need 9"},
		"transaction":         {operationOf(&Operation{Transaction: 9}), "unknown transaction 9"},
		"aspect":              {operationOf(&Operation{Touches: []*Touch{{Aspects: []Aspect{0}}}}), "unknown aspect 0"},
		"severity":            {&Result{Diagnostics: []*Diagnostic{{}}}, "unknown severity 0"},
		"where it is": {
			&Result{Operations: []*Operation{{}, {Locks: []*Lock{{Mode: 1}, {Object: "field"}}}}},
			"operation 2: lock 2: object: ",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var r reader
			readResult(&r, c.result)
			require.ErrorContains(t, r.err, c.want)
		})
	}
}

func TestPassesThatAreRefused(t *testing.T) {
	t.Parallel()
	object := &Object{Address: "model a.b"}
	for name, c := range map[string]struct {
		pass *Pass
		want string
	}{
		"number beyond the objects": {&Pass{Objects: []*Object{object}, From: []uint32{2}}, "object 2 of 1"},
		"number 0 in a state":       {&Pass{To: []uint32{0}}, "a state with object 0"},
		"change of nothing":         {&Pass{Changes: []*Change{{}}}, "a change of nothing"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var r reader
			readPass(&r, c.pass)
			require.ErrorContains(t, r.err, c.want)
		})
	}
}

func TestManifestsThatAreRefused(t *testing.T) {
	t.Parallel()
	attr := func(a *Attr) *Manifest { return &Manifest{Config: &Shape{Attrs: []*Attr{a}}} }
	for name, c := range map[string]struct {
		manifest *Manifest
		want     string
	}{
		"no place":               {&Manifest{Options: []*Option{{}}}, "no place of an option"},
		"place of the future":    {&Manifest{Options: []*Option{{On: 5}}}, "unknown place of an option 5"},
		"no type":                {attr(&Attr{}), "no type of an argument"},
		"type of the future":     {attr(&Attr{Type: 99}), "unknown type of an argument 99"},
		"kind of SQL":            {attr(&Attr{Type: 15, Sql: 5}), "unknown kind of SQL 5"},
		"likeness of the future": {&Manifest{Kinds: []*Kind{{Likeness: 5}}}, "unknown likeness 5"},
		"negative likeness":      {&Manifest{Kinds: []*Kind{{Likeness: -1}}}, "unknown likeness -1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var r reader
			readManifest(&r, c.manifest)
			require.ErrorContains(t, r.err, c.want)
		})
	}
}

func TestComparisonsThatAreRefused(t *testing.T) {
	t.Parallel()
	objects := []*Object{{Address: "view a.b"}}
	for name, c := range map[string]struct {
		request *JudgeRequest
		want    string
	}{
		"pair of one":               {&JudgeRequest{Objects: objects, Pairs: []*Pair{{Before: 1}}}, "a pair without two objects"},
		"number beyond the objects": {&JudgeRequest{Objects: objects, Pairs: []*Pair{{Before: 1, After: 2}}}, "object 2 of 1"},
		"object without address":    {&JudgeRequest{Objects: []*Object{{}}}, "an object without address"},
		"number 0 in a state":       {&JudgeRequest{From: []uint32{0}}, "a state with object 0"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var r reader
			readComparison(&r, c.request)
			require.ErrorContains(t, r.err, c.want)
		})
	}
}

func TestVerdictsThatAreRefused(t *testing.T) {
	t.Parallel()
	for _, verdict := range []Alikeness{0, 4, -1} {
		_, err := readVerdicts(&JudgeResponse{Verdicts: []Alikeness{verdict}})
		require.ErrorIs(t, err, ErrAnswer)
		require.ErrorContains(t, err, "unknown alikeness")
	}
	stored, err := JudgeAnswer([]detect.Alikeness{7}) // of a plugin in Go
	require.NoError(t, err)
	_, err = ReadJudgeAnswer(stored)
	require.ErrorIs(t, err, ErrAnswer)
}

// A manifest of before there were places of apps, likenesses and arguments of
// today: what is absent means what it meant.
func TestAManifestOfYesterday(t *testing.T) {
	t.Parallel()
	// Field by field as released: rls.policy on models, a keyword; no field above Kind 7, Option 8 and Attr 11.
	message := &Manifest{
		Name: "rls", Version: "1.0.0",
		Kinds: []*Kind{{Name: "rls.policy", Siblings: []string{"field"}, Version: 2}},
		Options: []*Option{{Name: "policy", On: 1, Kind: "rls.policy", Labelled: true, Shape: &Shape{Attrs: []*Attr{
			{Name: "command", Type: 5, OneOf: []string{"all", "select"}, Aspects: []Aspect{2}},
		}}}},
	}
	var r reader
	have := readManifest(&r, message)
	require.NoError(t, r.err)
	require.Equal(t, &detect.Manifest{
		Name: "rls", Version: "1.0.0",
		Kinds: []detect.Kind{{Name: "rls.policy", Siblings: []string{"field"}, Version: 2}},
		Options: []detect.Option{{Name: "policy", On: "model", Kind: "rls.policy", Labelled: true, Shape: detect.Shape{Attrs: []detect.Attr{
			{Name: "command", Type: "keyword", OneOf: []string{"all", "select"}, Aspects: []string{"name"}},
		}}}},
	}, have)
	require.JSONEq(t, `{"name":"rls","version":"1.0.0","doc":"","emits":null,"kinds":[{"name":"rls.policy","doc":"","siblings":["field"],"version":2}],
		"options":[{"name":"policy","on":"model","kind":"rls.policy","doc":"","labelled":true,"shape":{"attrs":[
		{"name":"command","type":"keyword","one_of":["all","select"],"aspects":["name"]}]}}]}`, toJSON(t, have), "what the lock has the sum of")
}

func operationOf(o *Operation) *Result {
	if o.Target == "" {
		o.Target = "model a.b"
	}
	return &Result{Operations: []*Operation{o}}
}
