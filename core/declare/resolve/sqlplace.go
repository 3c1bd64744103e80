package resolve

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/whimbreldb/whimbrel/core/declare"
)

// place returns where a piece of the text stands in the document. Where that cannot
// be told it is the whole of it.
func (t sqlText) place(from, to int) declare.Place {
	whole := declare.Place{Document: t.file, Span: t.expr.Span}
	if t.file == nil || t.file.Bytes == nil {
		return whole
	}
	written := t.file.Text(t.expr.Span)
	if at, ok := writtenAt(written, t.text, from); ok {
		end, _ := writtenAt(written, t.text, to)
		base := t.expr.Span.From
		return declare.Place{Document: t.file, Span: declare.Span{From: base + int32(at), To: base + int32(max(at, end))}}
	}
	return whole
}

// writtenAt returns where a byte of a text stands in what is written: between
// quotes, with escapes, or in lines between the marks of a heredoc, which lose their
// indentation.
func writtenAt(written, text string, offset int) (int, bool) {
	offset = max(0, min(offset, len(text)))
	if !strings.HasPrefix(written, "<<") {
		return quotedAt(written, text, offset)
	}
	line, column := strings.Count(text[:offset], "\n"), offset-strings.LastIndexByte(text[:offset], '\n')-1
	at := 0
	for range line + 1 {
		end := strings.IndexByte(written[at:], '\n')
		if end < 0 {
			return 0, false
		}
		at += end + 1
	}
	lineWritten, _, _ := strings.Cut(written[at:], "\n")
	lineRead := strings.SplitN(text, "\n", line+2)[line]
	indent := len(strings.TrimSuffix(lineWritten, "\r")) - len(lineRead)
	return at + max(0, indent) + column, indent >= 0
}

// quotedAt returns where a byte of a text stands between quotes.
func quotedAt(written, text string, offset int) (int, bool) {
	at, read := 1, 0
	for read < offset && at < len(written)-1 {
		length, bytes := escape(written[at:])
		at, read = at+length, read+bytes
	}
	return at, read == offset && strings.HasPrefix(written, `"`) && len(written) >= len(text)+2
}

// escape returns how many bytes stand for one character at the beginning of what is
// written, and how many that has in the text.
func escape(written string) (length, bytes int) {
	switch {
	case strings.HasPrefix(written, "$${"), strings.HasPrefix(written, "%%{"):
		return 3, 2
	case !strings.HasPrefix(written, `\`) || len(written) < 2:
		return 1, 1
	}
	length = map[byte]int{'u': 6, 'U': 10}[written[1]]
	if length == 0 || length > len(written) {
		return 2, 1
	}
	code, _ := strconv.ParseUint(written[2:length], 16, 32)
	return length, utf8.RuneLen(rune(code))
}
