package project

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/source"
)

// A Target says which database is meant.
type Target struct {
	URL         string // as it is given
	Environment string // the name of one of the project's
	// Catalog is the URL of the same database as a user who may do little.
	Catalog string
	// Getenv looks up a variable of the environment.
	Getenv func(name string) string
}

// A Place is where a target leads.
type Place struct {
	URL  string // empty: the variables PG* say it all
	From string // who says so, for messages
	// Policy is what the project forbids there.
	Policy operation.Policy
}

// Find returns the database: what is given, then what the variables say, then the
// first environment of the project.
func (t Target) Find(file source.Project) (Place, error) {
	place, err := t.find(file)
	place.Policy = file.Policy
	if e := t.environment(file, place); e != nil && e.Policy != nil {
		place.Policy = *e.Policy
	}
	return place, err
}

// environment returns the environment that is meant: the one that is named, or else the
// first with the URL that was found, nil if there is none.
func (t Target) environment(file source.Project, place Place) *source.Environment {
	for i, e := range file.Environments {
		if e.Name == t.Environment || t.Environment == "" && place.URL != "" && e.URL == place.URL {
			return &file.Environments[i]
		}
	}
	return nil
}

// find returns where the target leads.
func (t Target) find(file source.Project) (Place, error) {
	switch {
	case t.URL != "":
		return Place{URL: t.URL, From: "--url"}, nil
	case t.Environment != "":
		return t.named(file)
	}
	for _, name := range []string{"WHIMBREL_URL", "DATABASE_URL"} {
		if url := t.Getenv(name); url != "" {
			return Place{URL: url, From: name}, nil
		}
	}
	for _, name := range []string{"PGSERVICE", "PGDATABASE"} {
		if t.Getenv(name) != "" {
			return Place{From: name}, nil
		}
	}
	if len(file.Environments) > 0 && file.Environments[0].URL != "" {
		first := file.Environments[0]
		return Place{URL: first.URL, From: fmt.Sprintf("environment %q", first.Name)}, nil
	}
	return Place{}, t.noDatabase()
}

// All returns every database that is known by name: where the target leads if it says
// so, or else all that the variables and the environments of the project name. Silent
// are the names of environments that have no URL here.
func (t Target) All(file source.Project) (places []Place, silent []string, err error) {
	if t.URL != "" || t.Environment != "" {
		place, err := t.Find(file)
		return []Place{place}, nil, err
	}
	if place, err := t.Find(source.Project{}); err == nil {
		places = append(places, place)
	}
	for _, e := range file.Environments {
		known := func(p Place) bool { return p.URL == e.URL }
		switch {
		case e.URL == "":
			silent = append(silent, e.Name)
		case !slices.ContainsFunc(places, known):
			places = append(places, Place{URL: e.URL, From: fmt.Sprintf("environment %q", e.Name)})
		}
	}
	return places, silent, nil
}

// FindCatalog returns the database as the queries of plugins read it: as a user who
// may do little, if there is one.
func (t Target) FindCatalog(file source.Project) (Place, error) {
	if t.Catalog != "" {
		return Place{URL: t.Catalog, From: "--catalog-url"}, nil
	}
	for n, e := range file.Environments {
		chosen := e.Name == t.Environment || t.Environment == "" && n == 0
		if t.URL == "" && chosen && e.CatalogURL != "" {
			return Place{URL: e.CatalogURL, From: fmt.Sprintf("catalog_url of environment %q", e.Name)}, nil
		}
	}
	return t.Find(file)
}

func (t Target) named(file source.Project) (Place, error) {
	var names []string
	for _, e := range file.Environments {
		names = append(names, e.Name)
		if e.Name != t.Environment {
			continue
		}
		if e.URL == "" {
			return Place{}, noURL(e)
		}
		return Place{URL: e.URL, From: fmt.Sprintf("environment %q", e.Name)}, nil
	}
	slices.Sort(names)
	if len(names) == 0 {
		names = []string{"none"}
	}
	return Place{}, diag.Diagnostic{
		Code:    "WH0112",
		Summary: "there is no environment " + t.environmentName(),
		Detail:  "The project file has: " + strings.Join(names, ", ") + ".",
		Next:    "name one of them, or give --url postgres://user@host:port/name",
	}
}

// environmentName returns the name of the environment for a message, unless it looks like a
// URL, which may hold a password.
func (t Target) environmentName() string {
	if strings.ContainsAny(t.Environment, "@:/=") {
		return "of that name, which looks like a URL"
	}
	return strconv.Quote(t.Environment)
}

func noURL(e source.Environment) error {
	return diag.Diagnostic{
		Code:    "WH0111",
		Summary: fmt.Sprintf("environment %q has no url", e.Name),
		Detail:  "The url is missing or the variable that it reads is empty.",
		Next:    "set the variable, write a url, or give --url postgres://user@host:port/name",
		Range:   e.Range,
	}
}

func (t Target) noDatabase() error {
	d := diag.Diagnostic{
		Code:    "WH0110",
		Summary: "no database is named",
		Detail:  "A database is named by --url, by --env, by the variables WHIMBREL_URL, DATABASE_URL or PGDATABASE, or by the first environment of whimbrel.hcl.",
		Next:    "add --url postgres://user@host:port/name",
	}
	for _, name := range []string{"PGHOST", "PGHOSTADDR", "PGPORT"} {
		if t.Getenv(name) != "" {
			d.Detail += " " + name + " names a server; which of its databases is meant is not said."
			d.Next = "set PGDATABASE, or add --url postgres://user@host:port/name"
			break
		}
	}
	return d
}
