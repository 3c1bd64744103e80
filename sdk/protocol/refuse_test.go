package protocol

import (
	"testing"

	"github.com/stretchr/testify/require"
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

func operationOf(o *Operation) *Result {
	if o.Target == "" {
		o.Target = "model a.b"
	}
	return &Result{Operations: []*Operation{o}}
}
