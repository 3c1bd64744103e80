package detect

import "strings"

// Plugin returns the plugin that a kind of objects or operations belongs to by its
// name: "triggers" for "triggers.audit_trigger". A kind that is built in has none.
func Plugin(kind string) (plugin string, ok bool) {
	plugin, _, ok = strings.Cut(kind, ".")
	if !ok {
		return "", false
	}
	return plugin, true
}

// Noun returns a kind without the name of its plugin.
func Noun(kind string) string { return kind[strings.LastIndexByte(kind, '.')+1:] }
