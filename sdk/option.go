package sdk

import (
	"fmt"
	"reflect"

	"github.com/whimbreldb/whimbrel/core/detect"
)

// ModelOption adds an argument or block to models. Its arguments are the tagged
// fields of T; its objects have the kind PLUGIN.NAME.
func ModelOption[T any](name, doc string, how Handling[T], settings ...Setting) Part {
	return option(detect.OnModel, name, doc, how, settings)
}

// FieldOption adds an argument or block to fields; see ModelOption.
func FieldOption[T any](name, doc string, how Handling[T], settings ...Setting) Part {
	return option(detect.OnField, name, doc, how, settings)
}

// Implied adds one object that nobody writes: it exists as long as the plugin has
// an object of the option by. The audit log of the plugin triggers is one.
func Implied(name, doc, by string, how Handling[None]) Part {
	return func(d *definition) {
		kind := d.manifest.Name + "." + name
		how.check("implied " + kind)
		d.own(Kind{Name: kind, Doc: doc}, how.verbs, how.answers())
		d.manifest.Implications = append(d.manifest.Implications,
			Implication{Kind: kind, Names: []string{name}, ByKind: d.manifest.Name + "." + by})
	}
}

// None is the type of options without arguments.
type None struct{}

// A Setting is a property of an option.
type Setting func(*draft)

// A draft is an option while it is put together.
type draft struct {
	option  Option
	kind    Kind
	upgrade upgrade
	judge   judge
	judged  reflect.Type // whose arguments the judge reads
}

// Labelled makes an option a block with a name, any number of them in a model.
// What AppBlock and ProjectBlock add has one already.
func Labelled() Setting {
	return func(d *draft) {
		if d.option.Labelled {
			wrong("the block %s has a name already: take Labelled out", d.option.Name)
		}
		d.option.Labelled = true
	}
}

// Switch allows NAME = true for a block without arguments.
func Switch() Setting { return func(d *draft) { d.option.Switch = true } }

// Inherited lets an option of models stand in an app and at the top of the
// project file too, as the default of every model.
func Inherited() Setting { return func(d *draft) { d.option.Inherited = true } }

// Siblings has an object made again when a sibling of one of these kinds is
// added, dropped or altered, such as "field"; see Kind.Siblings.
func Siblings(kinds ...string) Setting {
	return func(d *draft) {
		if len(kinds) == 0 {
			wrong("option %s: Siblings names no kind: name one, such as \"field\"", d.option.Name)
		}
		d.kind.Siblings = append(d.kind.Siblings, kinds...)
	}
}

// ParentName has an object made again when its table is renamed, or for a field
// option its column: the name stands in text, such as the body of a function.
func ParentName() Setting { return Siblings("parent") }

func option[T any](on detect.Place, name, doc string, how Handling[T], settings []Setting) Part {
	return func(d *definition) {
		whose := fmt.Sprintf("option %s (kind %s.%s)", name, d.manifest.Name, name)
		how.check(whose)
		shape := shapeOf(reflect.TypeFor[T]())
		kind := Kind{Name: d.manifest.Name + "." + name, Doc: doc, Attrs: shape, Naming: naming(shape)}
		made := draft{kind: kind, option: Option{Name: name, On: on, Kind: kind.Name, Doc: doc, Shape: shape}}
		for i, set := range settings {
			if set == nil {
				wrong("%s: setting %d is nil: take it out", whose, i+1)
			}
			set(&made)
		}
		ownWord(whose, made.option)
		made.agrees(whose, reflect.TypeFor[T]())
		refuse(whose, reflect.TypeFor[T](), made.option.Faults())
		d.own(made.kind, how.verbs, how.answers())
		d.manifest.Options = append(d.manifest.Options, made.option)
		d.upgrades[kind.Name] = made.upgrade
		if made.judge != nil {
			d.judges[kind.Name] = made.judge
		}
	}
}

// agrees panics where a setting, or a field, is for a struct that this one is not.
func (d *draft) agrees(whose string, t reflect.Type) {
	if d.judged != nil && d.judged != t {
		wrong("%s: JudgedBy reads %s, and the arguments of the option are those of %s: give it a function over that", whose, d.judged, t)
	}
	for i := range t.NumField() {
		if f := t.Field(i); f.Type == reflect.TypeFor[Label]() {
			wrong("%s: %s.%s is a Label, which is that of a block in a block: take it out; the label of the option itself is Declared.Label", whose, t, f.Name)
		}
	}
}

// naming returns the arguments that name an object.
func naming(shape Shape) []string {
	var names []string
	for _, a := range shape.Attrs {
		if a.Names != "" {
			names = append(names, a.Name)
		}
	}
	return names
}
