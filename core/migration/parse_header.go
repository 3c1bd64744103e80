package migration

import (
	"strconv"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
)

// header takes in a directive of the header.
func (p *parser) header(key string, r *reader, probe bool) {
	if p.section != inHeader {
		p.report(0, misplaced("whimbrel:"+key, "it belongs above \"-- +goose Up\""))
		return
	}
	first := len(p.seen) == 0
	if p.seen[key] && key != "parent" && key != "hazard" && key != "probe" && key != "unproven" {
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
	case "continues":
		p.script.Continues, _ = r.word()
		return ValidID(p.script.Continues)
	case "summary":
		p.script.Summary, ok = r.phrase()
	case "by":
		p.script.By, ok = r.phrase()
	case "hazard":
		return p.hazard(r)
	case "unproven":
		number, _ := r.word()
		_, err := strconv.Atoi(number)
		_, ok = r.phrase()
		return ok && err == nil
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
	if h.hazard.Code, ok = r.word(); !ok || !validKind().MatchString(h.hazard.Code) {
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
	if !ok || !validKind().MatchString(kind) {
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
