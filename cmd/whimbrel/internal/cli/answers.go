package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/autodetector"
	"github.com/whimbreldb/whimbrel/autodetector/builtin"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/source/hcl"
	"github.com/whimbreldb/whimbrel/core/state"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

// Answers are the flags that answer the autodetector's questions beforehand.
type answers struct {
	renames  []string
	defaults []string
	noInput  bool
}

func (a *answers) addFlags(c *cobra.Command) {
	c.Flags().StringArrayVar(&a.renames, "rename", nil, "`OLD=NEW`: it was renamed; OLD= : it is dropped (repeatable)")
	c.Flags().StringArrayVar(&a.defaults, "default", nil, "`FIELD=VALUE` for the rows that are there (repeatable)")
	c.Flags().BoolVar(&a.noInput, "no-input", false, "never ask: an open question is an error that names the flag")
}

// none reports whether no answer was given.
func (a *answers) none() bool { return len(a.renames) == 0 && len(a.defaults) == 0 }

// parse returns the answers for the autodetector, values checked against the
// fields of the wanted state. A flag of the wrong form is a usage error.
func (a *answers) parse(wanted *state.State) (autodetector.Answers, error) {
	var parsed autodetector.Answers
	for _, flag := range a.renames {
		old, name, ok := cutFlag(flag)
		if !ok || old == "" {
			return parsed, output.Usage(fmt.Errorf("--rename %s: want OLD=NEW, or OLD= if it is dropped", flag))
		}
		parsed.Renames = append(parsed.Renames, autodetector.RenameAnswer{Old: old, New: name})
	}
	for _, flag := range a.defaults {
		field, text, ok := cutFlag(flag)
		if !ok || field == "" || text == "" {
			return parsed, output.Usage(fmt.Errorf("--default %s: want FIELD=VALUE", flag))
		}
		node, found := hcl.ParseValue(text, hcl.At("--default "+field), hcl.For(fieldAt(field, wanted), wanted, manifests(builtin.Detectors())...))
		if found.HasErrors() {
			return parsed, found
		}
		parsed.Defaults = append(parsed.Defaults, autodetector.DefaultAnswer{Field: field, Value: node})
	}
	return parsed, nil
}

// cutFlag divides OLD=NEW at the first sign of equality outside double quotes,
// in which the names of a path can stand.
func cutFlag(flag string) (before, after string, ok bool) {
	quoted := false
	for i, r := range flag {
		switch {
		case r == '"':
			quoted = !quoted
		case r == '=' && !quoted:
			return flag[:i], flag[i+1:], true
		}
	}
	return flag, "", false
}

// fieldAt returns the address of the field that a path names, with or without
// its app; zero if there is none, which the autodetector reports.
func fieldAt(path string, wanted *state.State) address.Address {
	for o := range wanted.All() {
		_, short, _ := strings.Cut(o.Address.Path(), ".")
		if o.Address.Kind() == model.FieldKind && (path == o.Address.Path() || path == short) {
			return o.Address
		}
	}
	return address.Address{}
}
