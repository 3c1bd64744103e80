package review

import (
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
)

// OneWay is the code of the fault that an operation has no way back and does not say
// why.
const OneWay = "WH4056"

// reversible refuses an operation that changes something, cannot be taken back, and
// does not say so.
func (r *Review) reversible(op operation.Operation) error {
	if len(op.Up) == 0 || len(op.Down) > 0 || op.Irreversible != "" {
		return nil
	}
	for _, s := range op.Up {
		acts, err := r.Reader.Effects(s.Text())
		if err != nil {
			return unreadable(s.Text(), err)
		}
		for _, act := range acts {
			if Changes(act) {
				return &Fault{
					Code: OneWay, SQL: s.Text(), What: "has neither a way back nor a reason why there is none",
					Advice: "give it the statements that undo these (Down; the SDK: Script.Drop, or what Create, Alter and Drop take behind up), or say why there are none (Irreversible)",
				}
			}
		}
	}
	return nil
}

// Changes reports whether a statement may change something, rather than look at what
// is there, as a check of the rows does.
func Changes(act parser.Act) bool {
	if act.Opaque || act.Kind != "DO" && act.Kind != "SELECT" {
		return true
	}
	for _, e := range act.Effects {
		if e.Verb != parser.Refers && e.Verb != parser.Locks {
			return true
		}
	}
	return false
}
