package usertype

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// CompositeName returns the name of a composite.
func CompositeName(c model.Composite) Name { return Name{Schema: c.Schema, Name: c.Name} }

// CreateComposite returns the statements that make a composite.
func CreateComposite(at sdk.Moment, c model.Composite) []string {
	name := CompositeName(c).SQL()
	list := make([]string, len(c.Fields))
	for i, a := range c.Fields {
		list[i] = address.Quote(a.Label) + " " + AttributeType(at, a)
	}
	texts := []string{"CREATE TYPE " + name + " AS (" + strings.Join(list, ", ") + ")"}
	if c.Comment != "" {
		texts = append(texts, sdk.Comment("TYPE "+name, c.Comment))
	}
	return texts
}

// AttributeType returns the type of an attribute with its collation.
func AttributeType(at sdk.Moment, a model.Attribute) string {
	text := at.Type(a.Type)
	if a.Collate != "" {
		text += " COLLATE " + address.Quote(a.Collate)
	}
	return text
}
