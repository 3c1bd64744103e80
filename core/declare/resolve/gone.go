package resolve

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	kinds "github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/sqltext"
	"github.com/whimbreldb/whimbrel/core/state"
)

// What the migrations have made and nobody declares any more is dropped by the next
// one. PostgreSQL refuses that while something names it, so a name of it is a
// mistake where it stands.

// knownAs returns who has a name in the migrations' state, in the order of addresses:
// overloads share one.
func (l *loader) knownAs() map[nameKey][]address.Address {
	if l.past != nil {
		return l.past
	}
	l.past = map[nameKey][]address.Address{}
	named := l.namedKinds()
	for o := range l.tree.Known.Unordered() {
		if !named[o.Address.Kind()] {
			continue
		}
		for _, key := range l.namesOf(o) {
			l.past[key] = append(l.past[key], o.Address)
		}
	}
	for _, owners := range l.past {
		slices.SortFunc(owners, address.Compare)
	}
	return l.past
}

// gone returns what had a name in the migrations' state that nothing has now.
func (l *loader) gone(key nameKey) (was address.Address, ok bool) {
	_, declared := l.namedBlocks()[key]
	if owners := l.knownAs()[key]; len(owners) > 0 && !declared && l.selectables()[key] == nil {
		return owners[len(owners)-1], true
	}
	return was, false
}

// namedKinds returns the kinds whose objects SQL can call by a name: most objects of a
// state are none of them.
func (l *loader) namedKinds() map[string]bool {
	named := map[string]bool{kinds.ModelKind: true}
	for kind, k := range l.catalog.kinds {
		named[kind] = named[kind] || l.catalog.making(kind).option.On == detect.OnApp && !k.Outlives
	}
	return named
}

// namesOf returns the names that SQL can call an object of a kind with names by.
func (l *loader) namesOf(o *state.Object) []nameKey {
	if o.Address.Kind() == kinds.ModelKind {
		m, err := state.Decode[kinds.Model](o)
		if err != nil {
			return nil
		}
		return []nameKey{{class: relationName, schema: m.Schema, name: m.Table}}
	}
	return namesBy(l.catalog.making(o.Address.Kind()).option.Shape, o)
}

// namesBy reads the names of an object where its shape says they are.
func namesBy(shape detect.Shape, o *state.Object) []nameKey {
	attrs := map[string]json.RawMessage{}
	if err := json.Unmarshal(o.Attrs, &attrs); err != nil {
		return nil
	}
	var keys []nameKey
	schema := ""
	for _, a := range shape.Attrs {
		text := ""
		if a.Names == "" || json.Unmarshal(attrs[a.Name], &text) != nil {
			continue
		}
		if a.Names == string(detect.NamesSchema) {
			schema = text
		} else {
			keys = append(keys, nameKey{class: a.Names, name: text})
		}
	}
	for i := range keys {
		keys[i].schema = schema
	}
	return keys
}

// goneBy returns what a name meant that means nothing now.
func (c *sqlCatalog) goneBy(class, schema, name string) (address.Address, bool) {
	for _, s := range c.schemas(schema) {
		if was, ok := c.l.gone(nameKey{class: class, schema: s, name: name}); ok {
			return was, true
		}
	}
	return address.Address{}, false
}

// A gone is the name of what is no longer there.
type gone struct {
	class, schema, name string
	was                 address.Address
}

// miss notes a name that nobody declares, if it meant something before.
func (c *sqlCatalog) miss(class, schema, name string) {
	if was, ok := c.goneBy(class, schema, name); ok {
		c.gone = append(c.gone, gone{class, schema, name, was})
	}
}

// checkGone reports the names in a text of what is no longer there. It is false if
// one of them is an error.
func (l *loader) checkGone(t sqlText, c *sqlCatalog) bool {
	for _, g := range c.gone {
		begin, end := t.find(g.name)
		l.reportGone(t.place(begin, end), t.what, g, c, t.late())
	}
	return len(c.gone) == 0 || t.late()
}

// late reports whether PostgreSQL looks for what the text names only when it is run.
func (t sqlText) late() bool { return t.kind == detect.SQLBody && t.language != "sql" }

// find returns where a name stands in the text: by itself, or in a string as in
// nextval('order_no').
func (t sqlText) find(name string) (begin, end int) {
	for token := range sqltext.Scan(t.text) {
		word, named := token.Identifier()
		inside := strings.Contains(token.Text, name) && token.Kind.Quoted()
		if named && word == name || !named && inside {
			return token.Offset, token.End()
		}
	}
	return 0, len(t.text)
}

// reportGone reports the name of what is no longer there. What is found only when a
// function is called is a warning.
func (l *loader) reportGone(at declare.Place, what string, g gone, c *sqlCatalog, late bool) {
	noun := detect.Noun(g.was.Kind())
	d := diag.Diagnostic{
		Code: codeGone, Range: at.Range(),
		Summary: fmt.Sprintf("%s names %s %q, which the models no longer have", what, noun, g.name),
		Detail:  "The next migration drops it, and PostgreSQL refuses that while something names it.",
		Next:    fmt.Sprintf("write its new name, take it out here, or declare %s %q again", noun, g.was.Name()),
	}
	if now := c.nameNow(g.was); now != "" {
		d.Summary = fmt.Sprintf("%s names %s %q, which is %s now", what, noun, g.name, now)
		d.Detail, d.Next = "Names in SQL are those of the database. A rename changes them in migrations, not in model files.", "write "+now
	}
	if late {
		d.Severity, d.Detail = diag.Warning, "PostgreSQL looks for it when the function is called, and fails then."
	}
	if !l.incomplete && (at.Document == nil || !at.Document.Broken) {
		l.add(d)
	}
}

// nameNow returns what an object of the migrations is called in the models, "" if it
// is not there.
func (c *sqlCatalog) nameNow(was address.Address) string {
	was, _ = c.l.nowOf(was)
	for key, t := range c.l.namedBlocks() {
		if t.addr == was {
			return c.short(key)
		}
	}
	for key, s := range c.l.selectables() {
		if s.addr == was {
			return c.short(key)
		}
	}
	return ""
}

// short returns a name as it can be written in the text.
func (c *sqlCatalog) short(key nameKey) string {
	if slices.Contains(c.schemas(""), key.schema) {
		return address.Quote(key.name)
	}
	return address.Qualify(key.schema, key.name)
}
