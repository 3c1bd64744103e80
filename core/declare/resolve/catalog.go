package resolve

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/detect"
)

// A catalog is what manifests say, by name.
type catalog struct {
	options      map[optionKey]ownedOption
	names        map[detect.Place][]string
	implications []*detect.Implication
	byType       map[string][]*detect.Implication
	byCall       map[string][]*detect.Implication
	byOpclass    map[string][]*detect.Implication
	byMethod     map[string][]*detect.Implication
	byKind       map[string][]*detect.Implication
	kinds        map[string]detect.Kind
	rank         map[string]int // of kinds, as their owners stand
	typeWords    []string       // of blocks whose objects are types
	// The owners of what plugins would add that are not in use.
	otherOptions                 map[optionKey]string
	otherTypes, otherCalls       map[string]string
	otherOpclasses, otherMethods map[string]string
	manifests                    []*detect.Manifest
}

type optionKey struct {
	place detect.Place
	name  string
}

type ownedOption struct {
	plugin string
	option *detect.Option
}

func newCatalog(enabled, available []*detect.Manifest) *catalog {
	c := &catalog{
		manifests: enabled,
		options:   map[optionKey]ownedOption{}, names: map[detect.Place][]string{},
		byType: map[string][]*detect.Implication{}, byCall: map[string][]*detect.Implication{},
		byOpclass: map[string][]*detect.Implication{}, byMethod: map[string][]*detect.Implication{},
		byKind: map[string][]*detect.Implication{}, kinds: map[string]detect.Kind{}, rank: map[string]int{},
		otherOptions: map[optionKey]string{}, otherTypes: map[string]string{}, otherCalls: map[string]string{},
		otherOpclasses: map[string]string{}, otherMethods: map[string]string{},
	}
	for _, m := range enabled {
		c.enable(m)
	}
	for _, m := range available {
		if !slices.ContainsFunc(enabled, func(e *detect.Manifest) bool { return e.Name == m.Name }) {
			c.offer(m)
		}
	}
	for _, names := range c.names {
		slices.Sort(names)
	}
	return c
}

func (c *catalog) enable(m *detect.Manifest) {
	for _, kind := range m.Kinds {
		c.kinds[kind.Name], c.rank[kind.Name] = kind, len(c.rank)
	}
	for i := range m.Options {
		o := &m.Options[i]
		c.options[optionKey{o.On, o.Name}] = ownedOption{m.Name, o}
		c.names[o.On] = append(c.names[o.On], o.Name)
		if c.kinds[o.Kind].Type != nil {
			c.typeWords = append(c.typeWords, o.Name)
		}
		if o.Inherited && o.On == detect.OnModel {
			c.options[optionKey{everywhere, o.Name}] = ownedOption{m.Name, o}
			c.names[everywhere] = append(c.names[everywhere], o.Name)
		}
	}
	for i := range m.Implications {
		n := &m.Implications[i]
		c.implications = append(c.implications, n)
		index(c.byType, n.ByTypes, n)
		index(c.byCall, n.ByCalls, n)
		index(c.byOpclass, n.ByOpclass, n)
		index(c.byMethod, n.ByMethods, n)
		if n.ByKind != "" {
			c.byKind[n.ByKind] = append(c.byKind[n.ByKind], n)
		}
	}
}

func index(in map[string][]*detect.Implication, names []string, n *detect.Implication) {
	for _, name := range names {
		in[name] = append(in[name], n)
	}
}

func (c *catalog) offer(m *detect.Manifest) {
	for _, o := range m.Options {
		c.otherOptions[optionKey{o.On, o.Name}] = m.Name
		if o.Inherited && o.On == detect.OnModel {
			c.otherOptions[optionKey{everywhere, o.Name}] = m.Name
		}
	}
	for _, n := range m.Implications {
		own(c.otherTypes, n.ByTypes, m.Name)
		own(c.otherCalls, n.ByCalls, m.Name)
		own(c.otherOpclasses, n.ByOpclass, m.Name)
		own(c.otherMethods, n.ByMethods, m.Name)
	}
}

func own(in map[string]string, names []string, owner string) {
	for _, name := range names {
		in[name] = owner
	}
}

// owner returns the plugin, not in use, that an option would belong to, or "".
func (c *catalog) owner(place detect.Place, name string) string {
	if place == "" {
		return ""
	}
	return c.otherOptions[optionKey{place, name}]
}

// elsewhere returns the other place where an option of this name can stand, or "".
func (c *catalog) elsewhere(place detect.Place, name string) detect.Place {
	for _, other := range []detect.Place{detect.OnModel, detect.OnField} {
		if _, ok := c.options[optionKey{other, name}]; ok && other != place && place != "" {
			return other
		}
	}
	return ""
}

func (c *catalog) optionNames(place detect.Place) []string { return c.names[place] }

func (c *catalog) option(place detect.Place, name string) (ownedOption, bool) {
	o, ok := c.options[optionKey{place, name}]
	return o, ok
}

// making returns the option whose blocks make objects of a kind, of several the
// first by name.
func (c *catalog) making(kind string) ownedOption {
	found := ownedOption{option: &detect.Option{Name: kind}}
	for _, o := range c.options {
		if o.option.Kind == kind && (found.option.Kind == "" || o.option.Name < found.option.Name) {
			found = o
		}
	}
	return found
}

// words returns kinds as people write them: as the words that their blocks begin
// with.
func (c *catalog) words(kinds []string) []string {
	words := make([]string, len(kinds))
	for i, kind := range kinds {
		words[i] = c.making(kind).option.Name
	}
	return words
}

// isTop reports whether a word begins a block of a model file that somebody owns,
// in use or not.
func (c *catalog) isTop(word string) bool {
	_, owned := c.options[optionKey{detect.OnApp, word}]
	return owned || c.otherOptions[optionKey{detect.OnApp, word}] != ""
}
