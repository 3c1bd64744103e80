package conformance

import (
	"context"
	"fmt"

	"github.com/whimbreldb/whimbrel/core/detect"
)

// values has the detector answer to every option with every keyword, with the
// bounds of numbers, and with each argument that can be absent. It may refuse
// what makes no sense. It returns models with what it took.
func (t *trial) values(ctx context.Context) []Models {
	var models []Models
	for _, option := range t.Detector.Manifest().Options {
		for i, v := range variants(option) {
			text, ok := t.tried(ctx, option, v)
			if ok && i < 2 { // with what is required, and with everything
				models = append(models, Models{Name: fmt.Sprintf("sample %d", len(models)+1), Text: text})
			}
		}
	}
	if len(t.Detector.Manifest().Options) == 0 {
		t.skip("it has no options", valuesCheck)
	}
	return models
}

// tried plans a model with an option, over fields of several types until one is
// taken, and reports whether one was.
func (t *trial) tried(ctx context.Context, o detect.Option, v variant) (string, bool) {
	nothing, _ := aside(t.Detector).read(ctx)
	for _, field := range sampleFields {
		text := t.sampleModel(o, field.name, v)
		declared, found, err := t.parse(ctx, text)
		if err != nil || found.HasErrors() {
			continue
		}
		recorder := &recorder{Detector: t.Detector}
		_, failure := t.plan(ctx, nothing[0], stage{declared: declared}, recorder)
		switch {
		case failure == nil:
			for _, pass := range recorder.passes {
				t.pass(ctx, "nothing to "+o.Name+" "+v.name, pass, func(check string) string { return check })
			}
			t.printed(ctx, stage{name: o.Name + " " + v.name, declared: declared})
			return text, true
		case !failure.refused:
			t.wrongWith(valuesCheck, o.Name+" "+v.name, failure.why)
			return "", false
		}
	}
	return "", false
}

// A variant is one way of filling in an option.
type variant struct {
	name  string
	flag  bool                                     // NAME = true
	value func(detect.Attr) (text string, ok bool) // of an argument; "" for the usual one
}

// variants returns the ways to fill in an option, first those with what is
// required and with everything.
func variants(o detect.Option) []variant {
	list := []variant{
		{name: "with what is required", value: func(a detect.Attr) (string, bool) { return "", a.Required }},
		{name: "with everything", value: func(detect.Attr) (string, bool) { return "", true }},
	}
	if o.Switch {
		list = append(list, variant{name: "as a switch", flag: true})
	}
	for _, a := range o.Shape.Attrs {
		if !a.Required {
			list = append(list, variant{name: "without " + a.Name, value: func(b detect.Attr) (string, bool) { return "", b.Name != a.Name }})
		}
		for _, value := range bounds(a) {
			list = append(list, having(a, value, true), having(a, value, false))
		}
	}
	return list
}

// having is the variant with a value of one argument, and everything else or only
// what is required.
func having(a detect.Attr, value string, everything bool) variant {
	name := "with " + a.Name + " = " + value
	if !everything {
		name += " alone"
	}
	return variant{name: name, value: func(b detect.Attr) (string, bool) {
		if a.Name == b.Name {
			return value, true
		}
		return "", everything || b.Required
	}}
}

// bounds returns the values of an argument that have to be tried.
func bounds(a detect.Attr) []string {
	switch {
	case a.Type == detect.TypeKeyword:
		return a.OneOf
	case a.Type == detect.TypeBool:
		return []string{"true", "false"}
	case a.Type == detect.TypeInt && a.Min != nil && a.Max != nil:
		return []string{fmt.Sprint(*a.Min), fmt.Sprint(*a.Max)}
	}
	return nil
}
