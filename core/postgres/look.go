package postgres

import (
	"context"
	"errors"
	"slices"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/whimbreldb/whimbrel/core/detect"
)

// A Sight is the objects of a database, as far as its user can see them.
type Sight struct {
	Objects []detect.Definition
	Unseen  []Unseen
}

// An Unseen is what a query is for whose tables or functions the user may not use.
type Unseen struct {
	What string `json:"what"`
	Why  string `json:"why"` // what the server says
}

// Look returns the objects that the queries find, and which of the queries the user may
// not run. Where somebody changes the database meanwhile, it is read once more.
func (d *Database) Look(ctx context.Context, queries []detect.CatalogQuery) (Sight, error) {
	var seen Sight
	for again := true; ; {
		found, err := d.Definitions(ctx, queries)
		var failed queryError
		switch {
		case err == nil && !torn(found):
			seen.Objects = found
			return seen, nil
		case errors.As(err, &failed) && codeOf(err) == insufficientPrivilege:
			seen.Unseen = append(seen.Unseen, Unseen{failed.query, messageOf(err)})
			queries = slices.DeleteFunc(slices.Clone(queries), func(q detect.CatalogQuery) bool { return q.Name == failed.query })
		case err != nil && !slices.Contains(vanished, codeOf(err)):
			return Sight{}, err
		case !again:
			return Sight{}, restless(err)
		default:
			again = false
		}
	}
}

// vanished are the codes with which the server answers where an object is not there any
// more that was there as the query began: its functions look at the catalog as it is now.
var vanished = []string{"XX000", "42P01", "42703", "42704", "42883", "3F000"}

const insufficientPrivilege = "42501"

// torn reports whether something was dropped while it was read: it is part of an
// object, and has no definition any more.
func torn(found []detect.Definition) bool {
	return slices.ContainsFunc(found, func(d detect.Definition) bool { return d.Whole != "" && d.Text() == "" })
}

func restless(err error) error {
	detail := "What is defined changed twice while it was read."
	if err != nil {
		detail += " The server says: " + messageOf(err)
	}
	return problem("WH5012", "somebody is changing the database", detail, "try again when the change is done")
}

// A queryError is what went wrong with one of several queries.
type queryError struct {
	query string
	err   error
}

func (e queryError) Error() string { return e.query + ": " + e.err.Error() }

func (e queryError) Unwrap() error { return e.err }

func unanswered(q detect.CatalogQuery, err error) error {
	if err == nil {
		return nil
	}
	return queryError{q.Name, err}
}

// messageOf returns what the server says.
func messageOf(err error) string {
	var server *pgconn.PgError
	if errors.As(err, &server) {
		return server.Message
	}
	return err.Error()
}
