package conformance

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/model"
)

// sampleFields are the fields of a sample's model, besides id.
var sampleFields = []struct{ name, typ string }{
	{"moment", "timestamptz"}, {"number", "integer"}, {"title", "text"}, {"flag", "boolean"},
}

// sampleModel writes a model with an option, or beside a block that stands by
// itself; an argument that names a field names the given one.
func (t *trial) sampleModel(o detect.Option, field string, v variant) string {
	var b strings.Builder
	b.WriteString("model \"sample\" {\n")
	for _, f := range sampleFields {
		fmt.Fprintf(&b, "  field %q {\n    type = %s\n    null = true\n", f.name, f.typ)
		if o.On == detect.OnField && f.name == field {
			b.WriteString(sampleOption(o, field, v))
		}
		b.WriteString("  }\n")
	}
	if o.On == detect.OnModel {
		b.WriteString(sampleOption(o, field, v))
	}
	b.WriteString("}\n")
	if o.Alone() {
		b.WriteString(t.targets(o.Shape) + sampleOption(o, field, v))
	}
	return b.String()
}

// targets writes the blocks that the references of a block name: of each kind that
// somebody's block makes, one with what is required.
func (t *trial) targets(shape detect.Shape) string {
	var b strings.Builder
	for _, a := range shape.Attrs {
		if made, ok := t.maker(a); ok && (a.Type == detect.TypeRef || a.Type == detect.TypeRefs) {
			required := variant{value: func(inner detect.Attr) (string, bool) { return "", inner.Required }}
			b.WriteString(sampleBlockNamed(made, targetName(a), "", required))
		}
	}
	return b.String()
}

// maker returns the option that makes an object by itself which a
// reference can name, unless that is a model or a field.
func (t *trial) maker(a detect.Attr) (detect.Option, bool) {
	if slices.Contains(a.Kinds, model.ModelKind) || slices.Contains(a.Kinds, model.FieldKind) {
		return detect.Option{}, false
	}
	for _, m := range t.manifests() {
		for _, o := range m.Options {
			if o.Alone() && slices.Contains(a.Kinds, o.Kind) {
				return o, true
			}
		}
	}
	return detect.Option{}, false
}

// targetName is what the target of a reference is called.
func targetName(a detect.Attr) string { return "sample_" + a.Name }

func sampleOption(o detect.Option, field string, v variant) string {
	switch {
	case v.flag:
		return o.Name + " = true\n"
	case o.Labelled:
		return sampleBlockNamed(o, "sample one", field, v)
	}
	return o.Name + " {\n" + sampleBlock(o.Shape, field, v) + "}\n"
}

func sampleBlockNamed(o detect.Option, label, field string, v variant) string {
	return fmt.Sprintf("%s %q {\n%s}\n", o.Name, label, sampleBlock(o.Shape, field, v))
}

func sampleBlock(shape detect.Shape, field string, v variant) string {
	var b strings.Builder
	for _, a := range shape.Attrs {
		text, wanted := v.value(a)
		switch {
		case !wanted:
		case a.Type == detect.TypeBlock && a.Shape != nil:
			b.WriteString(a.Name + " {\n" + sampleBlock(*a.Shape, field, v) + "}\n")
		case a.Type == detect.TypeBlocks && a.Shape != nil:
			b.WriteString(a.Name + " \"one\" {\n" + sampleBlock(*a.Shape, field, v) + "}\n")
		case a.Type == detect.TypeQuery:
			b.WriteString(a.Name + " {\nfilter = number > 0\n}\n")
		case text != "":
			b.WriteString(a.Name + " = " + text + "\n")
		default:
			b.WriteString(a.Name + " = " + sampleValue(a, field) + "\n")
		}
	}
	return b.String()
}

func sampleValue(a detect.Attr, field string) string {
	switch a.Type {
	case detect.TypeBool:
		return "true"
	case detect.TypeInt:
		return fmt.Sprint(sampleInt(a))
	case detect.TypeDecimal:
		return "1.5"
	case detect.TypeKeyword:
		return a.OneOf[len(a.OneOf)-1]
	case detect.TypeStrings:
		if len(a.OneOf) > 0 {
			return fmt.Sprintf("[%q]", a.OneOf[0])
		}
		return `["it's"]`
	case detect.TypeNames:
		return "[id]"
	case detect.TypeField:
		return field
	case detect.TypeFields:
		return "[" + field + "]"
	case detect.TypeModel:
		return "sample"
	case detect.TypeRef:
		return sampleTarget(a, field)
	case detect.TypeRefs:
		return "[" + sampleTarget(a, field) + "]"
	case detect.TypeKeywords:
		return "[" + strings.Join(a.OneOf, ", ") + "]"
	case detect.TypeType, detect.TypeResult:
		return "integer"
	case detect.TypeArguments:
		return "{ a = integer }"
	case detect.TypeMap:
		return `{ a = "it's" }`
	case detect.TypeExpression, detect.TypeSQL:
		return sampleExpression(a)
	}
	if a.Pattern != "" && a.Example != "" {
		return a.Example
	}
	return fmt.Sprintf("%q", sampleText(a.Pattern))
}

// sampleTarget names an object of one of the kinds of a reference.
func sampleTarget(a detect.Attr, field string) string {
	switch {
	case slices.Contains(a.Kinds, model.ModelKind):
		return "sample"
	case slices.Contains(a.Kinds, model.FieldKind):
		return "sample." + field
	}
	return targetName(a)
}

// sampleExpression returns an expression, or SQL of the kind that is wanted.
func sampleExpression(a detect.Attr) string {
	switch {
	case a.Given != "":
		return "value > 0"
	case a.As != "":
		return "1"
	case a.Type == detect.TypeExpression:
		return "number > 0"
	case a.SQL == detect.SQLExpression:
		return `sql("true")`
	case a.SQL == detect.SQLBody && a.Example != "" && !strings.Contains(a.Example, "..."):
		return a.Example
	}
	return `sql("select 1 as one")`
}

// sampleText returns a text that fits a pattern, if one of a few does.
func sampleText(pattern string) string {
	whole, err := regexp.Compile("^(?:" + pattern + ")$")
	for _, text := range []string{"it's", "sample", "a", "A", "1", "a1", "1 day", "10 MB", "public.sample", "sample-one"} {
		if err == nil && whole.MatchString(text) {
			return text
		}
	}
	return "it's"
}

func sampleInt(a detect.Attr) int64 {
	switch {
	case a.Min != nil:
		return *a.Min
	case a.Max != nil:
		return *a.Max
	}
	return 1
}
