package output_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

// numbers are a result that ends with an error, if there is one.
type numbers struct {
	count int
	err   error
}

type number struct {
	Of   int    `json:"of"`
	Text string `json:"text,omitempty"`
}

func (n numbers) each(yield func(any, error) bool) {
	for i := range n.count {
		if !yield(number{Of: i, Text: strings.Repeat("<&>", i)}, nil) {
			return
		}
	}
	if n.err != nil {
		yield(nil, n.err)
	}
}

func (n numbers) PrintAll(p *output.Printer) error {
	for one, err := range n.each {
		if err != nil {
			return err
		}
		p.Line("%d", one.(number).Of)
	}
	return nil
}

func (n numbers) WriteAll(o *output.Object) error {
	if err := o.List("numbers", n.each); err != nil {
		return err
	}
	return o.Member("all", []int{n.count})
}

// A held is the same result where it is not too long.
type held struct {
	Numbers []number `json:"numbers"`
	All     []int    `json:"all"`
}

func (held) Print(*output.Printer) {}

// run runs a command that streams a result, or returns one.
func run(t *testing.T, format string, streamed numbers, result output.Result) (code int, out, errs string) {
	t.Helper()
	var stdout, stderr strings.Builder
	s := output.NewSession(output.Process{Out: &stdout, Err: &stderr, Getenv: func(string) (string, bool) { return "", false }})
	s.Format = format
	c := &cobra.Command{Use: "count", SilenceErrors: true, SilenceUsage: true}
	c.RunE = s.Run(func(context.Context, []string) (output.Result, error) {
		if result != nil {
			return result, nil
		}
		return nil, s.Stream(streamed)
	})
	c.SetArgs(nil)
	code = s.Finish(c.ExecuteContext(t.Context()))
	return code, stdout.String(), stderr.String()
}

const twoNumbers = `{
  "format_version": "1",
  "command": "count",
  "exit_code": 0,
  "result": {
    "numbers": [
      {
        "of": 0
      },
      {
        "of": 1,
        "text": "<&>"
      }
    ],
    "all": [
      2
    ]
  }
}
`

// A document looks the same whether its result is streamed or not.
func TestStream(t *testing.T) {
	t.Parallel()
	_, out, _ := run(t, output.JSON, numbers{count: 2}, nil)
	require.Equal(t, twoNumbers, out)
	_, out, _ = run(t, output.JSON, numbers{}, held{Numbers: []number{{}, {Of: 1, Text: "<&>"}}, All: []int{2}})
	require.Equal(t, twoNumbers, out)

	_, none, _ := run(t, output.JSON, numbers{}, nil)
	_, out, _ = run(t, output.JSON, numbers{}, held{Numbers: []number{}, All: []int{0}})
	require.Equal(t, out, none)
	require.Contains(t, none, `"numbers": [],`)

	code, out, errs := run(t, output.Text, numbers{count: 3}, nil)
	require.Zero(t, code)
	require.Equal(t, "0\n1\n2\n", out)
	require.Empty(t, errs)
}

// An error before anything was written is in the document; one after it breaks the
// document off, so that it can be taken for nothing.
func TestStream_fails(t *testing.T) {
	t.Parallel()
	failed := errors.New("the connection is gone")
	code, out, errs := run(t, output.JSON, numbers{err: failed}, nil)
	require.Equal(t, output.ExitFailure, code)
	require.Equal(t, "{\n  \"format_version\": \"1\",\n  \"command\": \"count\",\n  \"exit_code\": 1,\n  \"error\": \"the connection is gone\"\n}\n", out)
	require.Equal(t, "Error: the connection is gone\n", errs)

	code, out, errs = run(t, output.JSON, numbers{count: 1, err: failed}, nil)
	require.Equal(t, output.ExitFailure, code)
	require.True(t, strings.HasSuffix(out, "\"of\": 0\n      }"), out)
	require.Equal(t, "Error: the connection is gone\n", errs)

	code, out, _ = run(t, output.Text, numbers{count: 2, err: failed}, nil)
	require.Equal(t, output.ExitFailure, code)
	require.Equal(t, "0\n1\n", out)
}
