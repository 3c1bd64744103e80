package sql

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/sqltext/ddl"
)

// Again reports that the statement has been offered to all kinds before, and that all
// that any of them makes has been made.
func (w *Work) Again() bool { return w.again }

// After adds to an argument what a block needs, by its label, if that is made.
func (w *Work) After(s Statement, b *Block, argument, class, label string) {
	if label == "" {
		return
	}
	w.later = append(w.later, func() {
		if found := w.FindBare(class, label); found != nil {
			b.Set(argument, List(w.Ref(s, found)))
		}
	})
}

// Restored reports whether a REVOKE takes away what a later GRANT gives again, as
// pg_dump writes rights that are not the usual ones.
func (w *Work) Restored(s Statement, d ddl.Grant) bool {
	return d.Revoke && d.Whole && slices.ContainsFunc(w.granted, func(of Statement) bool {
		g := of.What.(ddl.Grant)
		return of.file.Name == s.file.Name && of.Span.From > s.Span.From && g.Kind == d.Kind && slices.Equal(g.Roles, d.Roles) && slices.Equal(g.Columns, d.Columns) &&
			(len(g.Rights) == 0 || len(d.Rights) > 0 && subset(d.Rights, g.Rights)) && slices.EqualFunc(g.Objects, d.Objects, w.sameObject(s))
	})
}

func subset(part, all []string) bool {
	return !slices.ContainsFunc(part, func(one string) bool { return !slices.Contains(all, one) })
}

func (w *Work) sameObject(s Statement) func(a, b ddl.GrantedObject) bool {
	return func(a, b ddl.GrantedObject) bool {
		return w.Made(s, a.Name) == w.Made(s, b.Name) && slices.Equal(w.Signature(s, a.Arguments), w.Signature(s, b.Arguments))
	}
}
