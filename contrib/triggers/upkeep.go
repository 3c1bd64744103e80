package triggers

import (
	"cmp"
	"fmt"

	"github.com/whimbreldb/whimbrel/contrib/triggers/record"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// partitionNone keeps the log in one table.
const partitionNone = "none"

// defaultPartition is how the log is divided where no audit says it.
const defaultPartition = "month"

// buildUpkeep returns the SQL of the functions that look after the log and the
// history tables. They are there for as long as something is audited.
func buildUpkeep(s *state.State, o *state.Object, _ naming) (built, error) {
	unit, err := partitionOf(s)
	if err != nil {
		return built{}, err
	}
	b := built{
		verb: "audit_upkeep", noun: "upkeep of the audit log",
		needs: []operation.Need{{Verb: operation.Create, Object: address.New(LogKind, "audit_log"), Soft: true, Why: "it looks after the log"}},
		names: []string{operation.Name("relation", record.Schema, "retention")},
	}
	former := o.Rendering < auditRendering
	b.create = []string{createRetention}
	for _, f := range upkeepFunctions(former) {
		b.create = append(append(b.create, f.create()), f.revoke()...)
		b.drop = append([]string{f.drop()}, b.drop...)
		b.names = append(b.names, operation.Name("function", record.Schema, f.name))
	}
	if !former {
		b.create = append(b.create, extendLog()...)
		b.drop = append([]string{dropRenames}, b.drop...)
		b.names = append(b.names, operation.Name("relation", record.Schema, "renames"))
	}
	b.create = append(b.create, partitionBy(cmp.Or(unit, defaultPartition)))
	b.drop = append(b.drop, "DROP TABLE audit.retention")
	return b, nil
}

// partitionOf returns how the audits of a state want the log to be divided, empty
// if there are none.
func partitionOf(s *state.State) (string, error) {
	unit := ""
	for o := range s.All() {
		if o.Address.Kind() != AuditKind {
			continue
		}
		a, err := state.Decode[auditAttrs](o)
		if err != nil {
			return "", fmt.Errorf("reading the attributes of %s: %w", o.Address, err)
		}
		if a.Partition != "" {
			return a.Partition, nil
		}
		unit = defaultPartition
	}
	return unit, nil
}

// divide adds to an operation on an audit what divides the log otherwise, if it is
// this audit that says so.
func divide(op *operation.Operation, before, after built, from, to *state.State) error {
	if before.partition() == after.partition() {
		return nil
	}
	was, err := partitionOf(from)
	if err != nil {
		return err
	}
	is, err := partitionOf(to)
	if err != nil || was == "" || is == "" || was == is {
		return err
	}
	op.Up = append(op.Up, operation.SQL(partitionBy(is))...)
	op.Down = append(op.Down, operation.SQL(partitionBy(was))...)
	return nil
}

// partition returns how an audit wants the log to be divided; empty: it does not say.
func (b built) partition() string {
	if b.audit == nil {
		return ""
	}
	return b.audit.Partition
}

func partitionBy(unit string) string {
	return "SELECT audit.partition_by(" + address.Literal(unit) + ")"
}

// addRetention notes how long records are kept.
func (a *audit) addRetention(b *built) {
	if a.Retention == "" {
		return
	}
	history := "NULL"
	if a.history != "" {
		history = address.Literal(a.history)
	}
	b.create = append(b.create, "INSERT INTO audit.retention (model, keep, history) VALUES ("+address.Literal(a.model)+", "+
		address.Literal(a.Retention)+", "+history+")\nON CONFLICT (model) DO UPDATE SET keep = excluded.keep, history = excluded.history")
	b.drop = append(b.drop, "DELETE FROM audit.retention WHERE model = "+address.Literal(a.model))
}

const createRetention = `CREATE TABLE IF NOT EXISTS audit.retention (
    model text PRIMARY KEY,
    keep interval NOT NULL,
    history text
)`
