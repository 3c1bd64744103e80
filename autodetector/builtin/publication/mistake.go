package publication

import (
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/routine"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

const (
	// codeWrong is the code of publications that PostgreSQL would refuse.
	codeWrong = "WH2314"
	// codeIdentity is the code of publications that keep rows from being changed.
	codeIdentity = "WH2315"
)

// check reports what is wrong with a publication.
func (x publications) check(o *sdk.Object) {
	p := x.attrs(o)
	found := slices.Concat(p.allMistakes(), p.listMistakes())
	for _, ref := range p.models() {
		if m := x.To.Model(ref.Address); m.Unlogged {
			found = append(found, routine.Wrong(fmt.Sprintf("has model %q, which is unlogged", ref.Name()), "What is not in the log cannot be told to others.", "take the model out, or unlogged out of it"))
		}
	}
	routine.Report(x.Work, o, codeWrong, fmt.Sprintf("publication %q", o.Address.Name()), found)
	x.warn(o, p)
}

// allMistakes are those of a publication that has all tables.
func (p attrs) allMistakes() (found []routine.Mistake) {
	if p.AllTables && len(p.Models)+len(p.Parts)+len(p.Schemas) > 0 {
		found = append(found, routine.Wrong("has all tables and names some", "All of them are in it.", "take all_tables out, or what it names"))
	}
	return found
}

// listMistakes are those about the tables that it names.
func (p attrs) listMistakes() (found []routine.Mistake) {
	for i, one := range p.Parts {
		switch {
		case slices.Contains(p.models()[:len(p.Models)+i], one.Model):
			found = append(found, routine.Wrong(fmt.Sprintf("has model %q twice", one.Model.Name()), "", "take one of the two out"))
		case len(one.Columns) == 0 && one.Where == nil:
			found = append(found, routine.Wrong(fmt.Sprintf("says nothing of model %q", one.Model.Name()), "", fmt.Sprintf("write models = [%s] for all of it", one.Model.Name())))
		case len(one.Columns) > 0 && len(p.Schemas) > 0:
			found = append(found, routine.Wrong(fmt.Sprintf("has columns of model %q and whole schemas", one.Model.Name()), "PostgreSQL takes no columns beside schemas.", "make two publications"))
		}
	}
	return found
}

// warn says where PostgreSQL would refuse to change rows of a table that a publication
// has in part: it finds a row by its primary key, which has to be in it.
func (x publications) warn(o *sdk.Object, p attrs) {
	changing := len(p.Publish) == 0 || slices.Contains(p.Publish, "update") || slices.Contains(p.Publish, "delete")
	for _, one := range p.Parts {
		key := x.primaryKey(one.Model.Address)
		if !changing || len(key) == 0 || one.covers(key) {
			continue
		}
		x.Report(diag.Diagnostic{
			Severity: diag.Warning, Code: codeIdentity, Address: o.Address.String(),
			Summary: fmt.Sprintf("publication %q keeps rows of model %q from being updated or deleted", o.Address.Name(), one.Model.Name()),
			Detail:  "Where updates or deletes are published, columns has to have the primary key, and where can read no other fields; PostgreSQL refuses the statement otherwise, unless the table has another REPLICA IDENTITY.",
			Next:    "write the primary key into columns, or publish = [insert]",
		})
	}
}

// covers reports whether changes of rows can be told of a part of a model with a
// primary key.
func (p part) covers(key []address.Ref) bool {
	for _, field := range key {
		if len(p.Columns) > 0 && !slices.Contains(p.Columns, field) {
			return false
		}
	}
	return p.Where == nil || within(*p.Where, key)
}

// within reports whether an expression reads only some fields.
func within(e expression.Node, fields []address.Ref) bool {
	only := true
	e.Walk(func(n expression.Node) {
		only = only && (n.Kind != expression.Field || slices.Contains(fields, n.Path[len(n.Path)-1]))
	})
	return only
}

// primaryKey returns the fields of the primary key of a model that is seen.
func (x publications) primaryKey(of address.Address) []address.Ref {
	for _, child := range x.Pass.To.Children(of, model.ConstraintKind) {
		if c := sdk.AttrsOf[model.Constraint](x.Work, child); c.Type == model.PrimaryKey {
			return c.Fields
		}
	}
	return nil
}
