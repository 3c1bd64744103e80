package triggers

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"sync"

	"github.com/whimbreldb/whimbrel/contrib/triggers/record"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A settlement is what audits have in common in a state, so that they have to agree.
type settlement struct {
	partitions map[string]address.Address   // the first model that asks for each, by its word
	histories  map[string][]address.Address // the models of each history table
}

// newShared reads all audits of a state.
func newShared(s *state.State) (settlement, error) {
	found := settlement{partitions: map[string]address.Address{}, histories: map[string][]address.Address{}}
	for o := range s.All() {
		parent := s.Get(o.Parent)
		if o.Address.Kind() != AuditKind || parent == nil {
			continue
		}
		if err := found.add(o, parent); err != nil {
			return settlement{}, err
		}
	}
	return found, nil
}

func (f settlement) add(o, parent *state.Object) error {
	attrs, err := state.Decode[auditAttrs](o)
	if err != nil {
		return fmt.Errorf("reading the attributes of %s: %w", o.Address, err)
	}
	if _, known := f.partitions[attrs.Partition]; attrs.Partition != "" && !known {
		f.partitions[attrs.Partition] = parent.Address
	}
	if attrs.Storage != record.InHistory {
		return nil
	}
	m, err := state.Decode[model.Model](parent)
	if err != nil {
		return fmt.Errorf("reading %s: %w", parent.Address, err)
	}
	history := historyTable(attrs, &table{Model: m})
	f.histories[history] = append(f.histories[history], parent.Address)
	return nil
}

// mistake returns the mistake that another audit wants the same history table, or
// another partition of the log.
func (f settlement) mistake(a *audit) error {
	if ownTables().MatchString(a.history) {
		return ownTable(a)
	}
	for _, unit := range slices.Sorted(maps.Keys(f.partitions)) {
		if a.Partition != "" && unit != a.Partition {
			return otherPartition(a, f.partitions[unit], unit)
		}
	}
	for _, other := range f.histories[a.history] {
		if other != a.address {
			return sharedHistory(a, other)
		}
	}
	return nil
}

// ownTables are the names in the schema of the log that are its own, and those of its
// partitions, indexes and sequences.
var ownTables = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(log(_default|_before|_\d{8})?(_pkey|_id_seq|_at_row_id_idx|_rows_idx)?|(renames|retention)(_pkey)?|history_[0-9a-f]{12}_(seq|pkey|at_idx|row_idx))$`)
})

func ownTable(a *audit) diag.Diagnostic {
	return diag.Diagnostic{
		Code:    "WH6123",
		Summary: fmt.Sprintf("the history of %s cannot be in audit.%s", a.address.Path(), a.history),
		Detail:  "The audit log has a table of its own of that name, or can get one.",
		Next:    "name the history otherwise: history = \"...\"",
	}
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
