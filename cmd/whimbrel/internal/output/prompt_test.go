package output_test

import (
	"context"
	"io"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

func prompt(in io.Reader, screen io.Writer) *output.Prompt {
	s := output.NewSession(output.Process{In: in, Err: screen, Getenv: func(string) (string, bool) { return "", false }})
	return s.Prompt()
}

// Whoever is asked less than was typed leaves nobody behind: synctest fails where a
// goroutine outlives the test.
func TestPrompt_linesLeft(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := prompt(strings.NewReader("nine\n2\nleft\nover\n"), io.Discard)
		choice, err := p.Choose(t.Context(), 3)
		require.NoError(t, err)
		require.Equal(t, 2, choice)
	})
}

// Every line answers one question, the last one without a line break too.
func TestPrompt_everyLine(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var screen strings.Builder
		p := prompt(strings.NewReader("one\ntwo"), &screen)
		for _, want := range []string{"one", "two"} {
			got, err := p.Ask(t.Context(), want+"? ")
			require.NoError(t, err)
			require.Equal(t, want, got)
		}
		_, err := p.Ask(t.Context(), "three? ")
		require.ErrorContains(t, err, "the input ended")
		require.Equal(t, "  one?   two?   three? ", screen.String())
	})
}

// A question that is given up leaves its line to the next question, and the reader is
// gone with that line.
func TestPrompt_interrupted(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		in, keyboard := io.Pipe()
		p := prompt(in, io.Discard)
		ctx, interrupt := context.WithCancel(t.Context())
		failed := make(chan error)
		go func() {
			_, err := p.Ask(ctx, "first? ")
			failed <- err
		}()
		synctest.Wait()
		interrupt()
		require.ErrorIs(t, <-failed, context.Canceled)

		typed := make(chan error)
		go func() {
			_, err := io.WriteString(keyboard, "answer\n")
			typed <- err
		}()
		got, err := p.Ask(t.Context(), "second? ")
		require.NoError(t, err)
		require.Equal(t, "answer", got)
		require.NoError(t, <-typed)
	})
}
