package migration

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// format is the number of the format of both files.
const format = 1

// A step is an operation in a sidecar: without SQL, with its hashes instead.
type step struct {
	Kind         string                `json:"kind"`
	Target       json.RawMessage       `json:"target,omitempty"`
	Detector     string                `json:"detector,omitempty"`
	Summary      string                `json:"summary,omitempty"`
	Transaction  operation.Transaction `json:"transaction,omitempty"`
	Irreversible string                `json:"irreversible,omitempty"`
	Needs        []operation.Need      `json:"needs,omitempty"`
	Touches      []operation.Touch     `json:"touches,omitempty"`
	Frees        []string              `json:"frees,omitempty"`
	Takes        []string              `json:"takes,omitempty"`
	Hazard       []operation.Hazard    `json:"hazard,omitempty"`
	Locks        []operation.Lock      `json:"locks,omitempty"`
	Up           string                `json:"up_sha256,omitempty"`
	Down         string                `json:"down_sha256,omitempty"`
}

// sidecar returns the bytes of the .ops.json: one line for each edit, so that a
// difference in git is one of lines. Only hashes of the SQL are in it.
func (m *Migration) sidecar(hashes []Hashes) ([]byte, error) {
	e := &encoder{}
	e.out.WriteString("{\n")
	e.member("whimbrel", format)
	e.member("id", m.ID)
	e.member("app", m.App)
	e.member("parents", append([]string{}, m.Parents...))
	e.member("version", m.Version)
	e.member("detectors", m.Detectors)
	if m.StateHash != "" {
		e.member("state", m.StateHash)
	}
	if m.Edited {
		e.member("edited", true)
	}
	e.out.WriteString("\"operations\": [\n")
	for i, op := range m.Operations {
		e.operation(op, hashes[i])
		e.separate(i, len(m.Operations))
	}
	e.out.WriteString("]\n}\n")
	return e.out.Bytes(), e.err
}

// An encoder writes JSON and keeps the first error.
type encoder struct {
	out bytes.Buffer
	err error
}

func (e *encoder) value(v any) {
	if e.err != nil {
		return
	}
	writer := json.NewEncoder(&e.out)
	writer.SetEscapeHTML(false)
	if e.err = writer.Encode(v); e.err == nil {
		e.out.Truncate(e.out.Len() - 1) // the line break that Encode adds
	}
}

func (e *encoder) member(name string, v any) {
	fmt.Fprintf(&e.out, "%q: ", name)
	e.value(v)
	e.out.WriteString(",\n")
}

func (e *encoder) separate(i, n int) {
	if i < n-1 {
		e.out.WriteByte(',')
	}
	e.out.WriteByte('\n')
}

func (e *encoder) operation(op operation.Operation, hashes Hashes) {
	e.value(newStep(op, hashes))
	if e.err != nil {
		return
	}
	e.out.Truncate(e.out.Len() - 1) // the brace
	e.out.WriteString(",\"edits\":[\n")
	for i, edit := range op.Edits {
		e.out.WriteString("  ")
		e.edit(edit)
		e.separate(i, len(op.Edits))
	}
	e.out.WriteString("]}")
}

func (e *encoder) edit(edit state.Edit) {
	if edit.Put != nil && len(edit.Put.Attrs) == 0 {
		e.err = fmt.Errorf("%s has no attributes, not even {}", edit.Put.Address)
		return
	}
	e.value(edit)
}

func newStep(op operation.Operation, hashes Hashes) step {
	s := step{
		Kind: op.Kind, Detector: op.Detector, Summary: op.Summary,
		Transaction: op.Transaction, Irreversible: op.Irreversible,
		Needs: op.Needs, Touches: op.Touches, Frees: op.Frees, Takes: op.Takes,
		Hazard: withoutProbes(op.Hazard), Locks: op.Locks, Up: hashes.Up, Down: hashes.Down,
	}
	if !op.Target.IsZero() {
		s.Target, _ = json.Marshal(op.Target.String()) // a string always has a form
	}
	return s
}

func withoutProbes(hazards []operation.Hazard) []operation.Hazard {
	var bare []operation.Hazard
	for _, h := range hazards {
		h.Probe = ""
		bare = append(bare, h)
	}
	return bare
}
