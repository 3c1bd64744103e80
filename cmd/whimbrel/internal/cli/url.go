package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/source"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

// A target says which database a command works on.
type target struct {
	url         string
	environment string
}

func (t *target) addFlags(c *cobra.Command) {
	c.Flags().StringVar(&t.url, "url", "", "`URL` of the database, as postgres://user@host:port/name")
	c.Flags().StringVarP(&t.environment, "env", "e", "", "`NAME` of an environment of whimbrel.hcl (default: the first)")
}

// A database is where a target leads.
type database struct {
	url  string // empty: the variables PG* say it all
	from string // who says so, for messages
}

// find returns the database: what the command line says, then the variables,
// then the first environment of the project.
func (t target) find(getenv func(string) string, project source.Project) (database, error) {
	switch {
	case t.url != "":
		return database{url: t.url, from: "--url"}, nil
	case t.environment != "":
		return t.named(project)
	}
	for _, name := range []string{"WHIMBREL_URL", "DATABASE_URL"} {
		if url := getenv(name); url != "" {
			return database{url: url, from: name}, nil
		}
	}
	for _, name := range []string{"PGHOST", "PGHOSTADDR", "PGSERVICE", "PGDATABASE", "PGPORT"} {
		if getenv(name) != "" {
			return database{from: name}, nil
		}
	}
	if len(project.Environments) > 0 && project.Environments[0].URL != "" {
		first := project.Environments[0]
		return database{url: first.URL, from: fmt.Sprintf("environment %q", first.Name)}, nil
	}
	return database{}, noDatabase
}

func (t target) named(project source.Project) (database, error) {
	var names []string
	for _, e := range project.Environments {
		names = append(names, e.Name)
		if e.Name != t.environment {
			continue
		}
		if e.URL == "" {
			return database{}, diag.Diagnostic{
				Code:    "WH0111",
				Summary: fmt.Sprintf("environment %q has no url", e.Name),
				Detail:  "The url is missing or the variable that it reads is empty.",
				Next:    "set the variable, write a url, or give --url postgres://user@host:port/name",
				Range:   e.Range,
			}
		}
		return database{url: e.URL, from: fmt.Sprintf("environment %q", e.Name)}, nil
	}
	slices.Sort(names)
	return database{}, diag.Diagnostic{
		Code:    "WH0112",
		Summary: fmt.Sprintf("there is no environment %q", t.environment),
		Detail:  "The project file has: " + output.OrNone(strings.Join(names, ", ")) + ".",
		Next:    "name one of them, or give --url postgres://user@host:port/name",
	}
}

var noDatabase = diag.Diagnostic{
	Code:    "WH0110",
	Summary: "no database is named",
	Detail:  "A database is named by --url, by --env, by the variables WHIMBREL_URL, DATABASE_URL or PG*, or by the first environment of whimbrel.hcl.",
	Next:    "add --url postgres://user@host:port/name",
}
