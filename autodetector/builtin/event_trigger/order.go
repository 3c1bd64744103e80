package eventtrigger

import (
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/sdk"
)

// last returns the needs of what comes when all else in the migrations of its app is
// done. What is done to other event triggers makes no difference.
func (x eventTriggers) last(o *sdk.Object) []sdk.Need {
	var needs []sdk.Need
	for _, other := range x.others(o) {
		for _, verb := range verbs {
			needs = append(needs, sdk.Soft(sdk.After(verb, other)))
		}
	}
	return needs
}

// first returns the needs of what goes before all else begins.
func (x eventTriggers) first(o *sdk.Object) []sdk.Need {
	var needs []sdk.Need
	for _, other := range x.others(o) {
		for _, verb := range verbs {
			needs = append(needs, sdk.Soft(sdk.Before(verb, other)))
		}
	}
	return needs
}

// verbs are what an operation can do to an object.
var verbs = []operation.Verb{sdk.Create, sdk.Alter, sdk.Drop}

// others returns the objects whose statements an event trigger would see.
func (x eventTriggers) others(o *sdk.Object) []sdk.Address {
	var list []sdk.Address
	for _, s := range []*sdk.State{x.Pass.From, x.Pass.To} {
		for other := range s.All() {
			known := s == x.Pass.To && x.Pass.From.Has(other.Address)
			if !known && other.App == o.App && other.Address.Kind() != kindName {
				list = append(list, other.Address)
			}
		}
	}
	return list
}
