package output

import (
	"errors"
	"fmt"

	"github.com/whimbreldb/whimbrel/core/diag"
)

// A document is the JSON form of a run: one for each, on stdout.
type document struct {
	FormatVersion string    `json:"format_version"`
	Command       string    `json:"command"`
	ExitCode      int       `json:"exit_code"`
	Error         string    `json:"error,omitempty"`
	Diagnostics   diag.List `json:"diagnostics,omitempty"`
	Result        Result    `json:"result,omitempty"`
}

func (s *Session) printDocument(code int, err error) {
	text, failed := encode(s.document(code, err), "")
	if failed == nil {
		_, failed = s.Out.Write(append(text, '\n'))
	}
	if failed != nil {
		fmt.Fprintln(s.Err, "Error:", failed)
	}
}

func (s *Session) document(code int, err error) document {
	d := document{FormatVersion: "1", Command: s.command, ExitCode: code, Result: s.result, Diagnostics: s.diagnostics}
	d.Diagnostics = append(d.Diagnostics, Diagnostics(err)...).Sorted()
	if err != nil {
		d.Error = err.Error()
	}
	return d
}

// Diagnostics returns the diagnostics that an error consists of, nil if it is an
// error of another sort.
func Diagnostics(err error) diag.List {
	var list diag.List
	var one diag.Diagnostic
	var other interface{ Diagnostic() diag.Diagnostic }
	switch {
	case errors.As(err, &list):
		return list
	case errors.As(err, &one):
		return diag.List{one}
	case errors.As(err, &other):
		return diag.List{other.Diagnostic()}
	}
	return nil
}
