package lint

import (
	"strings"
	"unicode/utf8"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/sqltext/ddl"
)

// place returns where a span of the text is in its file.
func (c *check) place(s ddl.Span) diag.Range {
	return diag.Range{File: c.text.File, Start: c.pos(s.From), End: c.pos(s.To)}
}

func (c *check) pos(at int) diag.Pos {
	at += c.text.Offset
	before := c.text.Whole[:min(at, len(c.text.Whole))]
	begin := strings.LastIndexByte(before, '\n') + 1
	return diag.Pos{Line: strings.Count(before, "\n") + 1, Column: utf8.RuneCountInString(before[begin:]) + 1, Byte: at}
}
