package migration

import (
	"strconv"
	"strings"

	"github.com/whimbreldb/whimbrel/core/operation"
)

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
	if step.Kind, ok = r.word(); !ok || !validKind().MatchString(step.Kind) {
		return step, false
	}
	if step.Target, ok = r.target(""); !ok {
		return step, false
	}
	mode, _ := r.word()
	if name, found := strings.CutPrefix(mode, "["); found {
		if step.Detector, ok = strings.CutSuffix(name, "]"); !ok || !validKind().MatchString(step.Detector) {
			return step, false
		}
		mode, _ = r.word()
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
