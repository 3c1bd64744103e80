package cli

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/source"
)

// A connection is a project's scripts and the database that they are for.
type connection struct {
	history history
	scripts []postgres.Script // in the order of running
	parsed  map[string]*migration.Script
	db      *postgres.Database
}

// connect reads the scripts of the project, then connects to the database. The
// connection has to be closed.
func (s *session) connect(ctx context.Context, t target) (*connection, error) {
	project, err := s.readProject()
	if err != nil {
		return nil, err
	}
	place, err := t.find(s.Env, project)
	if err != nil {
		return nil, err
	}
	c := &connection{parsed: map[string]*migration.Script{}}
	if c.history, err = s.readHistory(project, migration.LoadScripts); err != nil {
		return nil, err
	}
	if err := s.readScripts(c, project); err != nil {
		return nil, err
	}
	if c.db, err = postgres.Connect(ctx, place.url); err != nil {
		return nil, err
	}
	if s.Verbose {
		s.Talk("database %s, from %s", c.db, place.from)
	}
	return c, nil
}

func (c *connection) close() {
	_ = c.db.Close() // everything is committed or rolled back by now
}

func (s *session) readScripts(c *connection, project source.Project) error {
	for _, m := range c.history.graph.Migrations() {
		parsed, found, err := c.history.dir(m.App).Script(m.ID)
		if err == nil {
			err = inFolder(c.history.folder(m.App), found).Err()
		}
		if err != nil {
			return err
		}
		file := c.history.file(m.App, m.ID)
		text, err := os.ReadFile(s.Path(file))
		if err != nil {
			return fmt.Errorf("reading a migration: %w", err)
		}
		c.parsed[m.ID] = parsed
		c.scripts = append(c.scripts, script(parsed, file, string(text)))
	}
	return nil
}

// script returns a parsed file in the form in which it is run.
func script(parsed *migration.Script, file, text string) postgres.Script {
	sum := sha256.Sum256([]byte(text))
	s := postgres.Script{
		App: parsed.App, ID: parsed.ID, Parents: parsed.Parents, File: file, Text: text,
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

// recorded returns an applied migration in the form in which it was applied: its
// file, or the text in the record where the file is gone or has been changed.
func (c *connection) recorded(ctx context.Context, a postgres.Applied) (*migration.Script, postgres.Script, error) {
	for _, s := range c.scripts {
		if s.ID == a.ID && s.App == a.App && (s.Checksum == a.Checksum || a.Faked) {
			return c.parsed[a.ID], s, nil
		}
	}
	text, err := c.db.Text(ctx, a.App, a.ID)
	if err != nil {
		return nil, postgres.Script{}, err
	}
	parsed, found := migration.ParseSQL(a.ID+".sql", []byte(text))
	if text == "" || found.HasErrors() {
		return nil, postgres.Script{}, lostScript(a.ID)
	}
	return parsed, script(parsed, c.history.file(a.App, a.ID), text), nil
}

func lostScript(id string) error {
	return diag.Diagnostic{
		Code:    "WH0121",
		Summary: fmt.Sprintf("migration %s is applied, but there is no text of it to roll it back with", id),
		Detail:  "There is no file of it, and none in the record of the database.",
		Next:    "get the file, such as from the branch that was deployed",
	}
}
