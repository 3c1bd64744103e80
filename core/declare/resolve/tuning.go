package resolve

import (
	"fmt"

	"github.com/whimbreldb/whimbrel/core/declare"
)

// A tuning says how a table is stored.
type tuning struct {
	unlogged   bool
	tablespace string
	storage    map[string]string
}

// tune reads an argument about how a table is stored.
func (l *loader) tune(m *model, a *declare.Attr) {
	switch a.Name.Text {
	case "unlogged":
		m.tuning.unlogged = l.isTrue(m.file, a)
	case "tablespace":
		m.tuning.tablespace, _ = l.identifier(m.file, a)
	case "storage":
		m.tuning.storage = l.storage(m.file, a)
	}
}

// storage reads { fillfactor = 80 }.
func (l *loader) storage(f *declare.Document, a *declare.Attr) map[string]string {
	value := strip(a.Value)
	if value.Kind != declare.Object {
		l.badValue(f, a, "parameters with their values", "{ fillfactor = 80 }")
		return nil
	}
	parameters := map[string]string{}
	for i, key := range value.Keys {
		key = strip(key)
		name, at := word(key), declare.Place{Document: f, Span: key.Span}
		if key.Kind == declare.String {
			name = key.Text
		}
		if _, twice := parameters[name]; twice {
			l.report(at, codeRepeated, fmt.Sprintf("storage has %q twice", name), "", "take one of the two out")
		}
		if text, ok := l.parameter(at, name, declare.Place{Document: f, Span: value.Args[i].Span}, strip(value.Args[i])); ok {
			parameters[name] = text
		}
	}
	return parameters
}

// parameter checks a storage parameter and returns its value as PostgreSQL writes it.
func (l *loader) parameter(at declare.Place, name string, where declare.Place, value *declare.Expr) (string, bool) {
	known, there := storageParameters[name]
	if !there {
		names := sortedKeys(storageParameters)
		l.report(at, codeStorage, fmt.Sprintf("tables have no storage parameter %q%s", name, didYouMean(name, names)),
			"PostgreSQL would refuse it.", instead(name, names, "take it out"))
		return "", false
	}
	text, ok := known.read(value)
	if !ok {
		l.report(where, codeStorage, fmt.Sprintf("storage parameter %q is %s", name, known), "PostgreSQL would refuse another value.",
			fmt.Sprintf("write %s = %s", name, known.example()))
	}
	return text, ok
}
