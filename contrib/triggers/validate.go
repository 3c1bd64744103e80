package triggers

import (
	"encoding/json"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// validates reports whether nothing of a constraint trigger changes but whether
// the rows that are there are checked.
func validates(c state.Change) bool {
	if c.Before == nil || c.After == nil || c.After.Address.Kind() != ConstraintKind || c.Before.Parent != c.After.Parent ||
		c.Before.Rendering != c.After.Rendering {
		return false
	}
	before, after := withoutValidate(c.Before), withoutValidate(c.After)
	return before != "" && before == after
}

func withoutValidate(o *state.Object) string {
	var attrs map[string]json.RawMessage
	if err := json.Unmarshal(o.Attrs, &attrs); err != nil {
		return ""
	}
	delete(attrs, "validate")
	written, err := state.Encode(attrs)
	if err != nil {
		return ""
	}
	return string(written)
}

// validate adds the operation that checks the rows that were there before the
// constraint trigger, which itself stays as it is. Rows written since are checked
// by it.
func validate(result *detect.Result, pass detect.Pass, o *state.Object, old built, build builder) error {
	b, err := build(pass.To, o, asNow)
	if err != nil {
		return err
	}
	op := operation.Operation{
		Kind: Name + ".validate_constraint_trigger", Target: o.Address, Summary: "validate " + b.noun, Edits: []state.Edit{state.Put(o)},
	}
	if b.check != "" && old.check == "" {
		op.Up = operation.SQL(b.check)
	}
	result.Diagnostics = append(result.Diagnostics, b.warnings...)
	result.Operations = append(result.Operations, op)
	return nil
}
