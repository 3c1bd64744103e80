package migration

import (
	"strconv"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/operation"
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
	case "", "id", "app", "parent", "summary", "hazard", "probe", "by":
		p.header(key, r, probe)
	case "op":
		p.op(r)
	case "irreversible":
		p.irreversible(r)
	default:
		p.report(0, unknownDirective("whimbrel:"+key))
	}
}

// header takes in a directive of the header.
func (p *parser) header(key string, r *reader, probe bool) {
	if p.section != inHeader {
		p.report(0, misplaced("whimbrel:"+key, "it belongs above \"-- +goose Up\""))
		return
	}
	first := len(p.seen) == 0
	if p.seen[key] && key != "parent" && key != "hazard" && key != "probe" {
		p.report(0, misplaced("whimbrel:"+key, "it can stand there only once"))
		return
	}
	p.seen[key] = true
	if first != (key == "") {
		p.report(0, misplaced("whimbrel:"+key, "the first directive is \"-- whimbrel: 1\", the format of the file"))
		return
	}
	if !p.headerValue(key, r, probe) || !r.end() {
		p.report(r.begin, malformed(key))
	}
}

// headerValue reads the value of a directive and reports whether it is one.
func (p *parser) headerValue(key string, r *reader, probe bool) (ok bool) {
	switch key {
	case "":
		number, _ := r.word()
		if n, err := strconv.Atoi(number); err == nil && n > format {
			p.report(0, newerFormat(n))
			return true
		}
		return number == strconv.Itoa(format)
	case "id":
		p.script.ID, ok = r.word()
		return ok && ValidID(p.script.ID)
	case "app":
		p.script.App, ok = r.word()
	case "parent":
		parent, _ := r.word()
		p.script.Parents = append(p.script.Parents, parent)
		return ValidID(parent)
	case "summary":
		p.script.Summary, ok = r.phrase()
	case "by":
		p.script.By, ok = r.phrase()
	case "hazard":
		return p.hazard(r)
	case "probe":
		if !probe {
			p.report(0, misplaced("whimbrel:probe", "it belongs right below the hazard that it is about"))
			r.at = len(r.line)
			return true
		}
		p.hazards[len(p.hazards)-1].hazard.Probe, ok = r.phrase()
	}
	return ok
}

// hazard reads "[down] NUMBER CODE KIND PATH: TEXT".
func (p *parser) hazard(r *reader) bool {
	h := headerHazard{line: p.at}
	number, ok := r.word()
	if number == "down" {
		h.hazard.Down = true
		number, ok = r.word()
	}
	if !ok {
		return false
	}
	var err error
	if h.number, err = strconv.Atoi(number); err != nil {
		return false
	}
	if h.hazard.Code, ok = r.word(); !ok || !validKind.MatchString(h.hazard.Code) {
		return false
	}
	if h.hazard.Object, ok = r.target(":"); !ok {
		return false
	}
	if h.hazard.Text, ok = r.phrase(); !ok {
		return false
	}
	p.hazards = append(p.hazards, h)
	p.probe = true
	return true
}

// target takes an address as the function target writes it, with an end mark at
// its last word.
func (r *reader) target(mark string) (address.Address, bool) {
	kind, ok := r.word()
	if ok && kind == "-"+mark {
		return address.Address{}, true
	}
	if !ok || !validKind.MatchString(kind) {
		return address.Address{}, false
	}
	r.blanks()
	quoted := strings.HasPrefix(r.line[r.at:], `"`)
	path, ok := r.word()
	if !ok {
		return address.Address{}, false
	}
	if quoted {
		if !strings.HasPrefix(r.line[r.at:], mark) {
			return address.Address{}, false
		}
		r.at += len(mark)
	} else if path, ok = strings.CutSuffix(path, mark); !ok {
		return address.Address{}, false
	}
	a, err := address.Parse(kind + " " + path)
	return a, err == nil
}

// op begins a step, or the way back of one.
func (p *parser) op(r *reader) {
	if p.section == inHeader {
		p.report(0, misplaced("whimbrel:op", "operations stand behind \"-- +goose Up\""))
		return
	}
	p.flush()
	number, _ := r.word()
	n, err := strconv.Atoi(number)
	if err != nil {
		p.report(r.begin, malformed("op"))
		return
	}
	if p.section == inDown {
		p.opDown(n, r)
		return
	}
	step, ok := p.step(n, r)
	if !ok {
		p.report(r.begin, malformed("op"))
	}
	if n != len(p.script.Steps)+1 {
		p.report(0, wrongNumber(n, len(p.script.Steps)+1))
	}
	step.Number = len(p.script.Steps) + 1 // whatever was written, so that reading goes on
	p.script.Steps = append(p.script.Steps, step)
	p.number = step.Number
}

// step reads "KIND TARGET [DETECTOR] MODE after NUMBERS" behind the number.
func (p *parser) step(number int, r *reader) (step Step, ok bool) {
	step.Line = p.at + 1
	if step.Kind, ok = r.word(); !ok || !validKind.MatchString(step.Kind) {
		return step, false
	}
	if step.Target, ok = r.target(""); !ok {
		return step, false
	}
	mode, ok := r.word()
	if name, found := strings.CutPrefix(mode, "["); found {
		if step.Detector, ok = strings.CutSuffix(name, "]"); !ok || !validKind.MatchString(step.Detector) {
			return step, false
		}
		mode, ok = r.word()
	}
	if step.Transaction, ok = parseMode(mode); !ok {
		return step, false
	}
	if r.end() {
		return step, true
	}
	if after, _ := r.word(); after != "after" {
		return step, false
	}
	list, _ := r.word()
	step.After, ok = parseNumbers(list, number)
	return step, ok && r.end()
}

func parseMode(text string) (operation.Transaction, bool) {
	for mode, name := range modes {
		if name == text {
			return mode, true
		}
	}
	return "", false
}

// parseNumbers reads "1,4": numbers of steps before one.
func parseNumbers(text string, before int) ([]int, bool) {
	var numbers []int
	for part := range strings.SplitSeq(text, ",") {
		n, err := strconv.Atoi(part)
		if err != nil || n < 1 || n >= before {
			return nil, false
		}
		numbers = append(numbers, n)
	}
	return numbers, true
}

// opDown begins the way back of a step.
func (p *parser) opDown(number int, r *reader) {
	if !r.end() {
		p.report(r.begin, malformed("op"))
	}
	if p.script.Step(number) == nil {
		p.report(0, noSuchStep(number, len(p.script.Steps)))
		return
	}
	if len(p.downs) > 0 && p.downs[len(p.downs)-1] <= number {
		p.report(0, notBackwards(number))
	}
	p.downs = append(p.downs, number)
	p.number, p.reason = number, true
}

func (p *parser) irreversible(r *reader) {
	p.flush()
	if !p.reason {
		p.report(0, misplaced("whimbrel:irreversible", "it belongs right below an operation behind \"-- +goose Down\""))
		return
	}
	p.reason = false
	reason, ok := r.phrase()
	if !ok {
		p.report(r.begin, malformed("irreversible"))
	}
	p.script.Step(p.number).Irreversible = reason
}

// report adds a diagnostic about the line being read, from a byte of it on.
func (p *parser) report(from int, d diag.Diagnostic) { p.reportAt(p.at, from, d) }

func (p *parser) reportAt(line, from int, d diag.Diagnostic) {
	line = min(max(line, 0), len(p.lines)-1)
	d.Range = lineRange(p.script.Name, line+1, p.starts[line], from, p.lines[line])
	p.diags = append(p.diags, d)
}
