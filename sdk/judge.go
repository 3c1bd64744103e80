package sdk

import "context"

// Judging lets a detector of which a kind is detect.Judged say how alike objects
// are; see detect.Judge.
func Judging(judge func(ctx context.Context, c Comparison) ([]Alikeness, error)) Ability {
	return func(d *detector) { d.judge = judge }
}

// A judging detector is one that has something to judge with: a detector without
// is no detect.Judge.
type judging struct{ *detector }

// Judge is that of detect.Judge.
func (d judging) Judge(ctx context.Context, c Comparison) ([]Alikeness, error) {
	return d.judge(ctx, c)
}

// Judges has a plugin say of an object that goes and one that comes whether one
// may be the other renamed, for its kinds whose Likeness is detect.Judged. The
// Work takes no answers; objects of which it cannot be told, because attributes
// cannot be read, are different.
func Judges(judge func(w *Work, before, after *Object) Alikeness) Part {
	return func(d *definition) {
		d.judge = func(ctx context.Context, c Comparison) ([]Alikeness, error) {
			w := newWork(Pass{From: c.From, To: c.To})
			found := make([]Alikeness, len(c.Pairs))
			for i, pair := range c.Pairs {
				if err := ctx.Err(); err != nil {
					return nil, err
				}
				w.err = nil
				if alike := judge(w, pair.Before, pair.After); w.err == nil {
					found[i] = alike
				}
			}
			return found, nil
		}
	}
}
