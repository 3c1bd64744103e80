package audit

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"unicode"

	contract "github.com/whimbreldb/whimbrel/contrib/triggers/record"
)

// A pageRecord is a record as it stands on a page.
type pageRecord struct {
	Operation, Model, Key string
	Gone                  bool // the row is not there any more
	Partial               bool
	Fields                []pageField
}

// A pageField is a field with its value before and after, in what it changed.
type pageField struct {
	Name             string
	Old, New         string
	HasOld, HasNew   bool
	OldNull, NewNull bool // so that they do not look like the text
	Changed, Removed bool
}

func newPageRecord(r record) pageRecord {
	shown := pageRecord{Operation: r.Operation, Model: visible(r.Model)}
	if r.Row != nil {
		shown.Key = key(r.Row)
	}
	for _, c := range r.Changes {
		shown.Fields = append(shown.Fields, newPageField(c, r.Operation == contract.Update))
	}
	return shown
}

func newPageField(c change, changed bool) pageField {
	f := pageField{Name: visible(c.Field), HasOld: c.Old != nil, HasNew: c.New != nil, Changed: changed}
	f.Old, f.New, f.Removed = pageValue(c.Old), pageValue(c.New), c.New == nil
	f.OldNull, f.NewNull = string(c.Old) == "null", string(c.New) == "null"
	return f
}

// pageValue returns a value as people read it: text without quotes, the rest as
// JSON.
func pageValue(value json.RawMessage) string {
	if text, ok := text(value); ok && string(value) != "null" {
		if text == "" {
			return `""`
		}
		return visible(text)
	}
	return visible(string(value))
}

// visible returns text without characters that change how others are shown.
func visible(text string) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) {
			return unicode.ReplacementChar
		}
		return r
	}, text)
}

func (s *step) page() pageRecord {
	shown := newPageRecord(s.record)
	shown.Gone, shown.Partial = s.State == nil, s.Partial
	if s.Operation != contract.Update {
		return shown
	}
	changes := s.changed()
	shown.Fields = nil
	for _, name := range slices.Sorted(maps.Keys(s.State)) {
		c, changed := changes[name]
		if !changed {
			c = change{Field: name, New: s.State[name]}
		}
		shown.Fields = append(shown.Fields, newPageField(c, changed))
	}
	return shown
}
