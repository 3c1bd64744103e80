package ddl

import "strings"

// A Partition says which rows of a table a partition has.
type Partition struct {
	Of    Name
	Bound Bound
}

// A Bound is FOR VALUES ..., or DEFAULT.
type Bound struct {
	Text    string // as it is written
	Place   Span
	Default bool
	// From and To are the ends of a range, nil for MINVALUE in From and MAXVALUE in To.
	From, To           []*Expr
	Values             []*Expr // of a list
	Modulus, Remainder int     // of a hash
	Unread             string  // an end that is on the other side: MAXVALUE in From
}

// A Division is PARTITION BY.
type Division struct {
	Strategy string // range, list or hash
	Keys     []Key
	Place    Span
}

func (r *reader) division(n node) *Division {
	begin := r.index(n.number("location"))
	open := r.find(begin, "(")
	d := Division{Strategy: strings.ToLower(strings.TrimPrefix(n.text("strategy"), "PARTITION_STRATEGY_")), Keys: r.keys(n.list("partParams"), open+1)}
	_, d.Place = r.cut(begin, r.behind(open))
	return &d
}

// bound reads a bound that begins at or before a place.
func (r *reader) bound(n node) Bound {
	i := r.index(n.number("location"))
	for i > 0 && !r.is(i, "for", "default") {
		i--
	}
	b := Bound{Default: n.flag("is_default"), Modulus: n.number("modulus"), Remainder: n.number("remainder"), Values: r.parts(n.list("listdatums"))}
	b.Text, b.Place = r.cut(i, r.find(i, "partition", "with", "tablespace", "using"))
	if n.text("strategy") == "h" {
		b.Text, b.Place = r.cut(i, r.behind(r.find(i, "(")))
	}
	b.From = r.end(n.list("lowerdatums"), "minvalue", &b)
	b.To = r.end(n.list("upperdatums"), "maxvalue", &b)
	return b
}

// end reads an end of a range. A word says that it is open.
func (r *reader) end(list []any, open string, b *Bound) []*Expr {
	var all []*Expr
	for _, e := range r.parts(list) {
		word := ""
		if e.Kind == Column && len(e.Names) == 1 {
			word = e.Names[0]
		}
		switch {
		case word == open:
			e = nil
		case word == "minvalue" || word == "maxvalue":
			b.Unread = strings.ToUpper(word)
		}
		all = append(all, e)
	}
	return all
}
