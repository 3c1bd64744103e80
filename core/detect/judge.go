package detect

import (
	"context"

	"github.com/whimbreldb/whimbrel/core/state"
)

// A Judge is a detector with a kind whose Likeness is Judged.
type Judge interface {
	// Judge says of each pair how alike the two are, in the same order. It is a pure
	// function as Detect is.
	Judge(ctx context.Context, c Comparison) ([]Alikeness, error)
}

// AsJudge returns a detector as a Judge, or what it is wrapped around by a method
// Unwrap. It is not ok if neither is one.
func AsJudge(d Detector) (judge Judge, ok bool) {
	for d != nil {
		if judge, ok = d.(Judge); ok {
			return judge, true
		}
		wrapper, wraps := d.(interface{ Unwrap() Detector })
		if !wraps {
			break
		}
		d = wrapper.Unwrap()
	}
	return nil, false
}

// A Comparison is a question to a Judge.
type Comparison struct {
	// From and To hold the objects of the pairs with what Pass holds of changed
	// ones. The renames of parents are made in From already.
	From, To *state.State
	Pairs    []Pair
}

// A Pair is an object that goes and one of the same kind that comes: both under
// one parent, or one by itself and the other one part of something.
type Pair struct{ Before, After *state.Object }

// An Alikeness is how alike the two objects of a pair are.
type Alikeness int

// How alike two objects can be.
const (
	Different Alikeness = iota // one is dropped, the other one is new
	Alike                      // only the user can tell
	Equal                      // only the name differs
)
