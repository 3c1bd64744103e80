package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/whimbreldb/whimbrel/autodetector/builtin"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/source/hcl"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A prompt asks a person the autodetector's questions.
type prompt struct {
	out    *printer
	lines  <-chan line
	wanted *state.State // what answers are checked against
}

type line struct {
	text string
	err  error
}

// newPrompt returns a prompt that reads lines from in. The goroutine that reads
// ends with the input; a read from a terminal cannot be interrupted otherwise.
func newPrompt(in io.Reader, out *printer, wanted *state.State) *prompt {
	lines := make(chan line)
	go func() {
		defer close(lines)
		reader := bufio.NewReader(in)
		for {
			text, err := reader.ReadString('\n')
			lines <- line{text: strings.TrimSpace(text), err: err}
			if err != nil {
				return
			}
		}
	}()
	return &prompt{out: out, lines: lines, wanted: wanted}
}

// Rename asks which of the new objects the old one has become.
func (p *prompt) Rename(ctx context.Context, old address.Address, candidates []address.Address) (address.Address, error) {
	p.question(fmt.Sprintf("%s is gone. Is it renamed?", old), "A rename keeps the values, a drop loses them.")
	for i, c := range candidates {
		p.out.line("  %d  renamed to %s", i+1, c.Name())
	}
	p.out.line("  %d  no: drop it", len(candidates)+1)
	choice, err := p.choose(ctx, len(candidates)+1)
	if err != nil || choice > len(candidates) {
		return address.Address{}, err
	}
	return candidates[choice-1], nil
}

// Answer asks a detector's question until the answer is an expression.
func (p *prompt) Answer(ctx context.Context, q detect.Question) (expression.Node, error) {
	field, err := address.Parse(q.Subject)
	if err != nil {
		return expression.Node{}, fmt.Errorf("a question about %q: %w", q.Subject, err)
	}
	p.question(q.Text, q.Why)
	p.out.line(`  A value of the model language, such as 3, "novel" or now().`)
	for {
		text, err := p.ask(ctx, "value: ")
		if err != nil {
			return expression.Node{}, err
		}
		node, found := hcl.ParseValue(text, hcl.At("the answer"), hcl.For(field, p.wanted, manifests(builtin.Detectors())...))
		if !found.HasErrors() {
			return node, nil
		}
		p.out.line("  %s", diag.Escape(found.Error()))
	}
}

func (p *prompt) question(text, why string) {
	p.out.line("\n%s %s", p.out.yellow("?"), p.out.bold(diag.Escape(text)))
	if why != "" {
		p.out.line("  %s", diag.Escape(why))
	}
}

func (p *prompt) choose(ctx context.Context, last int) (int, error) {
	for {
		text, err := p.ask(ctx, fmt.Sprintf("choose 1-%d: ", last))
		if err != nil {
			return 0, err
		}
		choice, err := strconv.Atoi(text)
		if err == nil && choice >= 1 && choice <= last {
			return choice, nil
		}
	}
}

var errNoAnswer = errors.New("the input ended before every question was answered: nothing is written")

func (p *prompt) ask(ctx context.Context, label string) (string, error) {
	fmt.Fprint(p.out.w, "  "+label)
	select {
	case <-ctx.Done():
		p.out.line("")
		return "", fmt.Errorf("asking: %w", ctx.Err())
	case l, ok := <-p.lines:
		if !ok || l.err != nil && l.text == "" {
			return "", errNoAnswer
		}
		return l.text, nil
	}
}
