package declare

import "slices"

// Equal reports whether two bodies say the same, their places aside. Of the kinds
// of expressions whose text the tree does not hold, such as Template, only the
// kind counts.
func (b *Body) Equal(other *Body) bool {
	return slices.EqualFunc(b.Attrs, other.Attrs, (*Attr).equal) && slices.EqualFunc(b.Blocks, other.Blocks, (*Block).equal)
}

func (a *Attr) equal(other *Attr) bool {
	return a.Name.equal(other.Name) && a.Value.Equal(other.Value)
}

func (b *Block) equal(other *Block) bool {
	return b.Type.equal(other.Type) && slices.EqualFunc(b.Labels, other.Labels, Name.equal) && b.Body.Equal(other.Body)
}

func (n Name) equal(other Name) bool { return n.Text == other.Text }

// Equal reports whether two expressions say the same, their places aside.
// Parentheses count, needed or not.
func (e *Expr) Equal(other *Expr) bool {
	return e.Kind == other.Kind && e.Text == other.Text && slices.EqualFunc(e.Names, other.Names, Name.equal) &&
		slices.EqualFunc(e.Keys, other.Keys, (*Expr).Equal) && slices.EqualFunc(e.Args, other.Args, (*Expr).Equal)
}
