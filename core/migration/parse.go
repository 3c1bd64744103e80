package migration

import (
	"bytes"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/operation"
)

// ParseSQL reads a .sql file. Name is for messages, and its beginning has to be
// the ID. With an error among the diagnostics, the script is not to be run.
//
// The grammar is fixed and goes by lines: a line that begins with "-- whimbrel:"
// or "-- +goose" is a directive wherever it stands, for goose as for whimbrel, so
// one that is unknown or out of place is an error. Blank lines and comments
// between statements mean nothing.
func ParseSQL(name string, data []byte) (*Script, diag.List) {
	p := newParser(name, data)
	if at, ok := notText(data); !ok {
		p.diags = diag.List{notTextAt(name, data, at)}
		return p.script, p.diags
	}
	for p.at = range p.lines {
		if line := p.lines[p.at]; isDirective(line) {
			p.directive(line)
		} else {
			p.text(line)
		}
	}
	p.finish()
	return p.script, p.diags
}

type section int

const (
	inHeader section = iota
	inUp
	inDown
)

type parser struct {
	script *Script
	diags  diag.List
	lines  []string
	starts []int // offsets of the lines
	at     int   // the line being read, from 0

	section section
	seen    map[string]bool // directives of the header
	hazards []headerHazard
	probe   bool // a probe may stand here
	reason  bool // an irreversible may stand here
	body    bool // between StatementBegin and StatementEnd

	buffer []string       // lines of statements
	begin  int            // where they begin
	number int            // of the step that they belong to; 0: none yet
	downs  []int          // the steps of the Down section
	loose  [3][]Statement // by section: those that belong to no step
}

// A headerHazard is a hazard whose step is not known yet.
type headerHazard struct {
	number int
	line   int
	hazard operation.Hazard
}

func newParser(name string, data []byte) *parser {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	p := &parser{script: &Script{Name: name, Transaction: true}, seen: map[string]bool{}}
	offset := 0
	for line := range strings.SplitSeq(string(data), "\n") {
		p.lines = append(p.lines, strings.TrimSuffix(line, "\r"))
		p.starts = append(p.starts, offset)
		offset += len(line) + 1
	}
	return p
}

// text takes in a line that is no directive.
func (p *parser) text(line string) {
	if p.section == inHeader {
		if rest := strings.TrimSpace(line); rest != "" && !strings.HasPrefix(rest, "--") {
			p.report(0, misplacedSQL())
		}
		return
	}
	if p.probe = false; len(p.buffer) == 0 {
		p.begin = p.at
	}
	p.buffer = append(p.buffer, line)
}

// flush takes the lines read so far for statements of the current step.
func (p *parser) flush() {
	if len(p.buffer) == 0 {
		return
	}
	statements, rest := split(strings.Join(p.buffer, "\n"), p.begin+1)
	p.buffer = nil
	p.add(statements...)
	if rest != nil {
		p.reportAt(rest.Line-1, 0, unfinished())
	}
}

// flushBody takes the lines of a body for one statement.
func (p *parser) flushBody() {
	text, _ := normalise(strings.Join(p.buffer, "\n"))
	if text != "" {
		p.add(Statement{SQL: text, Line: p.begin + 1})
	}
	p.buffer = nil
}

func (p *parser) add(statements ...Statement) {
	if len(statements) == 0 {
		return
	}
	p.reason = false
	step := p.script.Step(p.number)
	switch {
	case step == nil:
		p.loose[p.section] = append(p.loose[p.section], statements...)
	case p.section == inUp:
		step.Up = append(step.Up, statements...)
	default:
		step.Down = append(step.Down, statements...)
	}
}

// finish checks what is known only at the end of the file.
func (p *parser) finish() {
	if p.body {
		p.report(0, unclosedBody())
	} else {
		p.flush()
	}
	p.checkHeader()
	p.takeLoose()
	p.checkDowns()
	p.takeHazards()
}

// takeLoose makes the SQL of a file without operations its only step.
func (p *parser) takeLoose() {
	up, down := p.loose[inUp], p.loose[inDown]
	if len(p.script.Steps) > 0 {
		for _, s := range slices.Concat(up, down) {
			p.reportAt(s.Line-1, 0, strayStatement())
		}
		return
	}
	p.script.Opaque = true
	if len(up)+len(down) == 0 {
		return
	}
	step := Step{Number: 1, Kind: "sql", Up: up, Down: down, Line: 1}
	if len(up) > 0 {
		step.Line = up[0].Line
	}
	if !p.script.Transaction {
		step.Transaction = operation.Outside
	}
	p.script.Steps = []Step{step}
}

func (p *parser) takeHazards() {
	for _, h := range p.hazards {
		step := p.script.Step(h.number)
		if step == nil {
			p.reportAt(h.line, 0, noSuchStep(h.number, len(p.script.Steps)))
			continue
		}
		step.Hazards = append(step.Hazards, h.hazard)
	}
}

func (p *parser) checkDowns() {
	if p.script.Opaque || p.section != inDown {
		return
	}
	for _, step := range p.script.Steps {
		if !slices.Contains(p.downs, step.Number) {
			p.reportAt(step.Line-1, 0, noWayBack(step.Number))
		}
	}
}
