package project

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/autodetector"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/source/catalog"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A Likeness says whether the models make what a database has.
type Likeness struct {
	// Missing is SQL of the models that the database would still need, and Beside what it
	// has that the models do not make.
	Missing, Beside []string
	// Left is what no model says.
	Left []catalog.Remainder
	// Spelling is how the database writes the bodies of functions.
	Spelling Spelling
}

// Err returns the error for a database that lacks what the models make, or nil. What it
// has besides is nobody's.
func (l Likeness) Err() error {
	if len(l.Missing) == 0 {
		return nil
	}
	return diag.Diagnostic{
		Code:    "WH0162",
		Summary: "the database is not what the models make",
		Detail:  "Nothing is recorded." + listed("The models make what the database does not have: ", l.Missing) + listed("The database has what the models do not make: ", l.Beside),
		Next:    "have the models made anew of the database, or correct them: whimbrel inspect --out FOLDER shows what they would be; what the models have besides is for a migration after the baseline",
	}
}

// shown is how many statements a message shows.
const shown = 5

func listed(head string, statements []string) string {
	if len(statements) == 0 {
		return ""
	}
	var lines []string
	for _, s := range statements[:min(shown, len(statements))] {
		line, _, _ := strings.Cut(s, "\n")
		lines = append(lines, line)
	}
	if rest := len(statements) - shown; rest > 0 {
		lines = append(lines, fmt.Sprintf("and %d more", rest))
	}
	return "\n" + head + "\n  " + strings.Join(lines, "\n  ")
}

// Likeness compares the models with definitions that were read from a database: the SQL
// that would make the one and the other in an empty database. Names of models and fields
// do not count, nor does what no model says.
func (p *Project) Likeness(ctx context.Context, found []detect.Definition) (Likeness, error) {
	wanted, err := p.Declaration(ctx)
	if err != nil {
		return Likeness{}, err
	}
	read, err := p.catalogSource(ctx, p.file.Apps)
	if err != nil {
		return Likeness{}, err
	}
	read.Spelt = true
	there, left, err := read.Read(Adoption{}.selected(found, p.file.Apps))
	if err != nil {
		return Likeness{}, err
	}
	models, err := p.making(ctx, wanted)
	if err != nil {
		return Likeness{}, err
	}
	database, err := p.making(ctx, source.Declaration{State: there})
	if err != nil {
		return Likeness{}, err
	}
	made, has := statementsOfAll(models), statementsOfAll(database)
	return Likeness{
		Missing: without(made, has), Beside: without(has, made), Left: left, Spelling: newSpelling(models, database, there),
	}, nil
}

// making returns the operations that make a state in an empty database, with names in
// bodies as they are filled in.
func (p *Project) making(ctx context.Context, wanted source.Declaration) ([]operation.Operation, error) {
	wanted.Renamed, wanted.Hints, wanted.State = nil, nil, plain(wanted.State)
	return p.between(ctx, autodetector.Input{From: state.New(), Declaration: wanted})
}

// statementsOfAll returns the statements of operations, sorted.
func statementsOfAll(operations []operation.Operation) []string {
	var all []string
	for _, op := range operations {
		all = append(all, statementsOf(op)...)
	}
	slices.Sort(all)
	return all
}

// statementsOf returns the statements of an operation. The lines of a table are by
// themselves, as their order does not count.
func statementsOf(op operation.Operation) []string {
	var list []string
	for _, s := range op.Up {
		if !s.Table {
			list = append(list, s.Text())
			continue
		}
		bare := s
		bare.Clauses = slices.DeleteFunc(slices.Clone(s.Clauses), func(c operation.Clause) bool { return c.Slot == "" })
		table := strings.Replace(bare.Text(), " ()", "", 1)
		list = append(list, table)
		for _, clause := range s.Lines() {
			list = append(list, table+inTable+clause.SQL)
		}
	}
	return list
}

// inTable stands between a table and one of its lines.
const inTable = ": "

// without returns the statements of a sorted list that another one does not have. Lines
// of a table that it does not have at all are left out.
func without(list, other []string) []string {
	var rest []string
	for _, s := range list {
		table, _, part := strings.Cut(s, inTable)
		if _, there := slices.BinarySearch(other, s); !there && !(part && slices.Contains(rest, table)) {
			rest = append(rest, s)
		}
	}
	return rest
}
