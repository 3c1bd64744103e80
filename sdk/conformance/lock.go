package conformance

import (
	"context"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// The tables of users that are there, and those of them that this session has
// locks on. A table is known by its OID, for an operation may rename it.
const (
	tablesQuery = `SELECT c.oid, n.nspname, c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
		WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\_%'`
	locksQuery = `SELECT l.relation, l.mode FROM pg_catalog.pg_locks l WHERE l.locktype = 'relation' AND l.pid = pg_catalog.pg_backend_pid()
		AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()) ORDER BY 1, 2`
)

// watch runs statements in a transaction and compares the locks in its end with
// what the operation claims.
func (r *runner) watch(ctx context.Context, op operation.Operation, statements []operation.Statement, s *state.State) string {
	models, why := r.tables(ctx, s)
	if why != "" {
		return why
	}
	if _, err := r.db.Query(ctx, "BEGIN"); err != nil {
		return err.Error()
	}
	for _, statement := range statements {
		if _, err := r.db.Query(ctx, statement.Text()); err != nil {
			_, _ = r.db.Query(ctx, "ROLLBACK") // that it failed is said
			return refusal(op, statement, err)
		}
	}
	locks, err := r.db.Query(ctx, locksQuery)
	if err != nil {
		return err.Error()
	}
	for _, lock := range locks.Values {
		if a, known := models[lock[0]]; known {
			r.judge(op, a, lockMode(lock[1]))
		}
	}
	if _, err := r.db.Query(ctx, "COMMIT"); err != nil {
		return op.Kind + " on " + op.Target.String() + ": " + err.Error()
	}
	return ""
}

// judge compares a lock with what was claimed. Locks that other sessions hardly
// notice need no claim.
func (r *runner) judge(op operation.Operation, table address.Address, have operation.LockMode) {
	claimed := operation.LockMode("")
	for _, lock := range op.Locks {
		if lock.Object == table && (claimed == "" || lock.Mode.Covers(claimed)) {
			claimed = lock.Mode
		}
	}
	switch {
	case claimed == "" && have.Covers(operation.ShareUpdateExclusive):
		r.wrong(lockCheck, "%s on %s locks the table of %s: %s, and claims nothing", op.Kind, op.Target.Path(), table.Path(), have)
	case claimed != "" && !claimed.Covers(have):
		r.wrong(lockCheck, "%s on %s locks the table of %s: %s, and claims %s", op.Kind, op.Target.Path(), table.Path(), have, claimed)
	}
}

// tables returns the models whose tables are there, by OID.
func (r *runner) tables(ctx context.Context, s *state.State) (map[string]address.Address, string) {
	rows, err := r.db.Query(ctx, tablesQuery)
	if err != nil {
		return nil, err.Error()
	}
	named := map[[2]string]address.Address{}
	for o := range s.All() {
		attrs, err := state.Decode[model.Model](o)
		if err == nil && o.Address.Kind() == model.ModelKind {
			named[[2]string{attrs.Schema, attrs.Table}] = o.Address
		}
	}
	models := map[string]address.Address{}
	for _, row := range rows.Values {
		if a, known := named[[2]string{row[1], row[2]}]; known {
			models[row[0]] = a
		}
	}
	return models, ""
}

// lockMode returns the mode that pg_locks calls AccessExclusiveLock.
func lockMode(name string) operation.LockMode {
	for _, mode := range operation.LockModes() {
		if strings.EqualFold(strings.ReplaceAll(string(mode), " ", "")+"Lock", name) {
			return mode
		}
	}
	return operation.LockMode(name)
}
