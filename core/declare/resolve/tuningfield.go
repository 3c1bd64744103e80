package resolve

import (
	"fmt"

	"github.com/whimbreldb/whimbrel/core/declare"
	kinds "github.com/whimbreldb/whimbrel/core/model"
)

// maxStatistics is the highest statistics target (MAX_STATISTICS_TARGET).
const maxStatistics = 10_000

// tuneField reads how a column is stored.
func (l *loader) tuneField(f *field, attrs *kinds.Field) {
	if a := f.attrs.storage; a != nil {
		attrs.Storage, _ = l.keyword(f.file, a, "plain", "main", "external", "extended")
		l.storable(f, a, attrs.Storage != "" && attrs.Storage != "plain")
	}
	if a := f.attrs.compression; a != nil {
		attrs.Compression, _ = l.keyword(f.file, a, "pglz", "lz4")
		l.storable(f, a, attrs.Compression != "")
	}
	if a := f.attrs.statistics; a != nil {
		if n, ok := l.wholeNumber(f.file, a, 0, maxStatistics); ok {
			attrs.Statistics = &n
		}
	}
}

// storable reports an argument that is for types whose values can be large.
func (l *loader) storable(f *field, a *declare.Attr, large bool) {
	if large && f.typ.storage() == "plain" {
		l.report(declare.Place{Document: f.file, Span: a.Value.Span}, codeStorage,
			fmt.Sprintf("field %q is of a type that is always stored plain", f.name),
			fmt.Sprintf("PostgreSQL neither compresses values of type %s nor keeps them aside.", f.typ), "take it out")
	}
}

// storage is where values of a type are kept if nobody says otherwise.
func (t *typ) storage() string {
	base := t.base()
	switch {
	case t.Dimensions > 0 || base.Dimensions > 0:
		return "extended"
	case base.valued() != nil:
		return "plain" // a value of an enum is four bytes
	}
	return base.name.Storage()
}

// wholeNumber reads a number between bounds.
func (l *loader) wholeNumber(f *declare.Document, a *declare.Attr, least, most int64) (int64, bool) {
	n, err := literalInteger(a.Value)
	if err != nil || n < least || n > most {
		l.badValue(f, a, fmt.Sprintf("a whole number from %d to %d", least, most), fmt.Sprint(most))
		return 0, false
	}
	return n, true
}
