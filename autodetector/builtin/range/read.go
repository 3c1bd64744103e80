package ranges

import (
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/source/sql"
	"github.com/whimbreldb/whimbrel/core/sqltext/ddl"
)

// readSQL reads CREATE TYPE ... AS RANGE.
func readSQL(w *sql.Work, s sql.Statement) bool {
	d, ok := s.What.(ddl.CreateRange)
	if !ok {
		return false
	}
	b := w.Block(s, "range", sql.TypeClass, d.Name, d.Place)
	several := model.Multirange(d.Name.Name)
	for _, o := range d.Options {
		switch o.Name {
		case "subtype":
			b.Set("subtype", w.Type(s, *o.Type))
		case "subtype_opclass", "subtype_diff", "canonical", "collation":
			b.SetText(o.Name, w.Written(s, o.Names))
		case "multirange_type_name":
			if name := o.Names[len(o.Names)-1]; name != several {
				several = name
				b.SetText("multirange", name)
			}
		default:
			w.NoWord(s, o.Span, "a range has no "+o.Name)
		}
	}
	w.Several(b, ddl.Name{Schema: b.Name().Schema, Name: several})
	return true
}
