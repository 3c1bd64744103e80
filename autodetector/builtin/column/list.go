package column

import (
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/pgtype"
	"github.com/whimbreldb/whimbrel/sdk"
)

// listed returns the type that a list of literals has to be cast to as a default, or
// false if PostgreSQL takes it as it is. Under a domain over an array it takes texts for
// what they are: they do not become values of an enum, or dates.
func listed(at sdk.Moment, n expression.Node, t model.Type) (model.Type, bool) {
	switch {
	case n.Kind != expression.List || len(n.Args) == 0:
		return t, false
	case t.Dimensions > 0:
		return t, true
	}
	array := under(at, t)
	element := array
	element.Dimensions = 0
	return array, array.Dimensions > 0 && ofTexts(n) && !isText(under(at, element))
}

// under returns the type under domains.
func under(at sdk.Moment, t model.Type) model.Type {
	for t.Of != nil && t.Of.Kind() == model.DomainKind && t.Dimensions == 0 {
		t = sdk.AttrsOf[model.Domain](at.Work, at.Find(t.Of.Address)).Type
	}
	return t
}

func isText(t model.Type) bool {
	name, _, _ := strings.Cut(t.SQL, "(")
	return t.Of == nil && pgtype.CategoryOf(name) == pgtype.Text
}

// ofTexts reports whether texts are in a list, or lists of them.
func ofTexts(n expression.Node) bool {
	return slices.ContainsFunc(n.Args, func(n expression.Node) bool {
		return n.Kind == expression.String || n.Kind == expression.List && ofTexts(n)
	})
}
