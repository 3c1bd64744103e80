package ddl

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/sqltext"
)

// pieces divides a text into statements. Lines that are commands of psql, such as
// \restrict, and the rows behind COPY ... FROM stdin are taken out before.
func pieces(text string) ([]sqltext.Statement, []Problem) {
	var problems []Problem
	clean := []byte(text)
	for at := 0; at < len(text); {
		p, next := foreign(text, at)
		if next < 0 {
			break
		}
		if p.Message != "" {
			problems = append(problems, p)
		}
		for i := p.Span.From; i < p.Span.To; i++ {
			if clean[i] != '\n' {
				clean[i] = ' '
			}
		}
		at = next
	}
	return sqltext.Split(string(clean)), problems
}

// foreign returns the next piece from an offset on that is no SQL, and the offset
// behind it; -1 for none. Without a message it is passed over on purpose.
func foreign(text string, from int) (Problem, int) {
	var first string // words of the statement
	words, last := 0, ""
	for t := range sqltext.Scan(text[from:]) {
		at := from + t.Offset
		switch {
		case t.Kind.Blank():
		case t.Kind == sqltext.Semicolon:
			if strings.EqualFold(first, "copy") && strings.EqualFold(last, "stdin") {
				end := dataEnd(text, at)
				return Problem{Span: Span{at + 1, end}}, end
			}
			words, first, last = 0, "", ""
		case words == 0 && t.Is(`\`):
			end := lineEnd(text, at)
			return Problem{Span: Span{at, end}, Message: command(text[at:end]), Data: true}, end
		default:
			if words == 0 {
				first = t.Text
			}
			words, last = words+1, t.Text
		}
	}
	return Problem{}, -1
}

// command returns what is said of a command of psql: nothing of those that pg_dump
// writes around a dump.
func command(line string) string {
	name, _, _ := strings.Cut(strings.TrimSpace(line), " ")
	if name == `\restrict` || name == `\unrestrict` || name == `\.` {
		return ""
	}
	return "a command of psql, " + name
}

func lineEnd(text string, at int) int {
	if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
		return at + i
	}
	return len(text)
}

// dataEnd returns the offset behind the line \. that ends rows.
func dataEnd(text string, at int) int {
	for at = lineEnd(text, at); at < len(text); {
		end := lineEnd(text, at+1)
		if strings.TrimRight(text[at+1:end], "\r") == `\.` {
			return end
		}
		at = end
	}
	return len(text)
}
