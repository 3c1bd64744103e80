package sql

import (
	"bytes"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/sqltext/ddl"
)

// Dumped reports whether pg_dump wrote the file of a statement.
func (s Statement) Dumped() bool {
	return bytes.Contains(s.file.Text, []byte("-- PostgreSQL database dump"))
}

// Ref returns how the object of a statement names a block.
func (w *Work) Ref(s Statement, b *Block) *declare.Expr {
	return qualified(w.appFor(s).Label, b)
}

// overload returns the function of a name that takes arguments of types, or the first of
// the name.
func (w *Work) overload(s Statement, name ddl.Name, types []string) *Block {
	all := w.FindAll(s, "function", name)
	if i := slices.IndexFunc(all, func(b *Block) bool { return slices.Equal(b.Arguments, types) }); i >= 0 {
		return all[i]
	}
	return w.Find(s, "function", name)
}

// Function says which function without arguments an object calls, by an argument; one that nobody
// makes is named by the argument undeclared.
func (w *Work) Function(s Statement, b *Block, argument string, name ddl.Name) {
	w.later = append(w.later, func() {
		if found := w.overload(s, name, nil); found != nil {
			b.Set(argument, qualified(b.app.Label, found))
			return
		}
		b.Set("undeclared", Text(w.written(b.app, name)))
	})
}

// Calls says so of a function that somebody makes, and reports whether that is so. Types
// are those of its arguments, as Signature has them.
func (w *Work) Calls(s Statement, b *Block, argument string, names, types []string) bool {
	found := w.overload(s, nameOf(names), types)
	set := func(f *Block) { b.Set(argument, qualified(b.app.Label, f)) }
	switch {
	case found != nil && slices.Equal(found.Arguments, types):
		set(found)
	case w.willMake(s, nameOf(names), types, set):
	case found != nil:
		set(found)
	default:
		return false
	}
	return true
}

// willMake reports whether a statement that is still to be read makes a function.
func (w *Work) willMake(s Statement, name ddl.Name, types []string, then func(*Block)) bool {
	wanted := w.candidates(s.file, name)
	made := slices.ContainsFunc(w.left, func(other Statement) bool {
		d, ok := other.What.(ddl.CreateRoutine)
		return ok && slices.Contains(wanted, w.Made(other, d.Name))
	})
	if made {
		w.later = append(w.later, func() {
			if found := w.overload(s, name, types); found != nil {
				then(found)
			}
		})
	}
	return made
}

// Written returns the name of what nobody makes, without the schema of the app.
func (w *Work) Written(s Statement, names []string) string {
	if len(names) == 0 {
		return ""
	}
	return w.written(w.appFor(s), nameOf(names))
}

func (w *Work) written(app source.App, name ddl.Name) string {
	if name.Schema == "" || name.Schema == app.Schema || name.Schema == publicSchema || name.Schema == "pg_catalog" {
		return name.Name
	}
	return strings.Join([]string{name.Schema, name.Name}, ".")
}

// Collation returns the name of a collation, empty for none.
func Collation(n ddl.Name) string { return collation(n) }
