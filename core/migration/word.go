package migration

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// gooseMark makes any comment line an annotation of goose.
const gooseMark = "+goose"

// word returns text as one word of a directive: as it is, or quoted as in Go
// where it is empty or has blanks, quotes or characters that cannot be seen.
func word(text string) string {
	if text != "" && !strings.ContainsAny(text, " \"\\") && visible(text) {
		return text
	}
	return quote(text)
}

// phrase returns text as the rest of a line: as it is, or quoted as in Go.
func phrase(text string) string {
	if text != "" && text[0] != '"' && strings.TrimSpace(text) == text && visible(text) {
		return text
	}
	return quote(text)
}

// visible reports whether text can stand in a comment line: printable characters
// only, and nothing that goose would take for an annotation.
func visible(text string) bool {
	if !utf8.ValidString(text) || strings.Contains(text, gooseMark) {
		return false
	}
	return !strings.ContainsFunc(text, func(r rune) bool { return !strconv.IsPrint(r) })
}

func quote(text string) string {
	return strings.ReplaceAll(strconv.Quote(text), gooseMark, `\x2bgoose`)
}

// A reader takes words off a line of a directive.
type reader struct {
	line  string
	at    int
	begin int // of the word taken last, for messages
}

// word takes the next word. ok is false at the end of the line and for a word
// that is badly quoted; at then stays where it was.
func (r *reader) word() (text string, ok bool) {
	r.blanks()
	r.begin = r.at
	rest := r.line[r.at:]
	if rest == "" {
		return "", false
	}
	if rest[0] == '"' {
		return r.quoted(rest)
	}
	end := strings.IndexByte(rest, ' ')
	if end < 0 {
		end = len(rest)
	}
	r.at += end
	return rest[:end], true
}

func (r *reader) quoted(rest string) (text string, ok bool) {
	prefix, err := strconv.QuotedPrefix(rest)
	if err != nil {
		return "", false
	}
	text, err = strconv.Unquote(prefix)
	if err != nil {
		return "", false
	}
	r.at += len(prefix)
	return text, true
}

// phrase takes the rest of the line.
func (r *reader) phrase() (text string, ok bool) {
	r.blanks()
	r.begin = r.at
	rest := strings.TrimRight(r.line[r.at:], " ")
	if rest == "" {
		return "", false
	}
	if rest[0] != '"' {
		r.at = len(r.line)
		return rest, true
	}
	text, ok = r.quoted(rest)
	return text, ok && r.end()
}

// end reports whether nothing but blanks is left.
func (r *reader) end() bool {
	r.blanks()
	if r.at < len(r.line) {
		r.begin = r.at
	}
	return r.at == len(r.line)
}

func (r *reader) blanks() {
	for r.at < len(r.line) && r.line[r.at] == ' ' {
		r.at++
	}
}
