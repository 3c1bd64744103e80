package hcl

import (
	"slices"

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
			g := map[detect.Place]grammar{detect.OnModel: modelGrammar, detect.OnField: fieldGrammar}[o.On]
			if slices.Contains(g.attrs, o.Name) || slices.Contains(g.blocks, o.Name) {
				l.report(spot{}, codeOption, "plugin "+quote(m.Name)+" declares option "+quote(o.Name)+", which is a word of the model language", "", "use another version of the plugin")
			}
		}
	}
}
