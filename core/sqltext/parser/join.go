package parser

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
)

// join resolves two entries that are joined.
func (r *resolver) join(n node, env environment, before namespace) namespace {
	left := r.entry(n["larg"], env, before)
	right := r.entry(n["rarg"], env, before.beside(left))
	shared := names(n.list("usingClause"))
	places := r.using(n, shared)
	if n.flag("isNatural") {
		shared = common(left, right)
	}
	joined := left.beside(right)
	if len(shared) > 0 {
		joined = r.merge(left, right, shared, places)
	}
	if alias := n.of("join_using_alias"); alias != nil {
		joined.sources = append(joined.sources, &source{name: alias.text("aliasname"), columns: joined.columns[:len(shared)]})
	}
	r.walk(n["quals"], env.within(before.beside(joined)))
	if alias := n.of("alias"); alias != nil {
		return only((&source{columns: joined.columns, open: joined.open}).renamed(alias))
	}
	return joined
}

// merge returns the namespace of a join whose columns of some names are one. The
// places of the names are empty in a natural join.
func (r *resolver) merge(left, right namespace, shared []string, places []span) namespace {
	joined := left.beside(right)
	joined.columns = nil
	for i, name := range shared {
		c, other := r.side(left, name, places, i), r.side(right, name, places, i)
		also := slices.Concat(c.also, other.also, objects(c.base, other.base))
		if c.named.IsZero() {
			c = other
		}
		c.also = also
		joined.columns = append(joined.columns, c)
		if len(places) > 0 {
			r.bears(c, places[i])
		} else {
			r.uses(c)
		}
	}
	for _, c := range slices.Concat(left.columns, right.columns) {
		if !slices.Contains(shared, c.name) {
			joined.columns = append(joined.columns, c)
		}
	}
	return joined
}

// side returns the column of one side of a join that has a name.
func (r *resolver) side(n namespace, name string, places []span, i int) column {
	matches := n.matches(name)
	if len(matches) > 0 {
		return matches[0]
	}
	if !n.open && i < len(places) {
		r.wrong(Wrong{Begin: places[i].begin, End: places[i].end, Name: name, Relation: n.single()})
	}
	return column{name: name}
}

func objects(all ...address.Address) []address.Address {
	return slices.DeleteFunc(all, address.Address.IsZero)
}

// common returns the names that columns of both have, in the order of the first.
func common(left, right namespace) []string {
	var all []string
	for _, c := range left.columns {
		if len(right.matches(c.name)) > 0 {
			all = append(all, c.name)
		}
	}
	return all
}

// using returns the places of the names in a USING. The tree has none for them:
// the first list behind the right side that has these names is it, unless it
// belongs to a join in there, which has been resolved before.
func (r *resolver) using(n node, shared []string) []span {
	if len(shared) == 0 {
		return nil
	}
	for i := r.tokens.from(last(n["rarg"])); i < len(r.tokens); i++ {
		if !r.tokens.is(i, "using") || !r.tokens.is(i+1, "(") || r.taken[i] {
			continue
		}
		if places, ok := r.tokens.listed(i+2, shared); ok {
			r.taken[i] = true
			return places
		}
	}
	return nil
}

// last returns the greatest offset in a tree.
func last(v any) int {
	at := 0
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			at = max(at, last(item))
		}
	case map[string]any:
		at = node(v).at()
		for _, item := range v {
			at = max(at, last(item))
		}
	}
	return at
}
