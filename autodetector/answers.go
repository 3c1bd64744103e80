package autodetector

import (
	"context"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/expression"
)

// Answers are what the user said before being asked.
type Answers struct {
	Renames  []RenameAnswer
	Defaults []DefaultAnswer
	Usings   []UsingAnswer
}

// none reports whether the user said nothing.
func (a Answers) none() bool { return len(a.Renames)+len(a.Defaults)+len(a.Usings) == 0 }

// A RenameAnswer is the flag --rename OLD=NEW. Old is a path with or without the
// app; New a path or the last name of one, or empty: the old object is dropped.
type RenameAnswer struct{ Old, New string }

// A DefaultAnswer is the flag --default FIELD=VALUE. Field is a path with or
// without the app.
type DefaultAnswer struct {
	Field string
	Value expression.Node
}

// A UsingAnswer is the flag --using FIELD=EXPRESSION: what the values of a field become
// that gets another type. Field is a path with or without the app; a null gives the
// values up.
type UsingAnswer struct {
	Field string
	Value expression.Node
}

// A Questioner asks the user. Questions come one at a time in a fixed order.
type Questioner interface {
	// Rename asks which of the new objects the old one has become. The zero
	// address says none: it is dropped.
	Rename(ctx context.Context, old address.Address, candidates []address.Address) (address.Address, error)
	// Answer asks a detector's question.
	Answer(ctx context.Context, q detect.Question) (expression.Node, error)
}
