package migration

import (
	"maps"
	"slices"

	"github.com/whimbreldb/whimbrel/core/diag"
)

// with returns the sum after files were added or changed. Lines behind them get
// new hashes; read returns the content of those files, which must still match.
func (s Sum) with(files map[string][]byte, head string, read func(name string) ([]byte, error)) (Sum, diag.List, error) {
	names := slices.Collect(maps.Keys(files))
	for _, line := range s.Lines {
		if _, ok := files[line.Name]; !ok {
			names = append(names, line.Name)
		}
	}
	slices.Sort(names)
	next := Sum{Head: head, Lines: make([]SumLine, 0, len(names))}
	for i, name := range names {
		data, given := files[name]
		if !given && s.samePlace(i, name, next) {
			next.Lines = append(next.Lines, s.Lines[i])
			continue
		}
		if !given {
			var err error
			if data, err = read(name); err != nil {
				return Sum{}, nil, err
			}
			if diags := s.check(name, data); diags != nil {
				return Sum{}, diags, nil
			}
		}
		next.Lines = append(next.Lines, SumLine{Name: name, Hash: next.hash(i, name, data)})
	}
	return next, nil, nil
}

// samePlace reports whether a line and everything before it is as it was.
func (s Sum) samePlace(i int, name string, next Sum) bool {
	if i >= len(s.Lines) || s.Lines[i].Name != name {
		return false
	}
	return i == 0 || next.Lines[i-1] == s.Lines[i-1]
}
