package auditlog

import "hash/maphash"

// A rowSet has rows of models by a hash: one that is taken for another waits for the
// next round without need.
type rowSet struct {
	seed   maphash.Seed
	hashes map[uint64]bool
}

func newRowSet() rowSet { return rowSet{seed: maphash.MakeSeed(), hashes: map[uint64]bool{}} }

func (s rowSet) hash(v *reversal, row reversalRow) uint64 {
	return maphash.String(s.seed, v.model+string(row.Key))
}

func (s rowSet) add(v *reversal) {
	for _, row := range v.rows {
		s.hashes[s.hash(v, row)] = true
	}
}

// has reports whether one of the rows of a reversal is in the set.
func (s rowSet) has(v *reversal) bool {
	for _, row := range v.rows {
		if s.hashes[s.hash(v, row)] {
			return true
		}
	}
	return false
}
