package resolve

import (
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/declare"
	kinds "github.com/whimbreldb/whimbrel/core/model"
)

func (w *partReader) comment() string {
	if a := w.attrs["comment"]; a != nil {
		text, _ := w.b.l.text(w.file, a)
		return text
	}
	return ""
}

func (w *partReader) tablespace() string {
	if a := w.attrs["tablespace"]; a != nil {
		name, _ := w.b.l.identifier(w.file, a)
		return name
	}
	return ""
}

// storage reads the storage parameters of an index: { fillfactor = 80 }. Those of an
// extension's method are not known here, so that any number or word is one.
func (w *partReader) storage() map[string]string {
	a := w.attrs["storage"]
	if a == nil {
		return nil
	}
	value := strip(a.Value)
	if value.Kind != declare.Object {
		w.b.l.badValue(w.file, a, "parameters with their values", "{ fillfactor = 80 }")
		return nil
	}
	parameters := map[string]string{}
	for i, key := range value.Keys {
		text := parameterText(strip(value.Args[i]))
		if name := keyName(strip(key)); name == "" || text == "" {
			w.b.l.report(declare.Place{Document: w.file, Span: value.Args[i].Span}, codeStorage, fmt.Sprintf("storage parameter %q of %s is a number, true, false or a word", name, w.what), "", "write "+name+" = 80")
		} else {
			parameters[name] = text
		}
	}
	return parameters
}

// parameterText returns the value of a storage parameter as PostgreSQL writes it.
func parameterText(e *declare.Expr) string {
	switch e.Kind {
	case declare.Number, declare.Bool:
		return e.Text
	case declare.Word:
		if name := word(e); strings.ToLower(name) == name {
			return name
		}
	case declare.Operator:
		if e.Text == "-" && len(e.Args) == 1 && strip(e.Args[0]).Kind == declare.Number {
			return "-" + strip(e.Args[0]).Text
		}
	}
	return ""
}

// tuneKey reads what is said of the index of a primary key.
func (l *loader) tuneKey(m *model, attrs *kinds.Constraint) {
	if m.key.block == nil {
		return
	}
	w := &partReader{part: part{file: m.file, app: m.app, block: m.key.block}, b: &builder{l: l, model: m}, attrs: map[string]*declare.Attr{}, what: "the primary key"}
	for _, a := range m.key.block.Body.Attrs {
		if slices.Contains(tunedKey, a.Name.Text) {
			w.attrs[a.Name.Text] = a
		}
	}
	attrs.Comment, attrs.Storage = w.comment(), w.storage()
}

// tunedKey are the arguments of a primary key about its index.
var tunedKey = []string{"comment", "storage"}
