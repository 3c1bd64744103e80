package review_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/review"
)

// What is given another name is under that name still whose it was, whichever
// statement comes first.
func TestRenamed(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		up, down []string
		refused  string
	}{
		{[]string{"ALTER VIEW public.spare RENAME TO board"}, []string{"ALTER VIEW public.shelf RENAME TO spare"}, ""},
		{[]string{"ALTER VIEW public.spare SET SCHEMA attic", "DROP VIEW attic.spare"}, []string{"ALTER VIEW public.shelf RENAME TO spare"}, ""},
		{[]string{"ALTER VIEW public.book RENAME TO spare"}, []string{"ALTER VIEW public.spare RENAME TO book"}, "That is of model shop.book"},
		{[]string{"ALTER VIEW public.loft RENAME TO spare"}, []string{"ALTER VIEW public.spare RENAME TO loft"}, "Nothing says that this is the plugin's"},
	} {
		o := op(c.up...)
		o.Down = operation.SQL(c.down...)
		_, err := judge(o)
		if c.refused == "" {
			require.NoError(t, err, c.up)
			continue
		}
		require.ErrorContains(t, err, c.refused)
	}
}

// passing is the review of a plugin that takes public.book, which somebody else gives
// up, and gives up public.shelf, which somebody else takes.
func passing() *review.Review {
	own, others := review.NewHoldings(), review.NewHoldings()
	others.Before.Add(review.Relation("public", "book"), "model shop.book")
	others.Before.Add(review.Type("public", "book"), "model shop.book")
	others.After.Add(review.Relation("public", "shelf"), "model shop.shelf")
	others.After.Add(review.Type("public", "shelf"), "model shop.shelf")
	own.After.Add(review.Relation("public", "book"), "rogue.shiny shop.book")
	own.Before.Add(review.Relation("public", "shelf"), "rogue.shiny shop.book")
	return review.New(shared, own, others)
}

// A name that changes hands is the plugin's while it has it, and nobody else's then.
func TestPassing(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		up, down []string
		claims   bool
		refused  string
	}{
		"what is taken goes on the way back":  {[]string{"CREATE VIEW public.book AS SELECT 1"}, []string{"DROP VIEW public.book"}, false, ""},
		"what is given up comes back":         {[]string{"DROP VIEW public.shelf"}, []string{"CREATE VIEW public.shelf AS SELECT 1"}, false, ""},
		"it is renamed":                       {[]string{"ALTER VIEW public.shelf RENAME TO book"}, []string{"ALTER VIEW public.book RENAME TO shelf"}, false, ""},
		"a note on it":                        {[]string{"COMMENT ON VIEW public.book IS 'x'"}, []string{"COMMENT ON VIEW public.book IS NULL"}, false, ""},
		"made and dropped again":              {[]string{"CREATE VIEW public.book AS SELECT 1", "DROP VIEW public.book"}, nil, false, ""},
		"what is another's is dropped before": {[]string{"DROP VIEW public.book", "CREATE VIEW public.book AS SELECT 1"}, []string{"DROP VIEW public.book"}, false, "That is of model shop.book"},
		"it goes twice":                       {[]string{"CREATE VIEW public.book AS SELECT 1"}, []string{"DROP VIEW public.book", "DROP VIEW public.book"}, false, "That is of model shop.book"},
		"what is another's behind":            {nil, []string{"DROP VIEW public.shelf"}, false, "That is of model shop.shelf"},
		"in its place":                        {[]string{"CREATE OR REPLACE VIEW public.book AS SELECT 1"}, []string{"DROP VIEW public.book"}, false, "That is of model shop.book"},
		"in its place when it is free":        {[]string{"CREATE OR REPLACE VIEW public.book AS SELECT 1"}, []string{"DROP VIEW public.book"}, true, ""},
	} {
		o := op(c.up...)
		o.Down = operation.SQL(c.down...)
		if c.claims {
			o.Takes = []string{operation.Name("relation", "public", "book"), operation.Name("type", "public", "book")}
		}
		r := passing()
		r.Learn(o)
		_, err := r.Operation(o, review.Names{})
		if c.refused == "" {
			require.NoError(t, err, name)
			continue
		}
		require.ErrorContains(t, err, c.refused, name)
	}
}

// What another plugin has made passes where its object goes and the name is claimed.
func TestRecalled(t *testing.T) {
	t.Parallel()
	theirs := op("CREATE VIEW public.loft AS SELECT 1")
	theirs.Kind, theirs.Target = "vone.create_shown", address.New("vone.shown", "shop", "loft")
	ours := op("CREATE VIEW public.loft AS SELECT 2")
	ours.Down = operation.SQL("DROP VIEW public.loft")
	for stays, refused := range map[bool]bool{true: true, false: false} {
		r := newReview()
		r.Recall(theirs, stays)
		r.Learn(ours)
		_, err := r.Operation(ours, about())
		require.Equal(t, refused, err != nil, "%v", err)
	}
}
