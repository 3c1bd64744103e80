package runner

import (
	"crypto/sha256"
	"encoding/hex"

	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/postgres"
)

// Scripts are the migrations of a history in the form in which they are run. They
// do not change.
type Scripts struct {
	history *migration.History
	list    []postgres.Script            // in the order of running
	parsed  map[string]*migration.Script // by ID
}

// NewScripts returns the scripts of a history. A file that is not as it was written
// is a diag.List as error.
func NewScripts(h *migration.History) (*Scripts, error) {
	s := &Scripts{history: h, parsed: map[string]*migration.Script{}}
	for _, m := range h.Migrations() {
		parsed, err := h.Script(m)
		if err != nil {
			return nil, err
		}
		s.parsed[m.ID] = parsed
		s.list = append(s.list, runnable(parsed, h.File(m.App, m.ID)))
	}
	return s, nil
}

// History returns the history that the scripts are of.
func (s *Scripts) History() *migration.History { return s.history }

// Script returns the script that is run for a migration, zero if there is none.
func (s *Scripts) Script(id string) postgres.Script {
	for _, script := range s.list {
		if script.ID == id {
			return script
		}
	}
	return postgres.Script{}
}

// runnable returns a parsed file in the form in which it is run.
func runnable(parsed *migration.Script, file string) postgres.Script {
	sum := sha256.Sum256([]byte(parsed.Text))
	s := postgres.Script{
		App: parsed.App, ID: parsed.ID, Parents: parsed.Parents, File: file, Text: parsed.Text,
		Checksum: hex.EncodeToString(sum[:]),
	}
	for _, step := range parsed.Steps {
		s.Steps = append(s.Steps, postgres.Step{
			Number: step.Number, Kind: step.Kind, Target: step.Target.String(), Transaction: step.Transaction,
			Up: statements(step.Up), Down: statements(step.Down),
		})
	}
	return s
}

func statements(list []migration.Statement) []postgres.Statement {
	found := make([]postgres.Statement, len(list))
	for i, s := range list {
		found[i] = postgres.Statement{SQL: s.SQL, Line: s.Line}
	}
	return found
}
