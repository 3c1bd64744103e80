package conformance

import (
	"encoding/json"
	"regexp"
	"sync"

	"github.com/whimbreldb/whimbrel/core/sqltext"
	"github.com/whimbreldb/whimbrel/core/state"
)

// wordsOfSQL returns the words in SQL that somebody wrote that are no holes. Of a
// column of that name nobody but its author could tell whether it is meant: a query
// that selects from another one names the columns of that.
func wordsOfSQL(s *state.State) map[string]bool {
	found := map[string]bool{}
	for o := range s.All() {
		var attrs any
		if json.Unmarshal(o.Attrs, &attrs) == nil {
			addWords(attrs, found)
		}
	}
	return found
}

var sqlWord = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[\p{L}_][\p{L}\p{N}_$]*`) })

// addWords adds the words of the texts in SQL that are somewhere in attributes.
func addWords(value any, found map[string]bool) {
	switch value := value.(type) {
	case []any:
		for _, item := range value {
			addWords(item, found)
		}
	case map[string]any:
		if text, ok := textOf(value); ok {
			for _, part := range text.Parts {
				for _, word := range sqlWord().FindAllString(part.SQL, -1) {
					found[word] = true
				}
			}
			return
		}
		for _, item := range value {
			addWords(item, found)
		}
	}
}

// textOf returns a value as a text in SQL, if it is one.
func textOf(value map[string]any) (text sqltext.Text, ok bool) {
	encoded, err := json.Marshal(value)
	return text, err == nil && json.Unmarshal(encoded, &text) == nil
}
