package resolve

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/declare"
	kinds "github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/pgtype"
)

// modelTypes holds PostgreSQL's types without arguments by the names that a model has
// for them; a blank in a name is an underscore.
var modelTypes = newModelTypes()

func newModelTypes() map[string]*typ {
	types := map[string]*typ{}
	for _, name := range pgtype.Names() {
		t, _ := pgtype.Lookup(name)
		if n, err := t.With(nil); err == nil && !asWritten[name] {
			types[name] = ownType(n)
		}
	}
	return types
}

// asWritten are names that migrations hold as they were written, in sql("...") only.
var asWritten = map[string]bool{"national_char": true, "national_char_varying": true}

// ownType returns one of PostgreSQL's types in our spelling.
func ownType(n pgtype.Name) *typ {
	element := n.Element()
	return &typ{Type: kinds.Type{SQL: element.String(), Dimensions: n.Dimensions()}, name: element}
}

// simple returns one of PostgreSQL's types or an extension's, or nil.
func (r typeReader) simple(at declare.Place, name string, given []string) *typ {
	lower := strings.ToLower(name)
	if t := modelTypes[lower]; t != nil && len(given) == 0 {
		return t
	} else if t != nil {
		own, _ := pgtype.Lookup(lower)
		return r.withArguments(at, own, given)
	}
	return r.extension(lower, given)
}

// withArguments returns a type with its arguments, or a stand-in after reporting
// what is wrong with them.
func (r typeReader) withArguments(at declare.Place, own pgtype.Type, given []string) *typ {
	numbers, err := own.Numbers(given)
	if err == nil {
		var n pgtype.Name
		if n, err = own.With(numbers); err == nil {
			return ownType(n)
		}
	}
	return r.wrongArguments(at, own, err, own.Name()+"("+strings.Join(given, ", ")+")")
}

// wrongArguments reports arguments that a type does not take, and returns a
// stand-in for it.
func (r typeReader) wrongArguments(at declare.Place, own pgtype.Type, err error, written string) *typ {
	r.l.report(at, codeTypeArguments, err.Error(), "PostgreSQL would refuse the type "+written+".", "write "+own.Example())
	return &typ{Type: kinds.Type{SQL: own.Name()}}
}

// extension returns a type that an extension brings, or nil.
func (r typeReader) extension(name string, given []string) *typ {
	if r.l.catalog.byType[name] == nil {
		return nil
	}
	sql := name
	if len(given) > 0 {
		sql += "(" + strings.Join(given, ",") + ")"
	}
	return &typ{Type: kinds.Type{SQL: sql}, extension: name}
}

// pseudo reports whether a name is that of a pseudo-type. In a model the case of
// letters counts.
func pseudo(name string) bool { return pgtype.Pseudo(name) && name == strings.ToLower(name) }
