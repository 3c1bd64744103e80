package simulation

import "github.com/whimbreldb/whimbrel/core/detect"

// defined are the kinds that have nothing but a name as far as is followed. What is
// known by more than a name, such as a cast, has none that is kept.
var defined = []kind{
	{words: []string{"text", "search", "configuration"}, class: detect.NamesTextSearchConfiguration},
	{words: []string{"text", "search", "dictionary"}, class: detect.NamesTextSearchDictionary},
	{words: []string{"text", "search", "parser"}, class: detect.NamesTextSearchParser},
	{words: []string{"text", "search", "template"}, class: detect.NamesTextSearchTemplate},
	{words: []string{"conversion"}, class: detect.NamesConversion},
	{words: []string{"default", "conversion"}, class: detect.NamesConversion},
	{words: []string{"data", "wrapper"}, class: detect.NamesForeignDataWrapper},
	{words: []string{"access", "method"}, class: detect.NamesAccessMethod},
	{words: []string{"server"}, class: detect.NamesServer},
	{words: []string{"subscription"}, class: detect.NamesSubscription},
	{words: []string{"language"}, class: detect.NamesLanguage},
	{words: []string{"transform"}},
	{words: []string{"user", "mapping"}},
}

// define reads CREATE of one of these kinds, behind the words that can stand before it.
func (r *reader) define(replace bool) bool {
	for _, k := range defined {
		if !r.take(k.words...) {
			continue
		}
		if k.class == "" {
			return true
		}
		e := Effect{If: r.ifNot(), Replace: replace, Offset: r.offset()}
		if k.class.Scope() == detect.InDatabase {
			e.Name = Name{Class: k.class, Name: r.identifier()}
		} else {
			e.Name = r.name(k.class)
		}
		r.makes(e)
		return true
	}
	return false
}
