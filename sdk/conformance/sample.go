package conformance

import (
	"fmt"
	"regexp"
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
func sampleModel(o detect.Option, field string, v variant) string {
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
	if alone(o) {
		b.WriteString(sampleTargets(o.Shape) + sampleOption(o, field, v))
	}
	return b.String()
}

// sampleTargets writes what the references of a block name besides the model.
func sampleTargets(shape detect.Shape) string {
	known := map[string]string{
		"sample_enum":     "enum \"sample_enum\" { values = [\"a\"] }\n",
		"sample_domain":   "domain \"sample_domain\" { type = text }\n",
		"sample_sequence": "sequence \"sample_sequence\" {}\n",
		"sample_view":     "view \"sample_view\" { query = sql(\"select id from sample\") }\n",
		"sample_function": "function \"sample_function\" {\n  returns = integer\n  body = sql(\"select 1\")\n}\n",
	}
	var b strings.Builder
	for _, a := range shape.Attrs {
		if a.Type == detect.TypeRef {
			target := sampleTarget(a, "")
			b.WriteString(known[target])
			delete(known, target)
		}
	}
	return b.String()
}

func sampleOption(o detect.Option, field string, v variant) string {
	label := ""
	switch {
	case v.flag:
		return o.Name + " = true\n"
	case o.Labelled:
		label = ` "sample one"`
	}
	return o.Name + label + " {\n" + sampleBlock(o.Shape, field, v) + "}\n"
}

func sampleBlock(shape detect.Shape, field string, v variant) string {
	var b strings.Builder
	for _, a := range shape.Attrs {
		text, wanted := v.value(a)
		switch {
		case !wanted:
		case a.Type == detect.TypeBlock && a.Shape != nil:
			b.WriteString(a.Name + " {\n" + sampleBlock(*a.Shape, field, v) + "}\n")
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
		return `["it's"]`
	case detect.TypeField:
		return field
	case detect.TypeFields:
		return "[" + field + "]"
	case detect.TypeModel:
		return "sample"
	case detect.TypeRef:
		return sampleTarget(a, field)
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
	for _, kind := range a.Kinds {
		switch kind {
		case model.ModelKind:
			return "sample"
		case model.FieldKind:
			return "sample." + field
		case model.EnumKind, model.DomainKind, "sequence", "view", "function":
			return "sample_" + kind
		}
	}
	return "sample"
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
	case a.SQL == detect.SQLBody && a.Example != "":
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
