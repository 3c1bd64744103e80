package declare

import "github.com/whimbreldb/whimbrel/core/diag"

// A Span is a piece of a document: of a text, the bytes from From up to, not
// including, To.
type Span struct{ From, To int32 }

// Between returns the span from the beginning of a to the end of b.
func Between(a, b Span) Span { return Span{From: a.From, To: b.To} }

// A Place is a piece of a document. The zero Place is nowhere.
type Place struct {
	Document *Document
	Span     Span
}

// Range returns the place for a message.
func (p Place) Range() diag.Range {
	if p.Document == nil {
		return diag.Range{}
	}
	return p.Document.Range(p.Span)
}
