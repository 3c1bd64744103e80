package sql

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/pgtype"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/sqltext/ddl"
)

// Type returns a type as the model language says it. What it is called there is
// known when all statements have been read.
func (w *Work) Type(s Statement, t ddl.Type) *declare.Expr {
	return w.inTheEnd(func() *declare.Expr { return w.typ(s, t) })
}

func (w *Work) typ(s Statement, t ddl.Type) *declare.Expr {
	if t.Column || isOwn(t) {
		return SQL(strings.ReplaceAll(t.SQL, "pg_catalog.", ""))
	}
	e := w.userType(s, t)
	if e == nil {
		return SQL(w.foreignType(s, t))
	}
	for range t.Dimensions {
		e = Call("array", e)
	}
	return e
}

// isOwn reports whether PostgreSQL has a type from itself.
func isOwn(t ddl.Type) bool {
	return t.Own() || t.Schema == "" && (ownType(t.Name) || pgtype.Pseudo(t.Name))
}

// userType returns the name of a declared type, or nil.
func (w *Work) userType(s Statement, t ddl.Type) *declare.Expr {
	name := ddl.Name{Schema: t.Schema, Name: t.Name}
	for _, class := range []string{TypeClass, SeveralClass, "table", RowClass} {
		b := w.Find(s, class, name)
		if b == nil {
			continue
		}
		label := b.Label()
		if class == SeveralClass {
			label = t.Name
		}
		if own := w.appFor(s).Label; b.app.Label != own {
			return Word(b.app.Label, label)
		}
		return Word(label)
	}
	return nil
}

// RowClass is the class of relations whose rows are values of a type.
const RowClass = "relation"

// SeveralClass is the class of the types of several values that come with a type.
const SeveralClass = "several"

// Several says that a type brings another one of several values.
func (w *Work) Several(b *Block, name ddl.Name) {
	w.register(blockKey{SeveralClass, name.Schema, name.Name}, b)
}

// Over says that a type is built on another one, as which PostgreSQL takes its values.
func (w *Work) Over(b *Block, base ddl.Type) { w.bases[b.name] = base }

// base returns the type that a type is built on, in the end.
func (w *Work) base(s Statement, t ddl.Type) ddl.Type {
	for range 32 {
		found := false
		for _, name := range w.candidates(s.file, ddl.Name{Schema: t.Schema, Name: t.Name}) {
			if under, ok := w.bases[name]; ok && !isOwn(t) && t.Dimensions == 0 {
				t, found = under, true
				break
			}
		}
		if !found {
			return t
		}
	}
	return t
}

// foreignType returns a type that no statement makes, such as one of an extension.
func (w *Work) foreignType(s Statement, t ddl.Type) string {
	text := address.Quote(t.Name)
	if t.Schema != "" && t.Schema != publicSchema && t.Schema != w.appFor(s).Schema {
		text = address.Quote(t.Schema) + "." + text
	}
	if len(t.Arguments) > 0 {
		text += "(" + strings.Join(t.Arguments, ",") + ")"
	}
	return text + strings.Repeat("[]", t.Dimensions)
}

// typeKey is the same for types that are the same.
func (w *Work) typeKey(s Statement, t ddl.Type) string {
	key := w.Made(s, ddl.Name{Schema: t.Schema, Name: t.Name})
	if own := Serial(t); own != "" {
		key = ddl.Name{Name: catalogName(own)}
	} else if isOwn(t) {
		key = ddl.Name{Name: catalogName(t.Name)}
	}
	return key.Schema + "." + key.Name + "(" + strings.Join(t.Arguments, ",") + ")" + strings.Repeat("[]", t.Dimensions)
}

// catalogName returns the name that the catalog has for a type, of names of SQL and of the catalog for the same type.
func catalogName(name string) string {
	if other, ok := map[string]string{"integer": "int4", "bigint": "int8", "smallint": "int2"}[name]; ok {
		return other
	}
	return name
}

// objectName is the name of a sequence as nextval takes it.
func (w *Work) objectName(app source.App, name ddl.Name) *declare.Expr {
	if name.Schema == app.Schema {
		return Text(name.Name)
	}
	return Text(name.Schema + "." + name.Name)
}
