package triggers

import (
	"encoding/binary"
	"fmt"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
)

// A locking is how two transactions are kept from breaking a constraint
// together, each without a sight of the other. The locks are advisory and last
// until the end of the transaction; the check comes in a statement of its own
// behind them, which at READ COMMITTED sees all that was committed before.
type locking int

const (
	lockNothing locking = iota // a violation is in one row, which PostgreSQL locks itself
	lockEdge                   // it is in a row and one that it refers to: they share the reference
	lockKeys                   // it is in one result: writers share its keys
	lockRows                   // it is in a row and several it refers to: rows shared, the others exclusive
	lockAll                    // it can be anywhere
)

func (q *query) locking() locking {
	switch {
	case q.syntax.opaque:
		return lockAll
	case !q.grouped && len(q.joins) == 1:
		return lockNothing
	case q.whole() || q.repeats():
		return lockAll
	case q.grouped || q.manyRows():
		return q.keyLocking()
	case len(q.joins) == 2 && q.joins[1].own.typ.hashable() && q.joins[1].link.typ.hashable():
		return lockEdge
	}
	return lockRows
}

// keyLocking returns lockKeys if the keys have a hash that is the same for equal
// values in every session, which that of an expression need not have.
func (q *query) keyLocking() locking {
	for _, k := range q.keys {
		if k.column == nil || !k.column.typ.hashable() {
			return lockAll
		}
	}
	return lockKeys
}

// repeats reports whether a table is in the query twice. It would have to be
// locked in two ways.
func (q *query) repeats() bool {
	seen := map[address.Address]bool{}
	for _, j := range q.joins {
		if seen[j.address] {
			return true
		}
		seen[j.address] = true
	}
	return false
}

func (q *query) manyRows() bool {
	for _, j := range q.joins {
		if j.many {
			return true
		}
	}
	return false
}

// unkeyed reports whether there is a table whose rows do not have the keys.
func (q *query) unkeyed() bool {
	for at := range q.joins {
		if q.keyed(at, newRow) == nil {
			return true
		}
	}
	return false
}

// A lockbox makes the statements that lock for one constraint.
type lockbox struct {
	*query
	class int32 // of the constraint's locks among all advisory locks
}

// lockClass returns the class of the locks of what is identified so.
func lockClass(identity ...string) int32 {
	hash := hashOf(identity)
	return int32(binary.BigEndian.Uint32(hash[:4]))
}

// statements returns what a function that checks a row of a table runs first.
func (l lockbox) statements(t trigger) []string {
	if t.event == "TRUNCATE" {
		return nil // it has locked the whole table
	}
	keys := l.keyed(t.at, t.row)
	switch l.locking() {
	case lockEdge:
		return l.edge(t)
	case lockKeys:
		return l.keys(keys)
	case lockRows:
		if t.at == 0 {
			return []string{l.everything("_shared")}
		}
		return []string{l.everything("")}
	case lockAll:
		return []string{l.everything("")}
	}
	return nil
}

func (l lockbox) edge(t trigger) []string {
	j := l.joins[1]
	if t.at == 0 {
		return []string{l.one("_shared", as(j.link, j.own, t.row))}
	}
	return []string{l.one("", j.own.of(string(t.row)))}
}

// keys: those with the keys meet there, the others meet everybody.
func (l lockbox) keys(keys []string) []string {
	if keys == nil {
		return []string{l.everything("")}
	}
	lock := l.one("", keys...)
	if l.unkeyed() {
		return []string{l.everything("_shared"), lock}
	}
	return []string{lock}
}

// everything locks -1, which no hash is.
func (l lockbox) everything(mode string) string {
	return fmt.Sprintf("PERFORM pg_advisory_xact_lock%s(%d, -1);", mode, l.class)
}

// one locks a bucket of the values' hash. Buckets bound the number of locks that
// a transaction holds; that two values share one costs only concurrency.
func (l lockbox) one(mode string, values ...string) string {
	return fmt.Sprintf("PERFORM pg_advisory_xact_lock%s(%d, (hash_record_extended(ROW(%s), 0) & 1023)::integer);",
		mode, l.class, strings.Join(values, ", "))
}
