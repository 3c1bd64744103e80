package ranges

import (
	"strings"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/usertype"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

func name(r model.Range) usertype.Name { return usertype.RangeName(r) }

func keys(r model.Range) []string {
	return append(name(r).Keys(), usertype.MultirangeName(r).Keys()...)
}

// functions returns the declared functions that a range names.
func functions(s *state.State, w *sdk.Work, r model.Range) []sdk.Address {
	var found []sdk.Address
	for o := range s.All() {
		if o.Address.Kind() != "function" {
			continue
		}
		f := sdk.AttrsOf[usertype.Name](w, o)
		for _, called := range []string{r.Diff, r.Canonical} {
			schema, name, qualified := strings.Cut(called, ".")
			if !qualified {
				schema, name = f.Schema, called
			}
			if f.Schema == schema && f.Name == name {
				found = append(found, o.Address)
			}
		}
	}
	return found
}

// after are the needs of what makes a range: the functions that it names are there.
func (x ranges) after(r model.Range) []sdk.Need {
	var needs []sdk.Need
	for _, f := range functions(x.Pass.To, x.Work, r) {
		needs = append(needs, sdk.Soft(sdk.After(sdk.Create, f)))
	}
	return needs
}

// before are the needs of what takes a range away: the functions that it names are
// still there.
func (x ranges) before(r model.Range) []sdk.Need {
	var needs []sdk.Need
	for _, f := range functions(x.Pass.From, x.Work, r) {
		needs = append(needs, sdk.Soft(sdk.Before(sdk.Drop, f)))
	}
	return needs
}
