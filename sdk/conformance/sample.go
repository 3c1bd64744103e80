package conformance

import (
	"context"
	"fmt"
	"strings"

	"github.com/whimbreldb/whimbrel/core/detect"
)

// sampleFields are the fields of a sample's model, besides id.
var sampleFields = []struct{ name, typ string }{
	{"moment", "timestamptz"}, {"number", "integer"}, {"title", "text"}, {"flag", "boolean"},
}

// sample returns models that use each option that can be used without knowing
// what its values mean: with what is required, and with everything.
func (t *trial) sample(ctx context.Context) []Models {
	var options []string
	for _, o := range t.Detector.Manifest().Options {
		for _, everything := range []bool{false, true} {
			if text, ok := t.accepted(ctx, o, everything); ok {
				options = append(options, text)
			}
		}
	}
	var models []Models
	for i, text := range options {
		models = append(models, Models{Name: fmt.Sprintf("sample %d", i+1), Text: text})
	}
	return models
}

// accepted returns a model with an option that can be read and planned.
func (t *trial) accepted(ctx context.Context, o detect.Option, everything bool) (string, bool) {
	for _, field := range sampleFields {
		text := sampleModel(o, field.name, everything)
		declared, found, err := t.parse(ctx, text)
		if err != nil || found.HasErrors() {
			continue
		}
		nothing, _ := (&trial{Subject: Subject{Detector: t.Detector}}).read(ctx)
		if _, why := t.plan(ctx, nothing[0], stage{declared: declared}, &recorder{Detector: t.Detector}); why == "" {
			return text, true
		}
	}
	return "", false
}

// sampleModel writes a model with an option; an argument that names a field
// names the given one.
func sampleModel(o detect.Option, field string, everything bool) string {
	var b strings.Builder
	b.WriteString("model \"sample\" {\n")
	for _, f := range sampleFields {
		fmt.Fprintf(&b, "  field %q {\n    type = %s\n    null = true\n", f.name, f.typ)
		if o.On == detect.OnField && f.name == field {
			b.WriteString(sampleOption(o, field, everything))
		}
		b.WriteString("  }\n")
	}
	if o.On == detect.OnModel {
		b.WriteString(sampleOption(o, field, everything))
	}
	return b.String() + "}\n"
}

func sampleOption(o detect.Option, field string, everything bool) string {
	label := ""
	if o.Labelled {
		label = ` "sample one"`
	}
	return o.Name + label + " {\n" + sampleBlock(o.Shape, field, everything) + "}\n"
}

func sampleBlock(shape detect.Shape, field string, everything bool) string {
	var b strings.Builder
	for _, a := range shape.Attrs {
		switch {
		case !a.Required && !everything:
		case a.Type == detect.TypeBlock && a.Shape != nil:
			b.WriteString(a.Name + " {\n" + sampleBlock(*a.Shape, field, everything) + "}\n")
		case a.Type == detect.TypeQuery:
			b.WriteString(a.Name + " {\nfilter = number > 0\n}\n")
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
	case detect.TypeExpression:
		return "number > 0"
	}
	return `"it's"`
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
