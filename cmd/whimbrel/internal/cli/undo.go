package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/autodetector/project"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/input"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/postgres"
)

// An undoing is "make --undo": a migration that no database has is taken back.
type undoing struct {
	*input.Session
	target input.Target
	asked  []askedDatabase
	absent []string // who names a database that is not there
	silent []string // environments that have no URL here
}

// An askedDatabase is one that was asked for the migrations that it has.
type askedDatabase struct {
	Database string `json:"database"`
	From     string `json:"from"` // who names it

	holds []string // IDs
}

func (u *undoing) run(ctx context.Context, p *project.Project, name, app string) (output.Result, error) {
	if err := u.askAll(ctx, p); err != nil {
		return nil, err
	}
	undone, err := p.Undo(ctx, project.Undoing{Name: name, App: app, Holders: u.holders})
	if err != nil {
		return nil, err
	}
	return &undoResult{Undone: undone, Asked: u.asked, Absent: u.absent, Silent: u.silent}, nil
}

// askAll asks all databases that are named for the migrations that they have.
func (u *undoing) askAll(ctx context.Context, p *project.Project) error {
	places, silent, err := u.target.All(u.Session, p.File())
	if err != nil {
		return err
	}
	u.silent = silent
	for _, place := range places {
		if err := u.ask(ctx, place); err != nil {
			return unasked(place, err)
		}
	}
	return nil
}

// ask asks a database for the migrations that it has, those that were begun included.
// One that does not exist yet has none.
func (u *undoing) ask(ctx context.Context, place project.Place) error {
	db, err := postgres.Connect(ctx, place.URL)
	if postgres.IsNoDatabase(err) {
		u.absent = append(u.absent, place.From)
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }() // it was only read
	applied, err := db.Applied(ctx)
	if err != nil {
		return err
	}
	begun, err := db.Interrupted(ctx)
	if err != nil {
		return err
	}
	a := askedDatabase{Database: db.String(), From: place.From}
	for _, m := range applied {
		a.holds = append(a.holds, m.ID)
	}
	for _, m := range begun {
		a.holds = append(a.holds, m.ID)
	}
	u.asked = append(u.asked, a)
	return nil
}

// unasked is why a database cannot say what it has: then nothing is taken back.
func unasked(place project.Place, err error) error {
	return diag.Diagnostic{
		Code: "WH0136", Summary: fmt.Sprintf("the database of %s cannot be asked whether it has the migration", place.From),
		Detail: err.Error(),
		Next:   "let it be reached, or name the database that counts: --env NAME or --url URL",
	}
}

// holders returns the databases that have a migration.
func (u *undoing) holders(id string) []string {
	var found []string
	for _, a := range u.asked {
		if slices.Contains(a.holds, id) {
			found = append(found, a.Database)
		}
	}
	return found
}

// An undoResult is what was taken back, and who was asked.
type undoResult struct {
	output.Deed
	*project.Undone
	Asked  []askedDatabase `json:"asked,omitempty"`
	Absent []string        `json:"not_there,omitempty"`
	Silent []string        `json:"not_asked,omitempty"`
}

func (r *undoResult) Print(p *output.Printer) {
	if r.Undone == nil {
		p.Line("Nothing to take back: there are no migrations.")
		return
	}
	for _, file := range r.Removed {
		p.Line("removed %s", file)
	}
	p.Line("\nCopies are in %s. %s", r.Kept, r.witnesses())
	p.Next("change the models if need be, then run: whimbrel make")
}

// witnesses says which databases were asked, and which were not.
func (r *undoResult) witnesses() string {
	var names, said []string
	for _, a := range r.Asked {
		names = append(names, a.Database)
	}
	if len(names) > 0 {
		said = append(said, "Not applied in "+strings.Join(names, ", ")+".")
	}
	if len(r.Absent) > 0 {
		said = append(said, "Not there yet: the database of "+strings.Join(r.Absent, ", ")+".")
	}
	if len(said) == 0 {
		said = append(said, "No database was asked, as none is named.")
	}
	if len(r.Silent) > 0 {
		said = append(said, "Not asked, as there is no URL: environment "+strings.Join(r.Silent, ", ")+".")
	}
	return strings.Join(said, " ")
}
