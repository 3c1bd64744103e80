package sdk

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/detect"
)

// BuiltinWords returns the words that whimbrel's own kinds have at a place, besides
// those of detect.Reserved. An option of a plugin cannot be called so.
func BuiltinWords(at detect.Place) []string {
	switch at {
	case detect.OnApp:
		return []string{
			"aggregate", "composite", "domain", "enum", "event_trigger", "function", "grant", "materialized_view", "procedure", "publication", "range",
			"sequence", "sql_object", "trigger", "view",
		}
	case detect.OnModel:
		return []string{"partition", "statistics", "trigger"}
	}
	return nil
}

// ownWord panics for an option that is called as one of whimbrel's own.
func ownWord(whose string, option Option) {
	if slices.Contains(BuiltinWords(option.On), option.Name) {
		wrong("%s: %s is a word that %s has already, for a kind of whimbrel's own: choose another name", whose, option.Name, option.On.Article())
	}
}
