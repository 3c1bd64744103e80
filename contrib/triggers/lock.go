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
	lockEdge                   // it is in a row and those of one table with a value of it: they share the value
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
	case q.linkedOnly():
		return lockEdge
	case q.grouped || q.manyRows():
		return q.keyLocking()
	case len(q.joins) == 2 && q.joins[1].lead.hashable():
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

// linkedOnly reports whether a row breaks the constraint together with those of
// one subquery, which have a value of it that is not its key.
func (q *query) linkedOnly() bool {
	return !q.grouped && len(q.joins) == 2 && q.joins[1].linked && q.keyed(1, newRow) == nil && len(q.voids(1)) == 0 &&
		q.joins[1].lead.hashable()
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
	class int32  // of the constraint's locks among all advisory locks
	rows  string // the table of lock rows, as an identifier; empty: advisory locks
}

// buckets is how many buckets the values that are locked fall into. It bounds the
// locks that a transaction holds; that two values share one costs only
// concurrency.
const buckets = 256

// lockClass returns the class of the locks of what is identified so.
func lockClass(identity ...string) int32 {
	hash := hashOf(identity)
	return int32(binary.BigEndian.Uint32(hash[:4]))
}

// statements returns what a function that checks a row of a table runs first.
func (l lockbox) statements(t trigger) []string {
	if t.event == "TRUNCATE" {
		return l.truncation()
	}
	switch l.locking() {
	case lockEdge:
		return l.edge(t)
	case lockKeys:
		return l.keys(l.keyed(t.at, t.row), "")
	case lockRows:
		if t.at == 0 {
			return l.everything("_shared")
		}
		return l.everything("")
	case lockAll:
		return l.everything("")
	}
	return nil
}

// narrow reports whether what is locked for a row concerns only others with the
// same value.
func (l lockbox) narrow(t trigger) bool {
	return l.locking() == lockEdge || l.locking() == lockKeys && l.keyed(t.at, t.row) != nil
}

// truncation locks what a TRUNCATE does. It has locked the whole table, so those
// who come later wait for it, and it waits for those who have read it. But where
// it looks at an older state of the database it would not see what they wrote.
func (l lockbox) truncation() []string {
	if l.rows == "" || l.locking() == lockNothing {
		return nil
	}
	return l.everything("")
}

func (l lockbox) edge(t trigger) []string {
	lead := l.joins[1].lead
	typ, _ := meet(lead.own.typ, lead.link.typ)
	if t.at == 0 {
		return []string{l.some("_shared", "", lead.link.in(typ, t.row))}
	}
	return []string{l.some("", "", lead.own.in(typ, t.row))}
}

// keys: those with the keys meet there, the others meet everybody.
func (l lockbox) keys(keys []string, source string) []string {
	if keys == nil {
		return l.everything("")
	}
	lock := l.some("", source, keys...)
	if l.unkeyed() && l.rows == "" {
		return append(l.everything("_shared"), lock)
	}
	return []string{lock}
}

// everything locks -1, which no hash is. A row cannot be shared by those who do
// not change it: who looks at an older state of the database would not see that
// they were there. So it is all rows, if others lock one each, else one of them.
// The last one, which nobody locks alone, shows that a transaction has them all.
func (l lockbox) everything(mode string) []string {
	switch {
	case l.rows == "":
		return []string{l.take(mode, "-1")}
	case l.locking() == lockKeys || l.locking() == lockEdge:
		return []string{fmt.Sprintf("IF NOT EXISTS (SELECT FROM %s AS l WHERE l.bucket = %d AND l.holder = pg_current_xact_id()) THEN\n        %s\n    END IF;",
			l.rows, buckets, l.touch(fmt.Sprintf("generate_series(0, %d) AS b(bucket)", buckets)))}
	}
	return []string{l.touch("(VALUES (0)) AS b(bucket)")}
}

// some locks the bucket of the values' hash, or with a source of rows those of
// all their values, in one order for all, so that no two wait for each other.
func (l lockbox) some(mode, source string, values ...string) string {
	bucket := fmt.Sprintf("(hash_record_extended(ROW(%s), 0) & %d)::integer", strings.Join(values, ", "), buckets-1)
	from := "(SELECT DISTINCT " + bucket + " AS bucket FROM " + source + " ORDER BY 1) AS b"
	switch {
	case l.rows != "" && source == "":
		return l.touch("(VALUES (" + bucket + ")) AS b(bucket)")
	case l.rows != "":
		return l.touch(from)
	case source != "":
		return fmt.Sprintf("PERFORM pg_advisory_xact_lock%s(%d, b.bucket) FROM %s;", mode, l.class, from)
	}
	return l.take(mode, bucket)
}

// take locks one bucket. As a condition, which never holds, the call is no query
// of its own and takes a tenth of the time.
func (l lockbox) take(mode, bucket string) string {
	return fmt.Sprintf("IF pg_advisory_xact_lock%s(%d, %s) IS NULL THEN RETURN NULL; END IF;", mode, l.class, bucket)
}

// touch writes lock rows. At REPEATABLE READ and SERIALIZABLE it fails with a
// serialization failure if another transaction that the present one does not see
// has written them. A transaction writes a row once; later it has it anyway.
func (l lockbox) touch(buckets string) string {
	return "INSERT INTO " + l.rows + " AS l (bucket, holder) SELECT b.bucket, pg_current_xact_id() FROM " + buckets +
		"\n        ON CONFLICT (bucket) DO UPDATE SET holder = excluded.holder WHERE l.holder <> excluded.holder;"
}

// createLockRows returns the table of lock rows. What is in it matters only between
// transactions that run at the same time, but such as are prepared outlive a crash.
func createLockRows(name string) string {
	return "CREATE TABLE " + name + " (bucket integer PRIMARY KEY, holder xid8 NOT NULL) WITH (fillfactor = 50)"
}
