package detect

import (
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/state"
)

// Past returns the old state of a pass as it was: with the addresses of before the
// renames, which From has made in it already. What takes an object away is rendered
// from it; what compares reads From.
func (p Pass) Past() *state.State {
	if len(p.Renamed) == 0 || p.From == nil {
		return p.From
	}
	back := make([]state.Rename, len(p.Renamed))
	for i, r := range p.Renamed {
		back[i] = state.Rename{From: r.To, To: r.From}
	}
	past, err := p.From.Apply(state.Edit{Rename: back})
	if err != nil {
		return p.From // two would have had one address: whoever made the pass has to mend that
	}
	return past
}

// Was returns the address that an object of From had before the renames.
func (p Pass) Was(a address.Address) address.Address {
	for _, r := range p.Renamed {
		if r.To == a {
			return r.From
		}
	}
	return a
}

// Relabelled reports whether an object of From was renamed itself, not only what it
// is part of.
func (p Pass) Relabelled(a address.Address) bool { return p.Was(a).Name() != a.Name() }
