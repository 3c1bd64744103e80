package output

import (
	"fmt"
	"io"
	"strings"

	"github.com/whimbreldb/whimbrel/core/diag"
)

// annotate writes diagnostics as workflow commands of GitHub Actions, which shows them at
// their lines in a pull request.
func annotate(w io.Writer, list diag.List) {
	for _, d := range list {
		level := map[diag.Severity]string{diag.Error: "error", diag.Warning: "warning", diag.Note: "notice"}[d.Severity]
		properties := "title=" + property(d.Code)
		if !d.Range.IsZero() {
			properties = fmt.Sprintf("file=%s,line=%d,col=%d,endLine=%d,endColumn=%d,%s", property(d.Range.File),
				d.Range.Start.Line, d.Range.Start.Column, d.Range.End.Line, d.Range.End.Column, properties)
		}
		text := d.Summary
		if d.Detail != "" {
			text += "\n" + d.Detail
		}
		if d.Next != "" {
			text += "\nNext: " + d.Next
		}
		fmt.Fprintf(w, "::%s %s::%s\n", level, properties, message(text))
	}
}

// message escapes what ends a workflow command.
func message(text string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(text)
}

// property escapes what ends a property of one.
func property(text string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(message(text))
}
