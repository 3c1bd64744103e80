package auditlog

import (
	"fmt"
	"strings"
)

// lines are what a diagnostic lists, each once and not too many.
type lines struct {
	shown []string
	more  int
	known map[string]bool // lines that are not to be counted again
}

const (
	mostShown = 20
	mostKnown = 1000
)

func (l *lines) empty() bool { return len(l.shown) == 0 }

func (l *lines) add(texts ...string) {
	if l.known == nil {
		l.known = map[string]bool{}
	}
	for _, text := range texts {
		switch {
		case l.known[text]:
			continue
		case len(l.shown) < mostShown:
			l.shown = append(l.shown, "  "+text)
		default:
			l.more++
		}
		if len(l.known) < mostKnown {
			l.known[text] = true
		}
	}
}

// String returns the lines, and how many there are besides.
func (l *lines) String() string {
	text := strings.Join(l.shown, "\n")
	if l.more > 0 {
		text += fmt.Sprintf("\n  and %d more", l.more)
	}
	return text
}
