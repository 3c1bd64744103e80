package project_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/autodetector/project"
	"github.com/whimbreldb/whimbrel/core/source"
)

func TestTarget(t *testing.T) {
	t.Parallel()
	file := source.Project{Environments: []source.Environment{
		{Name: "local", URL: "postgres://local", CatalogURL: "postgres://low@local"}, {Name: "live"},
	}}
	for _, c := range []struct {
		name    string
		target  project.Target
		env     map[string]string
		catalog bool
		want    project.Place
		code    string
	}{
		{name: "first environment", want: project.Place{URL: "postgres://local", From: `environment "local"`}},
		{name: "PG variables", env: map[string]string{"PGHOST": "db"}, want: project.Place{From: "PGHOST"}},
		{
			name: "DATABASE_URL", env: map[string]string{"PGHOST": "db", "DATABASE_URL": "postgres://d"},
			want: project.Place{URL: "postgres://d", From: "DATABASE_URL"},
		},
		{
			name: "WHIMBREL_URL", env: map[string]string{"WHIMBREL_URL": "postgres://w", "DATABASE_URL": "postgres://d"},
			want: project.Place{URL: "postgres://w", From: "WHIMBREL_URL"},
		},
		{
			name: "named environment", target: project.Target{Environment: "local"}, env: map[string]string{"WHIMBREL_URL": "postgres://w"},
			want: project.Place{URL: "postgres://local", From: `environment "local"`},
		},
		{name: "given", target: project.Target{URL: "postgres://u", Environment: "live"}, want: project.Place{URL: "postgres://u", From: "--url"}},
		{name: "environment without a url", target: project.Target{Environment: "live"}, code: "WH0111"},
		{name: "no such environment", target: project.Target{Environment: "test"}, code: "WH0112"},
		{name: "catalog", catalog: true, want: project.Place{URL: "postgres://low@local", From: `catalog_url of environment "local"`}},
		{
			name: "catalog given", catalog: true, target: project.Target{Catalog: "postgres://c", URL: "postgres://u"},
			want: project.Place{URL: "postgres://c", From: "--catalog-url"},
		},
		{
			name: "catalog of a url", catalog: true, target: project.Target{URL: "postgres://u"},
			want: project.Place{URL: "postgres://u", From: "--url"},
		},
	} {
		c.target.Getenv = func(name string) string { return c.env[name] }
		find := c.target.Find
		if c.catalog {
			find = c.target.FindCatalog
		}
		place, err := find(file)
		if c.code != "" {
			requireCode(t, c.code, err)
			continue
		}
		require.NoError(t, err, c.name)
		require.Equal(t, c.want, place, c.name)
	}
	_, err := project.Target{Getenv: func(string) string { return "" }}.Find(source.Project{})
	requireCode(t, "WH0110", err)
}
