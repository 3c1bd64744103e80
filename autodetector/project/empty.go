package project

import (
	"context"
	"fmt"

	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/source"
)

// Empty returns a plan of one migration without operations, for SQL of the user's
// own. Without an app it is one of the first.
func (p *Project) Empty(ctx context.Context, label, name string) (*Plan, error) {
	h, err := p.intact(ctx)
	if err != nil {
		return nil, err
	}
	app, err := p.app(label)
	if err != nil {
		return nil, err
	}
	now, err := p.now()
	if err != nil {
		return nil, err
	}
	if name == "" {
		name = "custom"
	}
	m := &migration.Migration{ID: h.NewID(now, name), App: app.Label, Version: p.options.Release}
	for _, head := range h.Heads(app.Label) {
		m.Parents = append(m.Parents, head.ID)
	}
	return &Plan{Migrations: []*migration.Migration{m}, project: p}, nil
}

// app returns an app of the project, the first one for an empty label.
func (p *Project) app(label string) (source.App, error) {
	for _, app := range p.file.Apps {
		if label == "" || app.Label == label {
			return app, nil
		}
	}
	return source.App{}, ArgumentError{fmt.Sprintf("--app %s: the project has no such app", label)}
}
