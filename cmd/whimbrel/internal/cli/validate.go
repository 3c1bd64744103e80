package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/source"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

func newValidate(s *session) *cobra.Command {
	return &cobra.Command{
		Use:     "validate",
		GroupID: groupModels,
		Short:   "Check models and migrations, without a database",
		RunE:    s.Run(func(ctx context.Context, _ []string) (output.Result, error) { return s.validate(ctx) }),
	}
}

// validate reports everything that is wrong, in models and migrations alike.
func (s *session) validate(ctx context.Context) (output.Result, error) {
	w, err := s.open(ctx)
	if err != nil {
		return nil, err
	}
	defer w.close()
	declaration, wrong := s.declared(ctx, w)
	found := output.Diagnostics(wrong)
	if wrong != nil && found == nil {
		return nil, wrong
	}
	h, more, err := s.checkMigrations(w.project)
	if err != nil {
		return nil, err
	}
	if found = append(found, more...); found.HasErrors() {
		return nil, found
	}
	s.Warn(found)
	r := validateResult{Migrations: len(h.graph.Migrations()), Apps: len(w.project.Apps)}
	for o := range declaration.State.All() {
		if o.Address.Kind() == model.ModelKind {
			r.Models++
		}
	}
	return r, nil
}

// checkMigrations checks each folder of migrations, and all of them together.
func (s *session) checkMigrations(project source.Project) (history, diag.List, error) {
	h, found, err := s.loadHistory(project, migration.Load)
	if err != nil || found.HasErrors() {
		return h, found, err
	}
	for _, app := range project.Apps {
		list, err := migration.Validate(osDir(s.folder(app)), app.Label)
		if err != nil {
			return h, nil, err
		}
		found = append(found, inFolder(app.Migrations, list)...)
	}
	if found.HasErrors() {
		return h, found, nil
	}
	return h, append(found, h.graph.Validate()...), nil
}

type validateResult struct {
	Apps       int `json:"apps"`
	Models     int `json:"models"`
	Migrations int `json:"migrations"`
}

func (r validateResult) Print(p *output.Printer) {
	text := fmt.Sprintf("ok: %s, %s", output.Plural(r.Models, "model"), output.Plural(r.Migrations, "migration"))
	if r.Apps > 1 {
		text += fmt.Sprintf(" in %d apps", r.Apps)
	}
	p.Line("%s", text)
}
