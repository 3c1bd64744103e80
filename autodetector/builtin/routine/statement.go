package routine

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

func (x Owner) create(m sdk.Moment, f Attrs) []string {
	texts := []string{"CREATE " + x.Word + " " + definition(m, f)}
	if f.foundElsewhere() {
		texts = unlooked(texts...)
	}
	if f.Comment != "" {
		texts = append(texts, sdk.Comment(x.Word+" "+Signature(m, f), f.Comment))
	}
	return texts
}

// A version is the text of a routine with its comment.
type version struct {
	text, comment, signature string
	before, after            []string
}

// replaced returns a routine as it takes the place of another one.
func (x Owner) replaced(m sdk.Moment, f Attrs) version {
	v := version{text: "CREATE OR REPLACE " + x.Word + " " + definition(m, f), comment: f.Comment, signature: Signature(m, f)}
	if f.foundElsewhere() {
		v.before, v.after = []string{unlook}, []string{look}
	}
	return v
}

// PostgreSQL looks at once for what a body in SQL names, unless it is told not to.
const (
	unlook = "SET LOCAL check_function_bodies = off"
	look   = "SET LOCAL check_function_bodies = on"
)

func unlooked(texts ...string) []string { return append(append([]string{unlook}, texts...), look) }

// unchecked is replaced for the way back, where the body names what has those names
// again only afterwards. PostgreSQL would look for them at once.
func (x Owner) unchecked(m sdk.Moment, f Attrs) version {
	v := x.replaced(m, f)
	if f.Language == "" || f.Language == "sql" {
		v.before, v.after = []string{unlook}, []string{look}
	}
	return v
}

// alter returns the changes but for those of name and schema.
func (x Owner) alter(from, to Attrs, was, is version) []string {
	var texts []string
	if was.text != is.text {
		texts = append(append(append(texts, is.before...), is.text), is.after...)
	}
	if from.Comment != to.Comment {
		texts = append(texts, sdk.Comment(x.Word+" "+is.signature, is.comment))
	}
	return texts
}

// definition is what stands behind CREATE FUNCTION or CREATE PROCEDURE.
func definition(m sdk.Moment, f Attrs) string {
	text := sdk.Qualified(f.Schema, f.Name) + "(" + Arguments(m, f.Args) + ")"
	if f.Returns != nil {
		text += "\nRETURNS " + result(m, *f.Returns)
	}
	text += "\nLANGUAGE " + or(f.Language, "sql")
	for _, property := range properties(f) {
		text += "\n" + property
	}
	body := m.Text(f.Body)
	if f.standard() {
		return text + "\n" + strings.TrimSpace(body)
	}
	return text + "\nAS " + sdk.Dollar(body)
}

func result(m sdk.Moment, r model.Result) string {
	switch {
	case r.Table != nil:
		return "TABLE (" + Arguments(m, r.Table) + ")"
	case r.Set:
		return "SETOF " + m.Type(r.Type)
	}
	return m.Type(r.Type)
}

// move returns the statements that give a routine another schema and name.
func (x Owner) move(m sdk.Moment, from, to Attrs) []string {
	var texts []string
	if from.Schema != to.Schema {
		texts = append(texts, "ALTER "+x.Word+" "+Signature(m, from)+" SET SCHEMA "+sdk.Ident(to.Schema))
		from.Schema = to.Schema
	}
	if from.Name != to.Name {
		texts = append(texts, "ALTER "+x.Word+" "+Signature(m, from)+" RENAME TO "+sdk.Ident(to.Name))
	}
	return texts
}
