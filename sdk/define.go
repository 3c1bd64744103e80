package sdk

import (
	"context"
	"fmt"
	"reflect"
	"slices"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/source/sql"
)

// Define returns a detector that is put together from parts: options, implied
// objects, and what it reads, states and asks. The manifest follows from them.
//
// A part that makes no sense, such as a struct with an unknown tag or an option that
// contradicts itself, is a mistake in the plugin's source, and Define panics with
// the error of TryDefine; the first test of the plugin shows it.
func Define(name, version, doc string, parts ...Part) Detector {
	d, err := TryDefine(name, version, doc, parts...)
	if err != nil {
		panic(err)
	}
	return d
}

// TryDefine is Define with an error for what makes no sense: a line for each mistake,
// with the plugin, the part, the argument and what to do. The rules are those by which
// the manifests of all plugins are checked; see detect.Validate.
func TryDefine(name, version, doc string, parts ...Part) (Detector, error) {
	d := &definition{
		manifest: Manifest{Name: name, Version: version, Doc: doc},
		answers:  map[string]answers{}, upgrades: map[string]upgrade{}, judges: map[string]judge{},
	}
	for i, part := range parts {
		d.take(i, part)
	}
	slices.Sort(d.manifest.Emits)
	d.manifest.Observes = sorted(d.manifest.Observes)
	if err := d.mistakes(); err != nil {
		return nil, err
	}
	return d.detector(), nil
}

// detector returns the detector that was put together.
func (d *definition) detector() Detector {
	abilities := []Ability{Upgrading(d.upgrade), ReadingSQL(d.read), Defining(d.definitions...)}
	if d.inspect != nil {
		abilities = append(abilities, Inspecting(d.inspect))
	}
	if len(d.judges) > 0 {
		abilities = append(abilities, Judging(d.judge))
	}
	if len(d.checks) > 0 {
		abilities = append(abilities, Checking(d.check))
	}
	return New(d.manifest, d.detect, abilities...)
}

// A Part is one thing that a plugin consists of.
type Part func(*definition)

// Reads has a plugin see every object of some kinds, beyond what its own objects
// refer to.
func Reads(kinds ...string) Part {
	return func(d *definition) { d.manifest.Reads = append(d.manifest.Reads, kinds...) }
}

// Produces lists the facts that a plugin states; see Emitter.State.
func Produces(facts ...string) Part {
	return func(d *definition) { d.manifest.Produces = append(d.manifest.Produces, facts...) }
}

// Consumes lists the facts of others, and the answers of users, that a plugin
// reads; see Emitter.Fact and Emitter.Ask.
func Consumes(facts ...string) Part {
	return func(d *definition) { d.manifest.Consumes = append(d.manifest.Consumes, facts...) }
}

// Whole has a plugin see all changes in one pass. Without it, those of one model
// are enough.
func Whole() Part {
	return func(d *definition) { d.manifest.Locality = detect.Whole }
}

// Config adds the config block that a project file can have for the plugin: the
// tagged fields of T. ConfigOf reads it.
func Config[T any]() Part {
	return func(d *definition) {
		if d.configured {
			wrong("two parts are a Config, and a plugin has one configuration: put the arguments of both into one struct")
		}
		d.configured = true
		d.manifest.Config = shapeOf(reflect.TypeFor[T]())
		refuse(detect.Configuration, reflect.TypeFor[T](), d.manifest.Config.ConfigFaults())
	}
}

// ConfigOf returns the configuration of a plugin, with the defaults of T for
// what is absent.
func ConfigOf[T any](pass Pass) (T, error) { return decodeTagged[T](pass.Config) }

// A definition is a plugin while it is put together, and then what it does.
type definition struct {
	manifest  Manifest
	answers   map[string]answers // by kind
	upgrades  map[string]upgrade // by kind
	reactions []reaction
	inspect   func(context.Context, Catalog) ([]*Object, error)
	judges    map[string]judge // by kind
	checks    []check
	read      sql.Reader

	definitions []CatalogQuery // of its objects in a database

	configured bool
	found      []error // mistakes
}

// sorted returns a list of words in order, each once.
func sorted(words []string) []string {
	list := slices.Clone(words)
	slices.Sort(list)
	return slices.Compact(list)
}

// answers are what answers the changes of a kind: a function over each of them, or
// an owner of all.
type answers struct {
	change func(was *past, change Change, result *Result) error
	owner  func(*Work) Owner
}

// own adds a kind with what answers its changes.
func (d *definition) own(kind Kind, verbs []string, a answers) {
	if _, taken := d.answers[kind.Name]; taken {
		wrong("two parts are called %s: give one of them another name", kind.Name)
	}
	d.answers[kind.Name] = a
	d.manifest.Kinds = append(d.manifest.Kinds, kind)
	for _, verb := range verbs {
		d.manifest.Emits = append(d.manifest.Emits, operationKind(kind.Name, verb))
	}
}

// detect is the plugin's function: the kinds that have an owner, then the other
// changes, one after another.
func (d *definition) detect(ctx context.Context, pass Pass) (Result, error) {
	var result Result
	for _, kind := range d.manifest.Kinds {
		if owner := d.answers[kind.Name].owner; owner != nil {
			if err := work(ctx, pass, kind.Name, owner, &result); err != nil {
				return Result{}, err
			}
		}
	}
	was := &past{pass: pass}
	for _, change := range pass.Changes {
		if err := d.handle(ctx, was, change, &result); err != nil {
			return Result{}, err
		}
	}
	if err := d.react(pass, &result); err != nil {
		return Result{}, err
	}
	result.Diagnostics = diag.List(result.Diagnostics).Sorted()
	return result, nil
}

// handle answers one change of a kind that has no owner.
func (d *definition) handle(ctx context.Context, was *past, change Change, result *Result) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	a, owned := d.answers[change.Address().Kind()]
	switch {
	case !owned:
		return fmt.Errorf("%s owns no %s", d.manifest.Name, change.Address())
	case a.change == nil:
		return nil
	}
	if err := a.change(was, change, result); err != nil {
		return fmt.Errorf("%s: %w", change.Address(), err)
	}
	return nil
}
