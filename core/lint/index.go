package lint

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/sqltext/ddl"
)

func (s statement) concurrently() bool { return slices.Contains(s.words, "CONCURRENTLY") }

func indexBlocksWriters(s statement) []finding {
	x, ok := s.What.(ddl.CreateIndex)
	if !ok || s.concurrently() || s.fresh(x.Table) || x.Only {
		return nil
	}
	return one("writers of "+x.Table.Name+" wait until the index is built",
		"CREATE INDEX holds a SHARE lock on the table, which lets nobody insert, update or delete.",
		"write CREATE INDEX CONCURRENTLY, in a migration with -- +goose NO TRANSACTION")
}

func indexDropBlocks(s statement) []finding {
	if s.act.Kind != "DROP INDEX" || s.concurrently() {
		return nil
	}
	return one("dropping the index waits for, and then stops, everybody on its table",
		"DROP INDEX takes an ACCESS EXCLUSIVE lock: while it waits for a long query, all others wait behind it.",
		"write DROP INDEX CONCURRENTLY, in a migration with -- +goose NO TRANSACTION")
}

func concurrentlyInTransaction(s statement) []finding {
	index := s.act.Kind == "CREATE INDEX" || s.act.Kind == "DROP INDEX" || s.act.Kind == "REINDEX"
	if !index || !s.concurrently() || s.alone {
		return nil
	}
	return one("CONCURRENTLY cannot run inside a transaction",
		"PostgreSQL refuses it there (25001), and a migration runs in one unless it says otherwise.",
		"put the statement into a migration of its own with the line -- +goose NO TRANSACTION")
}
