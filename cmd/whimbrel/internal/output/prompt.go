package output

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/whimbreldb/whimbrel/core/diag"
)

// A Prompt asks a person questions, and waits for what is typed.
type Prompt struct {
	*Printer
	lines <-chan line
}

type line struct {
	text string
	err  error
}

// Prompt returns the prompt of the session. The goroutine that reads ends with the
// input; a read from a terminal cannot be interrupted otherwise.
func (s *Session) Prompt() *Prompt {
	lines := make(chan line)
	go read(s.In, lines)
	return &Prompt{Printer: s.Stderr(), lines: lines}
}

func read(in io.Reader, lines chan<- line) {
	defer close(lines)
	reader := bufio.NewReader(in)
	for {
		text, err := reader.ReadString('\n')
		lines <- line{text: strings.TrimSpace(text), err: err}
		if err != nil {
			return
		}
	}
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
	case l, ok := <-p.lines:
		if !ok || l.err != nil && l.text == "" {
			return "", errNoAnswer
		}
		return l.text, nil
	}
}
