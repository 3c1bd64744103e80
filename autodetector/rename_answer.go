package autodetector

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/state"
)

// explicit returns the renames of a kind at a depth that the user has spoken of,
// by flags or by renamed_from in the models.
func (d *renamer) explicit(depth int, kind string) []state.Rename {
	var renames []state.Rename
	taken := map[address.Address]bool{}
	for _, f := range d.flagged(depth) {
		if f.rename.From.Kind() != kind {
			continue
		}
		d.used[f.answer] = true
		if i := slices.IndexFunc(renames, func(r state.Rename) bool { return r.From == f.rename.From || r.To == f.rename.To }); i >= 0 {
			d.reportClash(renames[i], f.rename)
			continue
		}
		taken[f.rename.From], taken[f.rename.To] = true, true
		renames = append(renames, f.rename)
	}
	return append(renames, d.declared(depth, kind, taken)...)
}

// A wish is a rename that a flag asks for.
type wish struct {
	rename state.Rename
	answer int
}

// flagged returns the renames of the flags. Both objects may have a namesake in
// the other state, so that names can be exchanged.
func (d *renamer) flagged(depth int) []wish {
	var found []wish
	for i, answer := range d.in.Answers.Renames {
		for old := range d.from.All() {
			if d.used[i] || answer.New == "" || len(old.Address.Names()) != depth || !d.names(answer.Old, old.Address) {
				continue
			}
			if to := d.target(old, answer.New); !to.IsZero() {
				found = append(found, wish{state.Rename{From: old.Address, To: to}, i})
			}
		}
	}
	return found
}

// target returns the object of the wanted state that a flag names as the new one
// of old: by its path, or by its last name.
func (d *renamer) target(old *state.Object, text string) address.Address {
	for o := range d.to.All() {
		if o.Address.Kind() != old.Address.Kind() || o.Parent != old.Parent || o.Address == old.Address {
			continue
		}
		if text == o.Address.Name() || samePath(text, o.Address) {
			return o.Address
		}
	}
	return address.Address{}
}

// saidDropped reports whether a flag --rename OLD= names an object.
func (d *renamer) saidDropped(old address.Address) bool {
	for i, answer := range d.in.Answers.Renames {
		if answer.New == "" && d.names(answer.Old, old) {
			d.used[i] = true
			return true
		}
	}
	return false
}

// now returns the address that an object of the original state has after the
// renames that are decided.
func (d *renamer) now(a address.Address) address.Address {
	if now, ok := d.is[a]; ok {
		return now
	}
	return a
}

// before returns the address that an object had in the original state.
func (r *run) before(a address.Address) address.Address {
	if was, ok := r.was[a]; ok {
		return was
	}
	return a
}

// track keeps the addresses of the original state beside those that are about to
// be given.
func (d *renamer) track(renames []state.Rename) {
	move := state.Mover(d.from, renames)
	was, is := map[address.Address]address.Address{}, map[address.Address]address.Address{}
	for o := range d.from.Unordered() {
		original, now := d.before(o.Address), move(o.Address)
		was[now], is[original] = original, now
	}
	d.was, d.is = was, is
}

// names reports whether a path of the user's names an object, by its old path or
// by the one that it has after the renames of its parents. Where names are
// exchanged, a path that is both is the old one.
func (d *renamer) names(path string, a address.Address) bool {
	return samePath(path, d.before(a)) || samePath(path, a) && !d.original.Has(a)
}

// samePath compares a path that may leave out the app with an address.
func samePath(path string, a address.Address) bool {
	_, short, _ := strings.Cut(a.Path(), ".")
	return path == a.Path() || path == short
}

// reportClash reports two flags of which one can be followed only.
func (d *renamer) reportClash(first, second state.Rename) {
	was, is := flag(d.before(first.From).Path(), first.To.Name()), flag(d.before(second.From).Path(), second.To.Name())
	d.report(diag.Diagnostic{
		Code:    "WH2006",
		Summary: fmt.Sprintf("--rename %s and --rename %s cannot both be", was, is),
		Detail:  "An object has one new name, and a new name is that of one object.",
		Next:    "leave one of the two out",
		Range:   d.in.Declaration.Places[second.To],
		Address: second.To.String(),
	})
}

// ask asks the user, or reports the flags that would answer, at a place in the models.
func (d *renamer) ask(ctx context.Context, old address.Address, candidates []address.Address, place diag.Range) (address.Address, error) {
	d.asked[old] = true
	if d.in.Questioner != nil {
		return d.in.Questioner.Rename(ctx, old, candidates)
	}
	var names, flags []string
	for _, c := range candidates {
		names = append(names, newName(old, c))
		flags = append(flags, "--rename "+flag(old.Path(), newName(old, c)))
	}
	d.report(diag.Diagnostic{
		Code:    openRename,
		Summary: fmt.Sprintf("%s is gone and %s is new: is it renamed, or dropped?", detect.Called(old), strings.Join(names, " or ")),
		Detail:  "A rename keeps the values, a drop loses them. Nothing is guessed.",
		Next:    "add to the command, if renamed:\n  " + strings.Join(flags, "\n  ") + "\nif dropped:\n  --rename " + flag(old.Path(), ""),
		Range:   place,
		Address: old.String(),
	})
	return address.Address{}, nil
}

// flag returns OLD=NEW, in quotes where a shell would take it apart.
func flag(old, name string) string {
	text := old + "=" + name
	if strings.ContainsAny(text, " \"'$\\`;&|<>()*?[]!#~") {
		return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
	}
	return text
}

// reportUnused reports the flags that named nothing.
func (d *renamer) reportUnused() {
	for i, answer := range d.in.Answers.Renames {
		if d.used[i] {
			continue
		}
		d.report(diag.Diagnostic{
			Code:    "WH2002",
			Summary: fmt.Sprintf("--rename %s=%s renames nothing", answer.Old, answer.New),
			Detail:  "The old name has to be in the migrations and no longer in the models; the new one in the models, new, of the same kind and in the same model.",
			Next:    "compare the names with those in the migrations (whimbrel show) and in the models",
		})
	}
}
