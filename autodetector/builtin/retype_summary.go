package builtin

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

func (r retyping) summary() string {
	var parts []string
	if r.from.name != r.to.name {
		parts = append(parts, "rename column "+r.from.name+" to "+r.to.name)
	}
	if r.from.kind.sql != r.to.kind.sql {
		parts = append(parts, r.from.kind.sql+" to "+r.to.kind.sql)
	}
	if r.from.field.Null != r.to.field.Null {
		parts = append(parts, map[bool]string{true: "null", false: "not null"}[r.to.field.Null])
	}
	if r.from.value != r.to.value {
		parts = append(parts, "default "+valueOr(r.to.value, "none"))
	}
	if r.renamesSequence() {
		parts = append(parts, "rename sequence to "+r.to.field.Sequence)
	}
	if r.from.field.Identity != r.to.field.Identity {
		parts = append(parts, "identity "+valueOr(r.to.field.Identity, "none"))
	}
	if r.from.field.Comment != r.to.field.Comment {
		parts = append(parts, "comment")
	}
	if len(parts) == 0 {
		return ""
	}
	return ": " + strings.Join(parts, ", ")
}

func valueOr(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

func (r retyping) touches() []operation.Touch {
	var aspects state.Aspects
	if r.from.name != r.to.name {
		aspects |= state.Name
	}
	if r.retype {
		aspects |= touched(r.from.kind, r.to.kind)
	}
	return touch(r.to.address, aspects)
}
