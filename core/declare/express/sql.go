package express

import (
	"encoding/json"
	"errors"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/expression"
	kinds "github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/sqltext"
)

// keywords are values that SQL writes without parentheses, and the model language
// by the same words.
var keywords = []string{
	"CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP", "LOCALTIME", "LOCALTIMESTAMP", "CURRENT_USER", "SESSION_USER",
	"CURRENT_ROLE", "CURRENT_CATALOG", "CURRENT_SCHEMA",
}

// sql returns sql("..."), or the word for it.
func (s *scope) sql(n expression.Node) *declare.Expr {
	switch keyword := strings.ToLower(n.Text); {
	case s.given && n.Text == "VALUE":
		return word("value")
	case !slices.Contains(keywords, n.Text):
	case !s.model.IsZero() && s.x.state.Has(s.model.Child(kinds.FieldKind, keyword)):
		return call(keyword)
	default:
		return word(keyword)
	}
	text := n.Text
	for _, part := range n.Args {
		piece, err := s.piece(part)
		if err != nil {
			return s.fail("a text in SQL cannot be written: %v", err)
		}
		text += piece
	}
	return call("sql", quoted(text))
}

// piece returns SQL, or the name of a field or of another object that stands in it.
func (s *scope) piece(n expression.Node) (string, error) {
	switch {
	case n.Kind == expression.SQL && len(n.Args) == 0:
		return n.Text, nil
	case n.Kind == expression.Field && len(n.Path) == 1:
		return s.x.written(n.Path[0].Address, sqltext.Name)
	case n.Kind == expression.Object && len(n.Path) == 1:
		return s.x.written(n.Path[0].Address, sqltext.Form(n.Text))
	}
	return "", errors.New("it has an expression in it")
}

// written returns the name of an object as it stands in SQL.
func (x *expresser) written(a address.Address, form sqltext.Form) (string, error) {
	c, ok := x.called(a)
	if !ok {
		return "", errors.New("it has no name in the database")
	}
	return form.Write(c.schema, c.name), nil
}

// text returns a text in SQL: that of a body as it is, any other as sql("...").
func (s *scope) text(a detect.Attr, raw json.RawMessage) *declare.Expr {
	var t sqltext.Text
	if err := json.Unmarshal(raw, &t); err != nil {
		return s.fail("argument %q: %v", a.Name, err)
	}
	sql, err := t.Render(s.writer(t))
	switch {
	case err != nil:
		return s.fail("argument %q: %v", a.Name, err)
	case a.SQL == detect.SQLBody:
		return quoted(sql)
	}
	return call("sql", quoted(sql))
}

// expressionTexts says a list of expressions, of which each is a text or a string.
func (s *scope) expressionTexts(a detect.Attr, list []json.RawMessage) *declare.Expr {
	said := make([]*declare.Expr, len(list))
	for i, raw := range list {
		if len(raw) > 0 && raw[0] == '"' {
			said[i] = decoded(s, a, raw, quoted)
		} else if e := s.text(a, raw); e != nil {
			said[i] = e.Args[0] // of sql("...")
		}
		if said[i] == nil {
			return nil
		}
	}
	return &declare.Expr{Kind: declare.List, Args: said}
}

// writer returns how names are written in a text: without the schema of the app,
// unless the same word stands in the text for something else.
func (s *scope) writer(t sqltext.Text) func(address.Address, sqltext.Form) (string, error) {
	words := map[string]bool{}
	for _, p := range t.Parts {
		for _, w := range sqlWord().FindAllString(p.SQL, -1) {
			words[strings.ToLower(w)] = true
		}
	}
	return func(a address.Address, form sqltext.Form) (string, error) {
		c, _ := s.x.called(a)
		if form == sqltext.Qualified && c.schema == s.app.Schema && !words[strings.ToLower(c.name)] {
			form = sqltext.Name
		}
		return s.x.written(a, form)
	}
}

// sqlWord is a word of SQL that is a name or could be one.
var sqlWord = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[\pL_][\pL\p{Nd}_$]*`) })
