package detect

import (
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/core/operation"
)

// slotsOf are the slots of what options stand in.
func slotsOf(on Place) []operation.Slot {
	switch on {
	case OnModel:
		return operation.TableSlots()
	case OnField:
		return operation.ColumnSlots()
	}
	return nil
}

// claimSlot notes who fills a slot.
func (v *validator) claimSlot(m *Manifest, kind Kind) {
	for _, o := range m.Options {
		if o.Kind == kind.Name && kind.Slot != "" {
			v.claim(fmt.Sprintf("slot %s of %s", kind.Slot, o.On.Article()), m)
		}
	}
}

// slot checks the slot that objects of a kind fill: there is one where they stand, and
// one of them in it.
func (v *validator) slot(m *Manifest, kind Kind) {
	if kind.Slot == "" {
		return
	}
	if !m.makes(kind.Name) {
		v.wrong(codeSlot, m, fmt.Sprintf("kind %s fills the slot %s, and no option makes it", kind.Name, kind.Slot))
	}
	for _, o := range m.Options {
		switch slots := slotsOf(o.On); {
		case o.Kind != kind.Name:
		case len(slots) == 0:
			v.wrong(codeSlot, m, fmt.Sprintf("option %s fills the slot %s, and %s has no slots", o.Name, kind.Slot, o.On.Article()))
		case !slices.Contains(slots, kind.Slot):
			v.wrong(codeSlot, m, fmt.Sprintf("option %s fills the slot %s, which %s has not: the slots are %s", o.Name, kind.Slot, o.On.Article(), joined(slots)))
		case o.Labelled:
			v.wrong(codeSlot, m, fmt.Sprintf("option %s fills the slot %s, and there can be several of it", o.Name, kind.Slot))
		}
	}
}
