package postgres

import (
	"context"
	"slices"

	"github.com/whimbreldb/whimbrel/core/sqltext"
)

// A verdict is what the catalog says of a statement of which nobody knows how it ended.
type verdict int

const (
	asBefore verdict = iota // everything is as it was before the statement, or it may be run again
	asAfter                 // everything is as the statement leaves it
	halfWay                 // a part of it is there, which has to be tidied up
)

// An inquiry finds out how one kind of statements ended.
type inquiry interface {
	verdict(ctx context.Context, on querier) (verdict, error)
	// tidy returns the statement that ends what was left half-way, and how things are then.
	tidy(ctx context.Context, on querier) (sql string, then verdict, err error)
}

// inquiryOf returns how to find out how a statement ended; false if the catalog does
// not tell.
func inquiryOf(sql string) (inquiry, bool) {
	if c, ok := asConcurrent(sql); ok {
		return c, true
	}
	if d, ok := asDetachment(sql); ok {
		return d, true
	}
	if v, ok := asValidation(sql); ok {
		return v, true
	}
	return repeatable{}, isRepeatable(sql)
}

// inquiries returns how to find out how the statements of a step ended; false if one of
// them cannot be found out.
func inquiries(step Step, d Direction) ([]inquiry, bool) {
	var found []inquiry
	for _, statement := range step.Statements(d) {
		i, ok := inquiryOf(statement.SQL)
		if !ok {
			return nil, false
		}
		found = append(found, i)
	}
	return found, outside(step, d)
}

// FindsOut reports whether the next run finds out by itself how the operations ended
// that are in doubt.
func (s Script) FindsOut(p Progress) bool {
	return !slices.ContainsFunc(p.Doubt, func(number int) bool {
		_, known := inquiries(s.step(number), p.Direction)
		return !known
	})
}

// A repeatable is a statement that does no harm, and leads to the same, when it is run
// once more.
type repeatable struct{}

func (repeatable) verdict(context.Context, querier) (verdict, error) { return asBefore, nil }

func (repeatable) tidy(context.Context, querier) (string, verdict, error) { return "", asBefore, nil }

// isRepeatable reports whether a statement is one, and the only one in the text.
func isRepeatable(sql string) bool {
	words := sqltext.Words(sql, 3)
	if len(words) == 0 || len(sqltext.Split(sql)) != 1 {
		return false
	}
	switch words[0] {
	case "VACUUM", "ANALYZE", "CHECKPOINT":
		return true
	case "ALTER", "REFRESH":
		return len(words) > 1 && (words[1] == "SYSTEM" || words[1] == "MATERIALIZED" && words[0] == "REFRESH")
	}
	return false
}
