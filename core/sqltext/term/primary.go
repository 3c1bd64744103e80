package term

import (
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/sqltext"
)

// prefix reads a term without operators behind it, with the signs before it.
func (r *reader) prefix() (t Term, ok bool) {
	begin := r.peek(0).Offset
	if r.take("not") {
		arg, ok := r.expression(ofNot)
		return Term{Kind: Operator, Text: "NOT", Args: []Term{arg}, Begin: begin, End: arg.End}, ok
	}
	if r.is("-") || r.is("+") {
		r.at++
		arg, ok := r.expression(ofSign)
		return Term{Kind: Operator, Text: "-", Args: []Term{arg}, Begin: begin, End: arg.End}, ok
	}
	if t, ok = r.primary(); ok {
		t, ok = r.behind(t)
	}
	return t, ok
}

// behind reads casts and the like, which bind more tightly than any operator.
func (r *reader) behind(t Term) (Term, bool) {
	for {
		switch {
		case r.take(":", ":"):
			from := r.peek(0).Offset
			if !r.typeName() {
				return t, false
			}
			t = Term{Kind: Cast, Text: r.sql[from:r.end()], Args: []Term{t}, Begin: t.Begin, End: r.end()}
		case r.is("["):
			if !r.skipped() {
				return t, false
			}
			t = Term{Begin: t.Begin, End: r.end()}
		case r.take("."):
			r.at++
			t = Term{Begin: t.Begin, End: r.end()}
		case r.take("collate"):
			for r.at++; r.take("."); r.at++ {
			}
			if r.at > len(r.tokens) {
				return t, false
			}
			t.End = r.end()
		default:
			return t, true
		}
	}
}

func (r *reader) primary() (t Term, ok bool) {
	first := r.peek(0)
	t = Term{Begin: first.Offset, End: first.End()}
	switch {
	case r.at == len(r.tokens):
		return t, false
	case first.Kind == sqltext.Number:
		t.Kind, t.Text = Number, first.Text
	case first.Kind == sqltext.PlainString, first.Kind == sqltext.EscapeString, first.Kind == sqltext.DollarString:
		t.Kind, t.Text = String, first.Text
	case first.Is("("):
		return r.parenthesis()
	case first.Kind == sqltext.Word, first.Kind == sqltext.QuotedName:
		return r.word()
	default:
		return t, false
	}
	r.at++
	return t, true
}

// parenthesis reads a term in parentheses, or skips a query or a row.
func (r *reader) parenthesis() (t Term, ok bool) {
	begin := r.peek(0).Offset
	if r.queryAt(1) {
		ok = r.skipped()
		return Term{Begin: begin, End: r.end()}, ok
	}
	r.at++
	args, ok := r.arguments()
	if !ok || len(args) != 1 {
		return Term{Args: args, Begin: begin, End: r.end()}, ok
	}
	return args[0], true
}

// keywords are the values that are written without parentheses.
var keywords = []string{
	"current_date", "current_time", "current_timestamp", "localtime", "localtimestamp", "current_user", "session_user", "current_role", "user", "current_catalog",
	"current_schema",
}

// word reads what begins with a word or a name.
func (r *reader) word() (t Term, ok bool) {
	first := r.peek(0)
	t = Term{Begin: first.Offset, End: first.End()}
	switch {
	case r.take("true"), r.take("false"):
		t.Kind = Bool
	case r.take("null"):
		t.Kind = Null
	case r.is("case"):
		return r.choice()
	case r.take("cast", "("):
		return r.cast(t)
	case r.is("extract", "("):
		return r.extract(t)
	case r.is("exists", "("), r.is("array", "["), r.is("array", "("), r.is("row", "("), r.is("position", "("), r.is("overlay", "("),
		r.is("trim", "("), r.is("substring", "("), r.is("grouping", "("), r.is("not"), r.queryAt(0):
		return r.unread(first.Is("exists"))
	case slices.ContainsFunc(keywords, first.Is):
		r.at++
		t.Kind, t.Text = Keyword, strings.ToLower(first.Text)
		if r.is("(") && r.skipped() {
			t.End = r.end()
		}
	default:
		return r.name()
	}
	return t, true
}

