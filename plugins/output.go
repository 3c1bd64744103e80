package plugins

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
	"unicode"
)

// What is kept of a plugin's output.
const (
	keptLines  = 200
	keptBytes  = 2000 // of a line
	shownLines = 20
)

// An output keeps the last lines that a plugin printed, made harmless for a
// terminal. It is safe for concurrent use.
type output struct {
	log func(line string)

	mu    sync.Mutex
	rest  []byte
	lines []string
}

func (p *plugin) output() *output {
	return &output{log: func(line string) { p.options.Log(p.spec.Name, line) }}
}

// Write splits text into lines.
func (o *output) Write(text []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.rest = append(o.rest, text...)
	for {
		line, rest, ok := bytes.Cut(o.rest, []byte("\n"))
		if !ok && len(o.rest) < 64<<10 {
			return len(text), nil
		}
		o.add(string(line))
		o.rest = rest
	}
}

// Line adds one line.
func (o *output) Line(line string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.add(line)
}

func (o *output) add(line string) {
	line = printable(line)
	o.lines = append(o.lines, line)
	if len(o.lines) > keptLines {
		o.lines = o.lines[1:]
	}
	o.log(line)
}

// Tail returns the last lines.
func (o *output) Tail() []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return append([]string(nil), o.lines[max(0, len(o.lines)-shownLines):]...)
}

// printable returns a line cut to keptBytes, with everything written out that a
// terminal would act on.
func printable(line string) string {
	line = strings.TrimRight(line, "\r\n")
	if len(line) > keptBytes {
		line = line[:keptBytes] + "..."
	}
	var b strings.Builder
	for _, r := range strings.ToValidUTF8(line, "\uFFFD") {
		if r == '\t' || unicode.IsPrint(r) {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, "\\u%04x", r)
		}
	}
	return b.String()
}
