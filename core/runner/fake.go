package runner

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/simulation"
	"github.com/whimbreldb/whimbrel/core/sqltext"
)

// Founded returns the error for a way up that is to be recorded only, and that makes
// what is not in the database, or is there as something else: what the record would say
// is not true, and nobody would notice before something fails. With queries that read
// definitions, these are compared too. What SQL does that cannot be followed is
// believed. Warnings say what could not be compared.
func (r *Runner) Founded(ctx context.Context, way Way, queries []detect.CatalogQuery) (diag.List, error) {
	if way.Direction != postgres.Up || len(way.Stages) == 0 {
		return nil, nil
	}
	made, err := r.leaves(ctx, way)
	if err != nil {
		return nil, err
	}
	is, err := thereIn(ctx, r.db)
	if err != nil {
		return nil, err
	}
	wrong := is.unfounded(made)
	if len(wrong) > 0 && len(wrong) == len(made.wholes()) {
		return nil, unfounded(wrong[0].by, told(wrong), true)
	}
	unlike, problems, err := r.differing(ctx, way, queries)
	if err != nil {
		return problems, err
	}
	lines := told(wrong)
	for _, d := range besides(unlike, wrong) {
		lines = append(lines, d.String())
	}
	if len(lines) == 0 {
		return problems, nil
	}
	by := way.Stages[0].Script.ID
	if len(wrong) > 0 {
		by = wrong[0].by
	} else if i := slices.IndexFunc(way.Stages, func(s Stage) bool { return strings.Contains(s.Script.Text, wholeOf(unlike[0].wanted)) }); i >= 0 {
		by = way.Stages[i].Script.ID
	}
	return problems, unfounded(by, lines, false)
}

// leaves returns what a way makes, as it is called after it and after what is applied
// behind it.
func (r *Runner) leaves(ctx context.Context, way Way) (claims, error) {
	applied, err := r.db.Applied(ctx)
	if err != nil {
		return nil, err
	}
	catalog, going := simulation.Empty(), []string{}
	for _, script := range r.list {
		by := -1
		switch {
		case slices.ContainsFunc(way.Stages, func(s Stage) bool { return s.Script.ID == script.ID }):
			by, going = len(going), append(going, script.ID)
		case !contains(applied, script.ID):
			continue
		}
		for _, step := range script.Steps {
			for _, statement := range step.Up {
				learn(catalog, by, statement.SQL)
			}
		}
	}
	return claimsOf(catalog, going), nil
}

// learn takes in what SQL does. What it may do besides is no longer known, so that
// nothing is missed that is rightly not there.
func learn(catalog *simulation.Catalog, by int, sql string) {
	for _, s := range sqltext.Split(sql) {
		reading := simulation.Read(s.Text)
		catalog.LearnOf(by, reading)
		if reading.Hidden {
			catalog.Doubt()
		}
	}
}

// isCompared reports whether what is claimed of a class is looked for.
func isCompared(class string) bool {
	switch group(class) {
	case "relation", "type", "function", "schema":
		return true
	}
	return isPart(class)
}

// wholes returns the claims of what is no part of a table that is claimed too.
func (l claims) wholes() claims {
	return slices.DeleteFunc(slices.Clone(l), func(c claim) bool {
		return slices.ContainsFunc(l, func(whole claim) bool { return hasParts(whole.class) && c.of(whole) })
	})
}

// A contradiction is a claim, and what is there instead.
type contradiction struct {
	claim
	what string
}

// unfounded returns the claims that a database contradicts, without those of parts of
// what is not there.
func (t there) unfounded(made claims) []contradiction {
	var wrong []contradiction
	for _, c := range made {
		if what := t.contradicts(c); what != "" {
			wrong = append(wrong, contradiction{c, what})
		}
	}
	missing := slices.Clone(wrong)
	return slices.DeleteFunc(wrong, func(c contradiction) bool {
		return slices.ContainsFunc(missing, func(whole contradiction) bool { return hasParts(whole.class) && c.of(whole.claim) })
	})
}

// mostNamed is how many contradictions are told one by one.
const mostNamed = 20

// told returns contradictions as sentences.
func told(wrong []contradiction) (lines []string) {
	for _, c := range wrong {
		lines = append(lines, strings.ToUpper(c.what[:1])+c.what[1:]+".")
	}
	return lines
}

func unfounded(by string, lines []string, all bool) error {
	if more := len(lines) - mostNamed; more > 0 {
		lines = append(lines[:mostNamed:mostNamed], fmt.Sprintf("The same is so of %d more.", more))
	}
	d := diag.Diagnostic{
		Code:    "WH0133",
		Summary: by + " would be recorded as applied, but the database does not have what it makes",
		Detail:  strings.Join(append(lines, "Nothing was recorded."), "\n"),
		Next:    "stop at the last migration that is in the database: whimbrel migrate --to ID --fake; what is not there is made by: whimbrel migrate",
	}
	if all {
		d.Next = "look whether this is the right database; to make all that, run: whimbrel migrate"
	}
	return d
}
