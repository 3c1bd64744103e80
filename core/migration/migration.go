// Package migration holds migrations as files: what is written, read, ordered,
// replayed and checked.
//
// A migration is two files. The .sql is what runs and what is reviewed; applying
// needs nothing else but the sum. The .ops.json, its sidecar, is what replays; it
// holds no SQL. The file whimbrel.sum holds a hash of each, chained. The
// autodetector makes migrations, the command line writes them, core/postgres
// runs them. The package never talks to a database and never runs a detector.
package migration

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/operation"
)

// A Migration is a list of operations with a place in the history. It is not
// changed once it is written or loaded.
type Migration struct {
	// ID is a time in UTC and a slug, such as "20261122101500_create_pizza". It
	// is unique over all apps of a project.
	ID  string
	App string
	// Parents are the IDs of the migrations that come right before this one: its
	// own app's first, then other apps'.
	Parents []string
	// Operations are in the order of running. Those of a loaded migration have no
	// SQL, no Inline and no probes: these are in the Script.
	Operations []operation.Operation

	// Version is that of whimbrel, Detectors are the versions of the detectors by
	// name, that made it.
	Version   string
	Detectors map[string]string
	// StateHash is the Hash of the state that this migration and all its ancestors
	// replay to. Empty: it was not recorded.
	StateHash string
	// Edited: the SQL was edited by hand and sealed.
	Edited bool
	// Opaque: there is no sidecar. The SQL is written by hand and changes no state.
	Opaque bool
	// Unproven is why SQL of operations was not followed to the end when the plan was
	// proven, by their index. It stands in the header for those who read it, and is not
	// read back.
	Unproven map[int]string
	// Continues is the ID of the migration of the same change of the models that this one
	// goes on with, as one transaction cannot hold both. Like Unproven it is not read back.
	Continues string
	// Hashes are those of the operations' SQL when the migration was written or
	// sealed. Render computes them anew.
	Hashes []Hashes
}

// Hashes are those of the SQL of one operation: SHA-256 in hexadecimal digits.
type Hashes struct{ Up, Down string }

// Transaction reports whether the whole migration can run in one transaction: no
// operation is outside of one, and none has to be committed before the next.
func (m *Migration) Transaction() bool {
	for i, op := range m.Operations {
		if op.Transaction == operation.Outside {
			return false
		}
		if op.Transaction == operation.Committed && i < len(m.Operations)-1 {
			return false
		}
	}
	return true
}

// by returns who made the migration: "whimbrel 0.1.0, triggers 0.1.0".
func (m *Migration) by() string {
	var names []string
	if m.Version != "" {
		names = append(names, "whimbrel "+m.Version)
	}
	for _, name := range slices.Sorted(maps.Keys(m.Detectors)) {
		names = append(names, name+" "+m.Detectors[name])
	}
	return strings.Join(names, ", ")
}

// hashStatements returns the hash of what is run, or "" if that is nothing.
func hashStatements(statements []Statement) string {
	if len(statements) == 0 {
		return ""
	}
	digest := sha256.New()
	for _, s := range statements {
		digest.Write([]byte(s.SQL + ";\n"))
	}
	return hex.EncodeToString(digest.Sum(nil))
}
