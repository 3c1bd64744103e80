package triggers

import (
	"fmt"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

// agrees returns the mistake that another audit wants the same history table, or
// another partition of the log.
func (a *audit) agrees(s *state.State) error {
	for o := range s.All() {
		if o.Address.Kind() != AuditKind || o.Parent == a.address || !s.Has(o.Parent) {
			continue
		}
		other, err := state.Decode[auditAttrs](o)
		if err != nil {
			return fmt.Errorf("reading the attributes of %s: %w", o.Address, err)
		}
		if a.Partition != "" && other.Partition != "" && a.Partition != other.Partition {
			return otherPartition(a, o.Parent, other.Partition)
		}
		m, err := state.Decode[model.Model](s.Get(o.Parent))
		if err != nil {
			return fmt.Errorf("reading %s: %w", o.Parent, err)
		}
		if a.history != "" && other.Storage == storageHistory && historyTable(other, &table{Model: m}) == a.history {
			return sharedHistory(a, o.Parent)
		}
	}
	return nil
}

func otherPartition(a *audit, other address.Address, partition string) diag.Diagnostic {
	return diag.Diagnostic{
		Code:    "WH6121",
		Summary: fmt.Sprintf("the audits of %s and %s want the log partitioned by %s and by %s", a.address.Path(), other.Path(), a.Partition, partition),
		Detail:  "There is one log for all models, and partition says how it is divided.",
		Next:    "write the same partition in both, or in one only",
	}
}

func sharedHistory(a *audit, other address.Address) diag.Diagnostic {
	return diag.Diagnostic{
		Code:    "WH6122",
		Summary: fmt.Sprintf("the histories of %s and %s would be in one table, audit.%s", a.address.Path(), other.Path(), a.history),
		Detail:  "A history table is named after its table, and these two have one name in two schemas.",
		Next:    "name the history of one of them: history = \"...\"",
	}
}

// maskedKey returns the mistake to hide what tells rows apart.
func maskedKey(c column) diag.Diagnostic {
	return diag.Diagnostic{
		Code:    "WH6108",
		Summary: "field " + c.address.Path() + " of the primary key cannot be masked",
		Detail:  "The primary key is in every record, as it says which row the record is about.",
		Next:    "take " + c.address.Name() + " out of mask",
	}
}

// unmanagedAudit returns the mistake to audit a table that is not ours without
// saying how: it may be partitioned.
func unmanagedAudit(t *table) diag.Diagnostic {
	mistake := unmanaged(t, "an audit trigger")
	mistake.Next += "; or write level = row, for triggers on a table that is made elsewhere"
	return mistake
}
