// Package key writes the keys of indexes and of exclusion constraints: columns and
// expressions with the operator class, collation and order that each has. The
// kinds index and constraint render with it; it owns no objects.
package key

import (
	"regexp"
	"strings"
	"sync"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// List returns keys with commas between them.
func List(at sdk.Moment, keys []model.Key) string {
	texts := make([]string, len(keys))
	for i, k := range keys {
		texts[i] = text(at, k)
	}
	return strings.Join(texts, ", ")
}

func text(at sdk.Moment, k model.Key) string {
	text := at.Enclosed(k.Value)
	if k.Value.Kind != expression.Field && k.Value.Kind != expression.Call && !strings.HasPrefix(text, "(") {
		text = "(" + text + ")"
	}
	if k.Collate != "" {
		text += " COLLATE " + address.Quote(k.Collate)
	}
	if k.Opclass != "" {
		text += " " + opclass(k.Opclass)
	}
	if k.Desc {
		text += " DESC"
	}
	if k.Nulls != "" {
		text += " NULLS " + strings.ToUpper(k.Nulls)
	}
	if k.Operator != "" {
		text += " WITH " + k.Operator
	}
	return text
}

// plainOpclass is an operator class with or without a schema and parameters.
var plainOpclass = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)?( *\([a-z0-9_ =,]*\))?$`)
})

func opclass(name string) string {
	if plainOpclass().MatchString(name) {
		return name
	}
	return address.Quote(name)
}
