package output

import (
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/operation"
)

// An OperationLine is an operation for people.
type OperationLine struct {
	Kind     string       `json:"kind"`
	Target   string       `json:"target"`
	Summary  string       `json:"summary"`
	Detector string       `json:"detector,omitempty"`
	Undone   bool         `json:"undone,omitempty"` // the way back
	Hazards  []HazardLine `json:"hazards,omitempty"`
}

// A HazardLine is a hazard for people.
type HazardLine struct {
	Code    string `json:"code"`
	Object  string `json:"object"`
	Text    string `json:"text"`
	Down    bool   `json:"down,omitempty"`
	Allowed bool   `json:"allowed,omitempty"`
}

// NewOperationLine describes an operation. Hazards that are allowed say so.
func NewOperationLine(op operation.Operation, allowed operation.Allowances) OperationLine {
	line := OperationLine{Kind: op.Kind, Target: op.Target.String(), Summary: op.Summary, Detector: op.Detector}
	if line.Summary == "" {
		line.Summary = operation.Words(op.Kind, op.Target.String())
	}
	for _, h := range op.Hazard {
		line.Hazards = append(line.Hazards, HazardLine{
			Code: h.Code, Object: h.Object.String(), Text: h.Text, Down: h.Down, Allowed: allowed.Covers(h),
		})
	}
	return line
}

// sign returns the mark before an operation: what comes, what goes, what changes.
func (o OperationLine) sign() string {
	verb, _, _ := strings.Cut(o.Kind[strings.LastIndexByte(o.Kind, '.')+1:], "_")
	if o.Undone {
		verb, _ = operation.Opposite(verb)
	}
	switch verb {
	case "create", "add":
		return "+"
	case "drop", "remove":
		return "-"
	}
	return "~"
}

// risks reports whether there is a hazard on the way up.
func (o OperationLine) risks() bool {
	return slices.ContainsFunc(o.Hazards, func(h HazardLine) bool { return !h.Down })
}

// Print prints the operation with the hazards on its way up.
func (o OperationLine) Print(p *Printer) {
	sign := o.sign()
	paint := map[string]func(string) string{"+": p.Green, "-": p.Red, "~": p.Yellow}[sign]
	p.Line("  %s %s", paint(sign), Flat(o.Summary))
	for _, h := range o.Hazards {
		if !h.Down || o.Undone {
			p.Line("      %s", h.Words(p))
		}
	}
}

// Words returns the hazard in one line.
func (h HazardLine) Words(p *Printer) string {
	code := p.Yellow("hazard " + Flat(h.Code))
	if h.Allowed {
		code = p.Dim("allowed " + Flat(h.Code))
	}
	return fmt.Sprintf("%s: %s", code, Flat(h.Text))
}
