package plugins

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/state"
)

// judgeUpgrade returns what is wrong with upgraded attributes, if anything is.
func (p *plugin) judgeUpgrade(old []*state.Object, attrs []json.RawMessage) error {
	if len(attrs) != len(old) {
		return p.senseless(fmt.Sprintf("upgrades %d objects and answers with the attributes of %d", len(old), len(attrs)))
	}
	for i, written := range attrs {
		if !canonical(written) {
			return p.senseless(fmt.Sprintf("upgrades %s to attributes that are no canonical JSON object", old[i].Address))
		}
	}
	return nil
}

// judgeVerdicts returns what is wrong with the verdicts on pairs, if anything is.
func (p *plugin) judgeVerdicts(pairs []detect.Pair, verdicts []detect.Alikeness) error {
	if len(verdicts) != len(pairs) {
		return p.senseless(fmt.Sprintf("compares %d pairs of objects and answers with %d verdicts", len(pairs), len(verdicts)))
	}
	for i, verdict := range verdicts {
		if verdict < detect.Different || verdict > detect.Equal {
			return p.senseless(fmt.Sprintf("compares %s with %s and answers with %d, which is no verdict",
				pairs[i].Before.Address, pairs[i].After.Address, verdict))
		}
	}
	return nil
}

// judgeInspection returns what is wrong with the objects that a plugin says a
// database has, if anything is.
func (p *plugin) judgeInspection(found []*state.Object) error {
	if len(found) > detect.MaxOperations {
		return p.senseless(fmt.Sprintf("finds %d objects in a database, at most %d are taken", len(found), detect.MaxOperations))
	}
	seen := map[address.Address]bool{}
	for _, o := range found {
		switch {
		case o == nil || !slices.ContainsFunc(p.manifest.Kinds, func(k detect.Kind) bool { return k.Name == o.Address.Kind() }):
			return p.senseless(fmt.Sprintf("finds %s in a database, which is not of its own kinds", subject(o)))
		case seen[o.Address]:
			return p.senseless(fmt.Sprintf("finds %s in a database twice", o.Address))
		case !canonical(o.Attrs):
			return p.senseless(fmt.Sprintf("finds %s in a database with attributes that are no canonical JSON object", o.Address))
		}
		seen[o.Address] = true
	}
	return nil
}

func subject(o *state.Object) string {
	if o == nil {
		return "nothing"
	}
	return o.Address.String()
}

// canonical reports whether attributes are a JSON object as state.Encode writes it.
func canonical(attrs json.RawMessage) bool {
	if len(attrs) > detect.MaxText || !bytes.HasPrefix(attrs, []byte("{")) {
		return false
	}
	written, err := state.Encode(attrs)
	return err == nil && bytes.Equal(written, attrs)
}

func (p *plugin) senseless(what string) error {
	return p.diagnostic("WH4053", what,
		"What a plugin answers is checked before anything is done with it. This is a mistake in the plugin, not in the models.",
		p.report())
}
