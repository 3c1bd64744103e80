package express

import (
	"regexp"
	"strings"
	"sync"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/declare/resolve"
	kinds "github.com/whimbreldb/whimbrel/core/model"
)

// typ returns a type as it is written: varchar(30), array(text), size,
// kitchen.size, sql("...").
func (s *scope) typ(t kinds.Type) *declare.Expr {
	e := s.element(t)
	for range t.Dimensions {
		e = call("array", e)
	}
	return e
}

func (s *scope) element(t kinds.Type) *declare.Expr {
	switch {
	case t.Of != nil && t.Several:
		return s.severalName(t.Of.Address)
	case t.Of != nil:
		return s.topName(t.Of.Address)
	case t.SQL == "":
		return s.fail("it has no type")
	}
	if e := s.x.catalog.plainType(t.SQL); e != nil {
		return e
	}
	return call("sql", quoted(t.SQL))
}

// spelled is a type as resolve spells it: name(arguments).
var spelled = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^([a-z_][a-z0-9_]*(?: [a-z]+)*)(?:\((-?[0-9a-z_]+(?:,-?[0-9a-z_]+)*)\))?$`)
})

// plainType returns a type that is known by its name, or nil.
func (c catalog) plainType(sql string) *declare.Expr {
	found := spelled().FindStringSubmatch(sql)
	if found == nil {
		return nil
	}
	name := strings.ReplaceAll(found[1], " ", "_")
	if !resolve.IsType(name) && !c.types[name] || !isPlain(name) {
		return nil
	}
	if found[2] == "" {
		return word(name)
	}
	var args []*declare.Expr
	for arg := range strings.SplitSeq(found[2], ",") {
		args = append(args, typeArgument(arg))
	}
	return call(name, args...)
}

func typeArgument(text string) *declare.Expr {
	if digits().MatchString(text) {
		return number(text)
	}
	if !isPlain(text) {
		return nil
	}
	return word(text)
}

var digits = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^-?[0-9]+$`) })
