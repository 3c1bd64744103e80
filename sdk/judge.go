package sdk

import (
	"context"
	"reflect"

	"github.com/whimbreldb/whimbrel/core/detect"
)

// Judging lets a detector of which a kind is detect.Judged say how alike objects
// are; see detect.Judge.
func Judging(judge func(ctx context.Context, c Comparison) ([]Alikeness, error)) Ability {
	return func(d *detector) { d.judge = judge }
}

// A judgingDetector is one that has something to judge with: a detector without
// is no detect.Judge.
type judgingDetector struct{ *detector }

// Judge is that of detect.Judge.
func (d judgingDetector) Judge(ctx context.Context, c Comparison) ([]Alikeness, error) {
	return d.judge(ctx, c)
}

// Judges has a plugin say of an object that goes and one that comes whether one
// may be the other renamed, for its kinds whose Likeness is detect.Judged. The
// Work takes no answers; objects of which it cannot be told, because attributes
// cannot be read, are different.
func Judges(judge func(w *Work, before, after *Object) Alikeness) Part {
	return func(d *definition) {
		if judge == nil {
			wrong("Judges has no function: give it one")
		}
		if d.judges[anyKind] != nil {
			wrong("two parts are Judges: make them one function")
		}
		d.judges[anyKind] = func(c Comparison) verdict {
			w := newWork(Pass{From: c.From, To: c.To})
			return func(before, after *Object) Alikeness {
				w.err = nil
				if alike := judge(w, before, after); w.err == nil {
					return alike
				}
				return detect.Different
			}
		}
	}
}

// JudgedBy lets a plugin say the same of the objects of one option: that they are
// IsDifferent, IsAlike or IsEqual.
func JudgedBy[T any](judge func(before, after *Declared[T]) Alikeness) Setting {
	return func(d *draft) {
		if judge == nil {
			wrong("option %s: JudgedBy has no function: give it one", d.option.Name)
		}
		d.kind.Likeness, d.judged = detect.Judged, reflect.TypeFor[T]()
		d.judge = func(c Comparison) verdict {
			return func(before, after *Object) Alikeness {
				var t trouble
				was, wrong := declared[T](c.From, before, &t)
				is, too := declared[T](c.To, after, &t)
				if wrong != nil || too != nil {
					return detect.Different
				}
				if alike := judge(was, is); t.err == nil {
					return alike
				}
				return detect.Different
			}
		}
	}
}

// A judge is shown a comparison, and then says of pairs of it how alike they are.
type (
	judge   func(Comparison) verdict
	verdict func(before, after *Object) Alikeness
)

// anyKind is what judges kinds without a judge of their own.
const anyKind = ""

// judge is that of detect.Judge.
func (d *definition) judge(ctx context.Context, c Comparison) ([]Alikeness, error) {
	found := make([]Alikeness, len(c.Pairs))
	shown := map[string]verdict{}
	for i, pair := range c.Pairs {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		kind := pair.Before.Address.Kind()
		if d.judges[kind] == nil {
			kind = anyKind
		}
		if shown[kind] == nil && d.judges[kind] != nil {
			shown[kind] = d.judges[kind](c)
		}
		if shown[kind] != nil {
			found[i] = shown[kind](pair.Before, pair.After)
		}
	}
	return found, nil
}
