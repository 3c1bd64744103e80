package resolve

import (
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// slot looks whether the slot that an option fills is free, and notes that what it says
// of a column is lost when the type of that changes.
func (r *optionReader) slot() {
	slot := r.b.l.catalog.kinds[r.option.option.Kind].Slot
	if slot == "" {
		return
	}
	own := r.b.model.fills(slot)
	if r.field != nil {
		own = r.field.fills(slot)
		r.uses.ref(r.field.addr, state.Type)
	}
	if own == nil {
		return
	}
	r.b.l.report(r.option.at(), codeOption,
		fmt.Sprintf("%s of plugin %q and the argument %s both say the %s of %s", r.option.what(), r.option.plugin, own.Name.Text, slot, r.filled()),
		fmt.Sprintf("One of them could be true only. The argument is at %s.", own.place().Range()), "take one of the two out")
}

// filled names whose slot an option fills.
func (r *optionReader) filled() string {
	if r.field != nil {
		return fmt.Sprintf("field %q", r.field.name)
	}
	return fmt.Sprintf("model %q", r.b.model.name)
}

// An ownArgument is an argument of the core that fills a slot.
type ownArgument struct {
	*declare.Attr
	file *declare.Document
}

func (a ownArgument) place() declare.Place {
	return declare.Place{Document: a.file, Span: a.Name.Span}
}

// fills returns the argument of a model that fills a slot, or nil.
func (m *model) fills(slot operation.Slot) *ownArgument {
	if slot == operation.SlotUnlogged && !m.tuning.unlogged {
		return nil
	}
	i := slices.IndexFunc(m.block.Body.Attrs, func(a *declare.Attr) bool { return a.Name.Text == string(slot) })
	if i < 0 {
		return nil
	}
	return &ownArgument{m.block.Body.Attrs[i], m.file}
}

// fills returns the argument of a field that fills a slot, or nil.
func (f *field) fills(slot operation.Slot) *ownArgument {
	a := map[operation.Slot]*declare.Attr{operation.SlotStorage: f.attrs.storage, operation.SlotCompression: f.attrs.compression}[slot]
	if a == nil {
		return nil
	}
	return &ownArgument{a, f.file}
}
