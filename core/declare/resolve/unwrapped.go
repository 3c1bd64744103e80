package resolve

import (
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/detect"
)

// unwrapped returns an argument whose strings are SQL as one that has them as they are:
// each may stand in sql("...") too.
func unwrapped(a detect.Attr, attr *declare.Attr) *declare.Attr {
	if a.SQL == "" {
		return attr
	}
	bare := *attr
	bare.Value = unwrappedIn(attr.Value)
	return &bare
}

func unwrappedIn(e *declare.Expr) *declare.Expr {
	inner := strip(e)
	switch {
	case inner.Kind == declare.Call && inner.Text == "sql" && len(inner.Args) == 1 && strip(inner.Args[0]).Kind == declare.String:
		return strip(inner.Args[0])
	case inner.Kind == declare.List:
		list := *inner
		list.Args = make([]*declare.Expr, len(inner.Args))
		for i, element := range inner.Args {
			list.Args[i] = unwrappedIn(element)
		}
		return &list
	}
	return e
}
