package detect

import (
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// The most that Check lets through.
const (
	MaxOperations  = 1_000_000 // in one result
	MaxDiagnostics = 1_000     // in one result
	MaxText        = 1 << 20   // bytes of one text, SQL included
)

// Check returns what is wrong with a detector's answer to a pass: what it emits
// without having said so, objects that are not its own, and parts that make no
// sense. A result that passes can still be wrong; the autodetector proves that
// by replaying it. The list is empty for a good result, and names the detector
// otherwise.
func Check(m *Manifest, pass Pass, result Result) diag.List {
	c := checker{
		manifest: m, changed: map[address.Address][]byte{}, observed: map[address.Address]bool{},
		seen: map[string][]*operation.Operation{},
	}
	for _, op := range pass.Observed {
		c.observed[op.Target] = true
	}
	for _, change := range pass.Changes {
		c.changed[change.Address()] = []byte{}
		if change.After != nil {
			c.changed[change.Address()] = change.After.Attrs
		}
	}
	if c.size(len(result.Operations), MaxOperations, "operations") {
		for i := range result.Operations {
			c.operation(&result.Operations[i])
		}
	}
	c.facts(result.Facts)
	c.questions(result.Questions)
	if c.size(len(result.Diagnostics), MaxDiagnostics, "diagnostics") {
		c.diagnostics(result.Diagnostics)
	}
	return c.found
}

// A checker collects what is wrong with one result.
type checker struct {
	manifest *Manifest
	changed  map[address.Address][]byte // the attributes that they will have
	observed map[address.Address]bool   // targets of observed operations
	seen     map[string][]*operation.Operation
	found    diag.List
}

// reject records one finding; what is "emits ..." behind the detector's name.
func (c *checker) reject(code, subject, format string, args ...any) {
	if len(c.found) >= 20 {
		return // what is this wrong does not need a complete list
	}
	c.found = append(c.found, diag.Diagnostic{
		Code:    code,
		Summary: fmt.Sprintf("plugin %q ", c.manifest.Name) + fmt.Sprintf(format, args...),
		Detail:  "What a plugin answers is checked before anything is written. This is a mistake in the plugin, not in the models.",
		Next:    fmt.Sprintf("report it to the author of %s %s", c.manifest.Name, c.manifest.Version),
		Address: subject,
	})
}

func (c *checker) size(have, most int, what string) bool {
	if have > most {
		c.reject("WH4051", "", "answers with %d %s, at most %d are taken", have, what, most)
	}
	return have <= most
}

func (c *checker) operation(op *operation.Operation) {
	subject := op.Target.String()
	if !slices.Contains(c.manifest.Emits, op.Kind) {
		c.reject("WH4041", subject, "emits an operation of kind %q, which its manifest does not list", op.Kind)
	}
	if op.Detector != "" && op.Detector != c.manifest.Name {
		c.reject("WH4041", subject, "emits an operation in the name of %q", op.Detector)
	}
	if len(op.Edits) > 0 || !c.observed[op.Target] {
		c.own(op, op.Target, "has the target")
	}
	for _, edit := range op.Edits {
		c.edit(op, edit)
	}
	c.order(op)
	c.texts(op)
	c.unique(op)
	for i := range op.Online {
		c.part(op, &op.Online[i])
	}
}

// part checks one of the operations that do the same on a table in use.
func (c *checker) part(op, part *operation.Operation) {
	if part.Target != op.Target || len(part.Online) > 0 {
		c.reject("WH4045", op.Target.String(), "emits %s with a part that is about %s, or has parts of its own", op.Kind, part.Target)
		return
	}
	c.operation(part)
}

// own checks that an operation may concern an object.
func (c *checker) own(op *operation.Operation, a address.Address, does string) {
	switch {
	case a.IsZero():
		c.reject("WH4042", "", "emits %s, which %s nothing", op.Kind, does)
	case !c.owns(a.Kind()):
		c.reject("WH4042", a.String(), "emits %s, which %s %s: the kind %q is not its own", op.Kind, does, a, a.Kind())
	case c.changed[a] == nil:
		c.reject("WH4043", a.String(), "emits %s, which %s %s: that object did not change", op.Kind, does, a)
	}
}

func (c *checker) owns(kind string) bool {
	return slices.ContainsFunc(c.manifest.Kinds, func(k Kind) bool { return k.Name == kind })
}

func (c *checker) edit(op *operation.Operation, edit state.Edit) {
	switch {
	case edit.Read != nil:
		c.reject("WH4044", op.Target.String(), "emits %s with an edit that says what SQL was read as, which is the core's to say", op.Kind)
	case edit.Put != nil && edit.Drop.IsZero() && len(edit.Rename) == 0:
		c.own(op, edit.Put.Address, "puts")
		c.attrs(op, edit.Put)
	case edit.Put == nil && !edit.Drop.IsZero() && len(edit.Rename) == 0:
		c.own(op, edit.Drop, "drops")
	case edit.Put == nil && edit.Drop.IsZero() && len(edit.Rename) > 0:
		for _, rename := range edit.Rename {
			c.own(op, rename.From, "renames")
			c.own(op, rename.To, "renames to")
		}
	default:
		c.reject("WH4044", op.Target.String(), "emits %s with an edit that is not exactly one of put, drop and rename", op.Kind)
	}
}
