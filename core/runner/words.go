package runner

import "github.com/whimbreldb/whimbrel/core/sqltext"

// words are the tokens of a statement that are not read yet.
type words []sqltext.Token

// newWords returns the tokens of a statement but for blanks and comments.
func newWords(sql string) words {
	w := words{}
	for t := range sqltext.Scan(sql) {
		if !t.Kind.Blank() {
			w = append(w, t)
		}
	}
	return w
}

// take takes a word, if it is the next one.
func (w *words) take(word string) bool {
	if len(*w) == 0 || !(*w)[0].Is(word) {
		return false
	}
	*w = (*w)[1:]
	return true
}

// name takes the name of a table.
func (w *words) name() (t table, ok bool) {
	for len(*w) > 0 {
		part, named := (*w)[0].Identifier()
		if !named {
			return t, false
		}
		t.schema, t.name = t.name, part
		if *w = (*w)[1:]; !w.take(".") {
			return t, true
		}
	}
	return t, false
}

// has reports whether words come one behind the other somewhere.
func (w words) has(list ...string) bool {
	for i := range w {
		rest, all := w[i:], true
		for _, word := range list {
			all = all && rest.take(word)
		}
		if all {
			return true
		}
	}
	return false
}

// behind returns the name behind the first one of a word.
func (w words) behind(word string) (table, bool) {
	for i := range w {
		if rest := w[i:]; rest.take(word) {
			return rest.name()
		}
	}
	return table{}, false
}
