package resolve

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/detect"
)

// checkConfigs reports configuration of plugins that does not have the shape of
// their manifests, and options of plugins that have the name of an argument or
// block of the language.
func (l *loader) checkConfigs() {
	for _, p := range l.project.Plugins {
		for _, m := range l.catalog.manifests {
			if m.Name == p.Name {
				for _, d := range detect.CheckConfig(m, p.Config, p.Range) {
					l.add(d)
				}
			}
		}
	}
	for _, m := range l.catalog.manifests {
		for _, o := range m.Options {
			if slices.ContainsFunc(grammarsOf(o), func(g grammar) bool { return g.has(o.Name) }) {
				l.report(declare.Place{}, codeOption, "plugin "+quote(m.Name)+" declares option "+quote(o.Name)+", which is a word of the model language", "", "use another version of the plugin")
			}
		}
	}
}

// grammarsOf returns the grammars of the bodies that an option can stand in.
func grammarsOf(o detect.Option) []grammar {
	switch o.On {
	case detect.OnField:
		return []grammar{fieldGrammar}
	case detect.OnApp, detect.OnProject:
		return []grammar{fileGrammar, projectGrammar}
	}
	if o.Inherited {
		return []grammar{modelGrammar, appGrammar, projectGrammar}
	}
	return []grammar{modelGrammar}
}
