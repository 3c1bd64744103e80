package output

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/whimbreldb/whimbrel/core/diag"
)

// A Prompt asks a person questions, and waits for what is typed.
type Prompt struct {
	*Printer
	in     *bufio.Reader
	typing <-chan line // of a question that was given up: the next line is still to come
}

type line struct {
	text string
	err  error
}

// Prompt returns the prompt of the session.
func (s *Session) Prompt() *Prompt { return &Prompt{Printer: s.Stderr(), in: bufio.NewReader(s.In)} }

// next returns where the next line will be. A read from a terminal cannot be
// interrupted, so a goroutine reads: one line, when it is asked for, and it ends with
// that line whether or not somebody still waits.
func (p *Prompt) next() <-chan line {
	if p.typing == nil {
		typed := make(chan line, 1)
		go func() {
			text, err := p.in.ReadString('\n')
			typed <- line{text: strings.TrimSpace(text), err: err}
		}()
		p.typing = typed
	}
	return p.typing
}

// Question prints what is asked, and why if there is a reason.
func (p *Prompt) Question(text, why string) {
	p.Line("\n%s %s", p.Yellow("?"), p.Bold(diag.Escape(text)))
	if why != "" {
		p.Line("  %s", diag.Escape(why))
	}
}

// Choose asks for a number from 1 to last until it is one.
func (p *Prompt) Choose(ctx context.Context, last int) (int, error) {
	for {
		text, err := p.Ask(ctx, fmt.Sprintf("choose 1-%d: ", last))
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

// Ask prints a label and returns the line that is typed behind it.
func (p *Prompt) Ask(ctx context.Context, label string) (string, error) {
	p.Text("  " + label)
	select {
	case <-ctx.Done():
		p.Line("")
		return "", fmt.Errorf("asking: %w", ctx.Err())
	case l := <-p.next():
		p.typing = nil
		if l.err != nil && l.text == "" {
			return "", errNoAnswer
		}
		return l.text, nil
	}
}