// unread skips a form with words of its own inside. EXISTS is a condition.
func (r *reader) unread(condition bool) (t Term, ok bool) {
	t.Begin = r.peek(0).Offset
	if r.at++; !r.is("(") && !r.is("[") {
		return t, false
	}
	ok = r.skipped()
	t.End = r.end()
	if condition {
		t.Kind, t.Text = Operator, "EXISTS"
	}
	return t, ok
}

// cast reads CAST(x AS type) behind its parenthesis.
func (r *reader) cast(t Term) (Term, bool) {
	arg, ok := r.expression(0)
	if !ok || !r.take("as") {
		return t, false
	}
	from := r.peek(0).Offset
	if !r.typeName() {
		return t, false
	}
	t.Kind, t.Text, t.Args = Cast, r.sql[from:r.end()], []Term{arg}
	ok = r.take(")")
	t.End = r.end()
	return t, ok
}

// extract reads EXTRACT(field FROM x), as a call of x.
func (r *reader) extract(t Term) (Term, bool) {
	r.at += 3
	if !r.take("from") {
		return t, false
	}
	t.Kind, t.Parts = Call, []string{"extract"}
	args, ok := r.arguments()
	t.Args, t.End = args, r.end()
	return t, ok
}

// choice reads CASE.
func (r *reader) choice() (t Term, ok bool) {
	t = Term{Kind: Choice, Begin: r.peek(0).Offset}
	r.at++
	ok = r.is("when") || r.into(&t.Rest)
	for ok && r.take("when") {
		ok = r.into(&t.Rest) && r.take("then") && r.into(&t.Args)
	}
	if ok && r.take("else") {
		ok = r.into(&t.Args)
	}
	ok = ok && r.take("end")
	t.End = r.end()
	return t, ok
}

// into reads a term into a list.
func (r *reader) into(list *[]Term) bool {
	t, ok := r.expression(0)
	*list = append(*list, t)
	return ok
}

// name reads a column, a call, or a literal with its type before it.
func (r *reader) name() (t Term, ok bool) {
	t = Term{Kind: Column, Begin: r.peek(0).Offset}
	for {
		part, named := r.peek(0).Identifier()
		if !named {
			return t, false
		}
		t.Parts = append(t.Parts, part)
		if r.at++; !r.is(".") || r.peek(1).Is("*") {
			break
		}
		r.at++
	}
	t.End = r.end()
	switch {
	case r.take("("):
		return r.call(t)
	case r.peek(0).Kind == sqltext.PlainString: // date '2020-01-01'
		literal := r.peek(0)
		r.at++
		for slices.ContainsFunc([]string{"year", "month", "day", "hour", "minute", "second", "to"}, r.peek(0).Is) {
			r.at++ // interval '1' year
		}
		inner := Term{Kind: String, Text: literal.Text, Begin: literal.Offset, End: literal.End()}
		return Term{Kind: Cast, Text: strings.Join(t.Parts, "."), Args: []Term{inner}, Begin: t.Begin, End: r.end()}, true
	case r.is(".", "*"):
		return t, false
	}
	return t, true
}

// call reads the arguments of a function. What is between them besides terms makes the
// call one of which no more is known than its name.
func (r *reader) call(t Term) (Term, bool) {
	begin := r.at - 1
	t.Kind = Call
	args, ok := r.arguments()
	if !ok {
		r.at = begin
		args, ok = nil, r.skipped()
	}
	t.Args, t.End = args, r.end()
	if r.is("over") || r.is("filter") || r.is("within") {
		return t, false
	}
	if len(t.Parts) == 1 && slices.Contains([]string{"coalesce", "nullif", "greatest", "least"}, t.Parts[0]) {
		t.Kind = Choice
	}
	return t, ok
}

// typeName reads the name of a type.
func (r *reader) typeName() bool {
	if _, ok := r.peek(0).Identifier(); !ok {
		return false
	}
	for r.at++; r.take("."); r.at++ {
	}
	for _, more := range [][]string{{"precision"}, {"varying"}} {
		r.take(more...)
	}
	if r.is("(") && !r.skipped() {
		return false
	}
	for _, zone := range []string{"with", "without"} {
		r.take(zone, "time", "zone")
	}
	for r.is("[") {
		if !r.skipped() {
			return false
		}
	}
	return r.at <= len(r.tokens)
}
