package migration

import (
	"maps"
	"slices"
	"strconv"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/operation"
)

func (w *writer) header(m *Migration) {
	w.line("-- "+ownMark, strconv.Itoa(format))
	w.line("-- "+ownMark+"id", m.ID)
	w.line("-- "+ownMark+"app", word(m.App))
	for _, parent := range m.Parents {
		w.line("-- "+ownMark+"parent", parent)
	}
	if m.Continues != "" {
		w.line("-- "+ownMark+"continues", m.Continues)
	}
	if len(m.Operations) > 0 {
		w.line("-- "+ownMark+"summary", phrase(Summary(m.Operations)))
	}
	for i, op := range m.Operations {
		w.hazards(i+1, op.Hazard)
	}
	for _, i := range slices.Sorted(maps.Keys(m.Unproven)) {
		w.line("-- "+ownMark+"unproven", strconv.Itoa(i+1), phrase(m.Unproven[i]))
	}
	if by := m.by(); by != "" {
		w.line("-- "+ownMark+"by", phrase(by))
	}
	if !m.Transaction() {
		w.line(noTransaction)
	}
}

// hazards writes those of one operation. Rollback needs no more than the .sql,
// so the way back's are here too, with the queries that say whether they are real.
func (w *writer) hazards(number int, hazards []operation.Hazard) {
	for _, h := range hazards {
		parts := []string{"-- " + ownMark + "hazard"}
		if h.Down {
			parts = append(parts, "down")
		}
		w.line(append(parts, strconv.Itoa(number), h.Code, target(h.Object)+":", phrase(h.Text))...)
		if h.Probe != "" {
			w.line("-- "+ownMark+"probe", phrase(h.Probe))
		}
	}
}

// target returns an address as words of a directive.
func target(a address.Address) string {
	if a.IsZero() {
		return "-"
	}
	return word(a.Kind()) + " " + word(a.Path())
}
