package sdk

import "github.com/whimbreldb/whimbrel/core/operation"

// The lock modes of PostgreSQL for Declared.Locks, the weakest first; see its
// manual, "Explicit Locking". Most forms of ALTER TABLE take AccessExclusive,
// CREATE TRIGGER takes ShareRowExclusive, COMMENT ShareUpdateExclusive.
const (
	AccessShare          = operation.AccessShare
	RowShare             = operation.RowShare
	RowExclusive         = operation.RowExclusive
	ShareUpdateExclusive = operation.ShareUpdateExclusive
	Share                = operation.Share
	ShareRowExclusive    = operation.ShareRowExclusive
	Exclusive            = operation.Exclusive
	AccessExclusive      = operation.AccessExclusive
)
