package migration

import (
	"github.com/whimbreldb/whimbrel/core/diag"
)

// Intact returns what replaying does not look at and applying refuses: .sql files
// that are not as they were written, a wrong last line of whimbrel.sum. A history
// that is to be built upon has to be free of it.
func (h *History) Intact() diag.List {
	var found diag.List
	for i, d := range h.dirs {
		found = append(found, h.folders[i].Placed(d.intact())...)
	}
	return found
}

func (d *Dir) intact() diag.List {
	var found diag.List
	for _, m := range d.Migrations {
		if m.Opaque { // its script is what was read
			found = append(found, d.Scripts[m.ID].Disturbing()...)
			continue
		}
		name := m.ID + sqlSuffix
		data, unread := read(d.fsys, name)
		if unread.HasErrors() {
			found = append(found, unread...)
			continue
		}
		found = append(found, d.Sum.check(name, data)...)
	}
	if !found.HasErrors() {
		found = d.checkHead()
	}
	return found
}
