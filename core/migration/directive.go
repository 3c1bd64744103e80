package migration

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/diag"
)

// directive takes in a line that is, or pretends to be, a directive.
func (p *parser) directive(line string) {
	line = strings.TrimRight(line, " \t")
	probe := p.probe
	p.probe = false
	rest, goose := strings.CutPrefix(line, "-- "+gooseMark)
	own, ours := strings.CutPrefix(line, "-- "+ownMark)
	switch {
	case p.body && !(goose && strings.EqualFold(strings.TrimSpace(rest), "StatementEnd")):
		p.report(0, directiveInBody())
	case goose:
		p.goose(strings.TrimSpace(rest))
	case !ours:
		p.report(0, crooked())
	default:
		p.own(&reader{line: line, at: len(line) - len(own)}, probe)
	}
}

// goose takes in a mark of goose.
func (p *parser) goose(mark string) {
	switch strings.ToLower(mark) {
	case "up":
		p.enter(inUp, inHeader)
	case "down":
		p.enter(inDown, inUp)
	case "statementbegin":
		p.statementBegin()
	case "statementend":
		if !p.body {
			p.report(0, misplaced("StatementEnd", "it ends what a StatementBegin began"))
			return
		}
		p.flushBody()
		p.body = false
	case "no transaction":
		p.script.Transaction = false
	default:
		p.report(0, unknownDirective("+goose "+mark))
	}
}

// enter begins a section, which follows another one.
func (p *parser) enter(next, previous section) {
	if p.section != previous {
		p.report(0, misplaced("a section", "a file has a header, then \"-- +goose Up\", then \"-- +goose Down\", each once"))
		return
	}
	p.flush()
	p.section, p.number, p.reason = next, 0, false
}

func (p *parser) statementBegin() {
	if p.section == inHeader {
		p.report(0, misplaced("StatementBegin", "statements stand behind \"-- +goose Up\""))
		return
	}
	p.flush()
	p.body, p.begin, p.reason = true, p.at+1, false
}

// own takes in a directive of whimbrel. The reader stands behind the mark.
func (p *parser) own(r *reader, probe bool) {
	key := r.line[r.at:]
	if end := strings.IndexByte(key, ' '); end >= 0 {
		key = key[:end]
	}
	r.at += len(key)
	switch key {
	case "", "id", "app", "parent", "continues", "summary", "hazard", "probe", "unproven", "by":
		p.header(key, r, probe)
	case "op":
		p.op(r)
	case "irreversible":
		p.irreversible(r)
	default:
		p.report(0, unknownDirective("whimbrel:"+key))
	}
}

// report adds a diagnostic about the line being read, from a byte of it on.
func (p *parser) report(from int, d diag.Diagnostic) { p.reportAt(p.at, from, d) }

func (p *parser) reportAt(line, from int, d diag.Diagnostic) {
	line = min(max(line, 0), len(p.lines)-1)
	d.Range = lineRange(p.script.Name, line+1, p.starts[line], from, p.lines[line])
	p.diags = append(p.diags, d)
}
