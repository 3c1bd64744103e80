package sdk

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/detect"
)

// reading returns an option, if it has texts in SQL, with the argument that says what these
// read besides what is found in them: what SQL names that is made when it runs, or what
// stands in the text of an extension.
func reading(o Option) Option {
	texts := slices.ContainsFunc(o.Shape.Attrs, func(a Attr) bool { return a.Type == detect.TypeSQL })
	if !texts {
		return o
	}
	o.Shape.Attrs = append(o.Shape.Attrs[:len(o.Shape.Attrs):len(o.Shape.Attrs)], Attr{
		Name: "reads", Type: detect.TypeRefs, Kinds: []string{detect.AnyKind}, Example: "[MODEL, MODEL.FIELD]",
		Doc: "What its SQL reads besides what is found in it, as in dynamic SQL; the names are not followed",
	})
	return o
}
