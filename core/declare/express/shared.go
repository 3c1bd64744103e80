package express

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/source"
)

// sharedOptions returns, by app, the options of the project file that are for every
// model and that a model can do without.
func (c catalog) sharedOptions(file *declare.Document, apps []source.App) map[string][]*detect.Option {
	shared := map[string][]*detect.Option{}
	if file == nil {
		return shared
	}
	for _, app := range apps {
		nearer := &declare.Body{}
		for _, b := range file.Body.Blocks {
			if b.Type.Text == "app" && len(b.Labels) == 1 && b.Labels[0].Text == app.Label {
				nearer = b.Body
			}
		}
		for _, key := range c.switches() {
			o := c.options[key]
			if on, said := switched(nearer, o.Name); on || !said && first(switched(file.Body, o.Name)) {
				shared[app.Label] = append(shared[app.Label], o)
			}
		}
	}
	return shared
}

func first(on, _ bool) bool { return on }

// switches returns the keys of options that can be shared and turned off, sorted.
func (c catalog) switches() []optionKey {
	var keys []optionKey
	for key, o := range c.options {
		if o.On == detect.OnModel && o.Inherited && o.Switch && !o.Labelled {
			keys = append(keys, key)
		}
	}
	slices.SortFunc(keys, func(a, b optionKey) int { return c.compareKinds(a.kind, b.kind) })
	return keys
}

// switched reports whether an option is on in a body, and whether it is there.
func switched(b *declare.Body, option string) (on, said bool) {
	for _, a := range b.Attrs {
		if a.Name.Text == option {
			return a.Value.Text != "false", true
		}
	}
	for _, inner := range b.Blocks {
		if inner.Type.Text == option {
			return true, true
		}
	}
	return false, false
}

// turnedOff says that a model has none of the options that are for every model.
func (s *scope) turnedOff(b *declare.Body, model address.Address) {
	for _, o := range s.x.shared[s.app.Label] {
		if !s.x.state.Has(model.WithKind(o.Kind)) {
			set(b, o.Name, boolean(false))
		}
	}
}
