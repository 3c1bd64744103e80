package protocol

import (
	"github.com/whimbreldb/whimbrel/core/detect"
)

func toShape(s detect.Shape) *Shape {
	if len(s.Attrs) == 0 {
		return nil
	}
	return &Shape{Attrs: toAll(s.Attrs, toAttr)}
}

func readShape(r *reader, s *Shape) detect.Shape {
	return detect.Shape{Attrs: readAll(r, s.GetAttrs(), readAttr)}
}

func toAttr(a detect.Attr) *Attr {
	attr := &Attr{
		Name: a.Name, Type: toNumber[AttrType](attrTypes, a.Type), Doc: a.Doc, Required: a.Required,
		Default: a.Default, OneOf: a.OneOf, Pattern: a.Pattern, Min: a.Min, Max: a.Max,
		Aspects: toAll(a.Aspects, func(name string) Aspect { return toNumber[Aspect](aspectNames, name) }),
		Kinds:   a.Kinds, Names: a.Names, Sql: toNumber[SqlKind](sqlKinds, a.SQL), Columns: a.Columns, Language: a.Language,
		Fill: a.Fill, As: a.As, Given: a.Given, Example: a.Example, Hint: a.Hint, Loose: a.Loose, Condition: a.Condition,
	}
	if a.Shape != nil {
		attr.Shape = &Shape{Attrs: toAll(a.Shape.Attrs, toAttr)}
	}
	return attr
}

func readAttr(r *reader, a *Attr) detect.Attr {
	attr := detect.Attr{
		Name: a.GetName(), Type: readKnown(r, attrTypes, a.GetType(), "type of an argument"), Doc: a.GetDoc(),
		Required: a.GetRequired(), Default: a.GetDefault(), OneOf: a.GetOneOf(), Pattern: a.GetPattern(),
		Min: a.Min, Max: a.Max,
		Aspects: readAll(r, a.GetAspects(), func(r *reader, aspect Aspect) string {
			return readKnown(r, aspectNames, aspect, "aspect")
		}),
		Kinds: a.GetKinds(), Names: a.GetNames(), SQL: readWord(r, sqlKinds, a.GetSql(), "kind of SQL"),
		Columns: a.GetColumns(), Language: a.GetLanguage(),
		Fill: a.GetFill(), As: a.GetAs(), Given: a.GetGiven(), Example: a.GetExample(), Hint: a.GetHint(), Loose: a.GetLoose(), Condition: a.GetCondition(),
	}
	if a.GetShape() != nil {
		shape := readShape(r, a.GetShape())
		attr.Shape = &shape
	}
	return attr
}
