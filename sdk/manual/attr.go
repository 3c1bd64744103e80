package manual

import (
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/detect"
)

// Attrs returns the arguments of a shape with those of its blocks, as paths.
func Attrs(shape detect.Shape) []detect.Attr { return attrs("", shape) }

func attrs(before string, shape detect.Shape) []detect.Attr {
	var list []detect.Attr
	for _, attr := range shape.Attrs {
		attr.Name = before + attr.Name
		list = append(list, attr)
		if attr.Shape != nil {
			list = slices.Concat(list, attrs(attr.Name+".", *attr.Shape))
		}
	}
	return list
}

// Takes says in words what an argument takes.
func Takes(a detect.Attr) string {
	text := string(a.Type)
	switch {
	case a.Type == detect.TypeRef:
		text = strings.Join(a.Kinds, " or ")
	case a.Type == detect.TypeRefs:
		text = "a list of " + strings.Join(a.Kinds, " or ")
	case a.Type == detect.TypeKeywords:
		text = "a list of " + strings.Join(a.OneOf, ", ")
	case a.Type == detect.TypeSQL:
		text = "SQL: " + string(a.SQL)
	case a.Names != "":
		text = "a name in the database"
	case len(a.OneOf) > 0:
		text = strings.Join(a.OneOf, ", ")
	case a.Min != nil && a.Max != nil:
		text = fmt.Sprintf("%d to %d", *a.Min, *a.Max)
	case a.Min != nil:
		text = fmt.Sprintf("at least %d", *a.Min)
	}
	switch {
	case a.Required:
		return text + "; required"
	case a.Default != "":
		return text + "; else " + a.Default
	}
	return text
}
