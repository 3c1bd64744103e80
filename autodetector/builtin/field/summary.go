package field

import (
	"strings"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/column"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

func (r retyping) summary() string {
	var parts []string
	if r.from.Name != r.to.Name {
		parts = append(parts, "rename column "+r.from.Name+" to "+r.to.Name)
	}
	if r.from.Type.SQL != r.to.Type.SQL {
		_, zone := column.ZoneOf(r.from.Type, r.to.Type)
		if r.using != "" {
			zone = " by " + r.using
		}
		parts = append(parts, r.from.Type.SQL+" to "+r.to.Type.SQL+zone)
	}
	if r.key != nil {
		parts = append(parts, r.key.new+" of "+r.key.target+" instead of "+r.key.old)
	}
	if from, to := r.from.Field.Collate, r.to.Field.Collate; from != to {
		parts = append(parts, "collation "+valueOr(to, "of the database"))
	}
	if r.from.Field.Null != r.to.Field.Null {
		parts = append(parts, map[bool]string{true: "null", false: "not null"}[r.to.Field.Null])
	}
	if r.from.Default != r.to.Default {
		parts = append(parts, "default "+valueOr(r.to.Default, "none"))
	}
	if r.renamesSequence() {
		parts = append(parts, "rename sequence to "+r.to.Field.Sequence)
	}
	if r.from.Field.Identity != r.to.Field.Identity {
		parts = append(parts, "identity "+valueOr(r.to.Field.Identity, "none"))
	}
	if r.from.Field.Comment != r.to.Field.Comment {
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

func (r retyping) touches() []operation.Touch { return sdk.Touching(r.to.Address, r.aspects()) }

// aspects are those of the column that the change disturbs.
func (r retyping) aspects() state.Aspects {
	var aspects state.Aspects
	if r.from.Name != r.to.Name {
		aspects |= state.Name
	}
	if r.retype {
		aspects |= r.from.Type.Touched(r.to.Type)
	}
	return aspects
}
