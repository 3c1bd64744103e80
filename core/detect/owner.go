package detect

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
)

// Plugin returns the plugin that a kind of objects or operations belongs to by its
// name: "triggers" for "triggers.audit_trigger". A kind that is built in has none.
func Plugin(kind string) (plugin string, ok bool) {
	plugin, _, ok = strings.Cut(kind, ".")
	if !ok {
		return "", false
	}
	return plugin, true
}

// Called returns what people call an object: the word of its block or argument and
// its path, without the plugin that it is of: "publication shop.books" for
// "streams.publication shop.books".
func Called(a address.Address) string { return a.WithKind(Noun(a.Kind())).String() }

// Noun returns a kind without the name of its plugin.
func Noun(kind string) string { return kind[strings.LastIndexByte(kind, '.')+1:] }
