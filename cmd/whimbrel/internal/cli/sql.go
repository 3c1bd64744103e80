package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/operation"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

func newSQL(s *session) *cobra.Command {
	down := false
	c := &cobra.Command{
		Use:     "sql ID",
		Aliases: []string{"sqlmigrate"},
		GroupID: groupModels,
		Short:   "Print the SQL of a migration as it is run",
		Args:    cobra.ExactArgs(1),
		RunE:    s.Run(func(_ context.Context, args []string) (output.Result, error) { return s.sql(args[0], down) }),
	}
	c.Flags().BoolVar(&down, "down", false, "the way back")
	c.ValidArgsFunction = s.completeIDs
	return c
}

func (s *session) sql(name string, down bool) (output.Result, error) {
	project, err := s.readProject()
	if err != nil {
		return nil, err
	}
	h, err := s.readHistory(project, migration.LoadScripts)
	if err != nil {
		return nil, err
	}
	m, err := h.find(name)
	if err != nil {
		return nil, err
	}
	script, found, err := h.dir(m.App).Script(m.ID)
	if err == nil {
		err = inFolder(h.folder(m.App), found).Err()
	}
	if err != nil {
		return nil, err
	}
	return sqlResult{ID: m.ID, App: m.App, Down: down, SQL: sqlText(script, down)}, nil
}

type sqlResult struct {
	ID   string `json:"id"`
	App  string `json:"app"`
	Down bool   `json:"down,omitempty"`
	SQL  string `json:"sql"`
}

func (r sqlResult) Print(p *output.Printer) { p.Line("%s", strings.TrimRight(r.SQL, "\n")) }

// sqlText returns what is run, with the bounds of its transactions. The record of
// it in the schema "whimbrel" is left out.
func sqlText(script *migration.Script, down bool) string {
	var out strings.Builder
	steps := slices.Clone(script.Steps)
	if down {
		slices.Reverse(steps)
	}
	open := false
	for _, step := range steps {
		statements := step.Up
		if down {
			statements = step.Down
		}
		if len(statements) == 0 {
			continue
		}
		outside := step.Transaction == operation.Outside
		switch {
		case open && outside:
			out.WriteString("COMMIT;\n\n")
		case !open && !outside:
			out.WriteString("BEGIN;\nSET LOCAL lock_timeout = '3s';\n\n")
		}
		open = !outside
		fmt.Fprintf(&out, "-- %d: %s%s\n", step.Number, map[bool]string{true: "undo "}[down], output.Operation(step.Kind, step.Target.String()))
		for _, statement := range statements {
			fmt.Fprintf(&out, "%s;\n", strings.TrimRight(statement.SQL, "; \n"))
		}
		out.WriteByte('\n')
		if step.Transaction == operation.Committed {
			out.WriteString("COMMIT;\n\n")
			open = false
		}
	}
	if open {
		out.WriteString("COMMIT;\n")
	}
	return out.String()
}

// completeIDs offers the IDs of migrations to the shell.
func (s *session) completeIDs(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	project, err := s.readProject()
	if err != nil || len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	h, _, err := s.loadHistory(project, migration.LoadScripts)
	if err != nil || h.graph == nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var ids []string
	for _, m := range h.graph.Migrations() {
		ids = append(ids, m.ID)
	}
	return ids, cobra.ShellCompDirectiveNoFileComp
}
