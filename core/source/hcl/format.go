package hcl

import (
	"bytes"
	"fmt"

	"github.com/hashicorp/hcl/v2/hclwrite"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/source/hcl/syntax"
)

// Format returns the text of a model file or of the project file in HCL's own
// layout: indents of two spaces, one blank between words, aligned arguments and
// comments. It changes blanks and the end of the file, and nothing else; where lines
// end is the writer's choice. What it returns it leaves as it is.
//
// Syntax errors are diagnostics, as reading the file gives them; then the text is
// returned unchanged. The error is about a layout that would be read as something
// else.
func Format(name string, text []byte) ([]byte, diag.List, error) {
	before, problems := syntax.Parse(name, text)
	if problems.HasErrors() {
		return text, problems, nil
	}
	formatted := ended(hclwrite.Format(text))
	after, problems := syntax.Parse(name, formatted)
	if problems.HasErrors() || !after.Body.Equal(before.Body) {
		return text, nil, fmt.Errorf("formatting %s: another layout would be read as something else", name)
	}
	return formatted, nil, nil
}

// ended returns a text whose last line ends, without blank lines after it.
func ended(text []byte) []byte {
	end := "\n"
	if bytes.Contains(text, []byte("\r\n")) {
		end = "\r\n"
	}
	if text = bytes.TrimRight(text, " \t\r\n"); len(text) == 0 {
		return nil
	}
	return append(text, end...)
}
