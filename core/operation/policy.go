package operation

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/diag"
)

// A Policy is which hazards a project, or one of its environments, forbids on the way
// forth. The zero Policy forbids nothing.
type Policy struct {
	Forbid []string   // codes of hazards
	Range  diag.Range // where it stands
}

// Forbids reports whether a hazard needs somebody who allows it.
func (p Policy) Forbids(h Hazard) bool {
	return !h.Down && slices.Contains(p.Forbid, h.Code)
}

// Forbidden returns the hazards that the policy forbids and nobody allowed.
func (p Policy) Forbidden(hazards []Hazard, allowed Allowances) []Hazard {
	var found []Hazard
	for _, h := range hazards {
		if p.Forbids(h) && !allowed.Covers(h) {
			found = append(found, h)
		}
	}
	return found
}

// ForbiddableHazards returns the codes that a policy can forbid and --allow can allow:
// what would fail anyway is not among them.
func ForbiddableHazards() []string { return slices.Clone(hazardCodes) }
