package operation

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
)

// A Lock is a lock on a table, held until the end of the transaction.
type Lock struct {
	// Object is the model whose table is locked.
	Object address.Address `json:"object"`
	Mode   LockMode        `json:"mode"`
}

// A LockMode is a lock mode of tables, by PostgreSQL's name.
type LockMode string

// The lock modes, the weakest first; see PostgreSQL's manual, "Explicit Locking".
const (
	AccessShare          LockMode = "ACCESS SHARE"
	RowShare             LockMode = "ROW SHARE"
	RowExclusive         LockMode = "ROW EXCLUSIVE"
	ShareUpdateExclusive LockMode = "SHARE UPDATE EXCLUSIVE"
	Share                LockMode = "SHARE"
	ShareRowExclusive    LockMode = "SHARE ROW EXCLUSIVE"
	Exclusive            LockMode = "EXCLUSIVE"
	AccessExclusive      LockMode = "ACCESS EXCLUSIVE"
)

// LockModes returns all modes, the weakest first.
func LockModes() []LockMode {
	return []LockMode{
		AccessShare, RowShare, RowExclusive, ShareUpdateExclusive, Share, ShareRowExclusive, Exclusive, AccessExclusive,
	}
}

// Covers reports whether a claim of mode m is enough for a lock of mode other.
// Unknown modes cover nothing and are covered by nothing.
func (m LockMode) Covers(other LockMode) bool {
	modes := LockModes()
	have, want := slices.Index(modes, m), slices.Index(modes, other)
	return want >= 0 && have >= want
}
