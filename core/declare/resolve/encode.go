package resolve

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"sync"
	"unicode/utf8"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/expression"
	kinds "github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

// encode writes attributes as state.Encode does. The kinds that a project has
// thousands of are written by hand, which is ten times as fast.
func encode(attrs any) json.RawMessage {
	switch attrs := attrs.(type) {
	case json.RawMessage:
		return attrs
	case kinds.Field:
		w := newWriter()
		w.field(attrs)
		return w.done()
	case kinds.Index:
		w := newWriter()
		w.index(attrs)
		return w.done()
	case kinds.Constraint:
		w := newWriter()
		w.constraint(attrs)
		return w.done()
	}
	written, err := state.Encode(attrs)
	if err != nil {
		panic("hcl: attributes that cannot be encoded: " + err.Error()) // structs of text, numbers and truth values always can
	}
	return written
}

// A writer appends JSON. Its methods for members leave out what is empty.
type writer struct {
	out   []byte
	first bool // no member of the object is written yet
}

var writers = sync.Pool{New: func() any { return &writer{} }}

// newWriter returns a writer of one object.
func newWriter() *writer {
	w := writers.Get().(*writer)
	w.out = w.out[:0]
	w.open()
	return w
}

// done returns the object and gives the writer back.
func (w *writer) done() json.RawMessage {
	w.close()
	written := bytes.Clone(w.out)
	writers.Put(w)
	return written
}

func (w *writer) open() { w.out, w.first = append(w.out, '{'), true }

func (w *writer) close() { w.out, w.first = append(w.out, '}'), false }

func (w *writer) key(name string) {
	if !w.first {
		w.out = append(w.out, ',')
	}
	w.first = false
	w.out = append(append(append(w.out, '"'), name...), '"', ':')
}

func (w *writer) text(name, value string) {
	if value != "" {
		w.always(name, value)
	}
}

func (w *writer) always(name, value string) {
	w.key(name)
	w.quote(value)
}

func (w *writer) flag(name string, value bool) {
	if value {
		w.key(name)
		w.out = append(w.out, "true"...)
	}
}

// quote writes a string as encoding/json does.
func (w *writer) quote(text string) {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c == '"' || c == '\\' || c >= utf8.RuneSelf || c == 0x7f {
			var b bytes.Buffer
			e := json.NewEncoder(&b)
			e.SetEscapeHTML(false)
			_ = e.Encode(text) // text can always be encoded
			w.out = append(w.out, bytes.TrimSuffix(b.Bytes(), []byte("\n"))...)
			return
		}
	}
	w.out = append(append(append(w.out, '"'), text...), '"')
}

// element writes what stands before the i-th element of a list.
func (w *writer) element(i int) {
	if i > 0 {
		w.out = append(w.out, ',')
	}
}

func (w *writer) list(name string) {
	w.key(name)
	w.out = append(w.out, '[')
}

func (w *writer) end() { w.out = append(w.out, ']') }

func (w *writer) ref(r address.Ref) {
	w.out = append(w.out, `{"$ref":`...)
	w.quote(r.String())
	w.out = append(w.out, '}')
}

func (w *writer) refs(name string, refs []address.Ref) {
	if len(refs) == 0 {
		return
	}
	w.list(name)
	for i, r := range refs {
		w.element(i)
		w.ref(r)
	}
	w.end()
}

func (w *writer) node(n expression.Node) {
	w.open()
	if len(n.Args) > 0 {
		w.list("args")
		for i, arg := range n.Args {
			w.element(i)
			w.node(arg)
		}
		w.end()
	}
	w.always("kind", string(n.Kind))
	w.refs("path", n.Path)
	w.text("text", n.Text)
	w.close()
}

func (w *writer) nodeAt(name string, n *expression.Node) {
	if n != nil {
		w.key(name)
		w.node(*n)
	}
}

func (w *writer) field(f kinds.Field) {
	w.text("collate", f.Collate)
	w.text("column", f.Column)
	w.text("comment", f.Comment)
	w.text("compression", f.Compression)
	w.nodeAt("default", f.Default)
	w.nodeAt("generated", f.Generated)
	w.text("identity", f.Identity)
	w.flag("null", f.Null)
	if f.Relation != nil {
		w.key("relation")
		w.relation(*f.Relation)
	}
	w.text("sequence", f.Sequence)
	if f.Statistics != nil {
		w.key("statistics")
		w.out = strconv.AppendInt(w.out, *f.Statistics, 10)
	}
	w.text("storage", f.Storage)
	if f.Type != (kinds.Type{}) {
		w.key("type")
		w.typ(f.Type)
	}
	w.flag("virtual", f.Virtual)
}

func (w *writer) relation(r kinds.Relation) {
	w.open()
	if r.Field != nil {
		w.key("field")
		w.ref(*r.Field)
	}
	w.flag("many", r.Many)
	w.key("target")
	w.ref(r.Target)
	if r.Through != nil {
		w.key("through")
		w.ref(*r.Through)
	}
	w.close()
}

func (w *writer) typ(t kinds.Type) {
	w.open()
	if t.Dimensions != 0 {
		w.key("dimensions")
		w.out = strconv.AppendInt(w.out, int64(t.Dimensions), 10)
	}
	if t.Of != nil {
		w.key("of")
		w.ref(*t.Of)
	}
	w.flag("several", t.Several)
	w.text("sql", t.SQL)
	w.close()
}

func (w *writer) index(x kinds.Index) {
	w.text("comment", x.Comment)
	w.refs("include", x.Include)
	w.keys(x.Keys)
	w.text("method", x.Method)
	w.always("name", x.Name)
	w.flag("nulls_not_distinct", x.NullsNotDistinct)
	w.partition(x.Partition)
	w.texts("storage", x.Storage)
	w.text("tablespace", x.Tablespace)
	w.flag("unique", x.Unique)
	w.nodeAt("where", x.Where)
}

// texts writes an object of texts.
func (w *writer) texts(name string, values map[string]string) {
	if len(values) == 0 {
		return
	}
	w.key(name)
	w.open()
	for _, key := range slices.Sorted(maps.Keys(values)) {
		w.always(key, values[key])
	}
	w.close()
}

func (w *writer) partition(p *kinds.PartOf) {
	if p == nil {
		return
	}
	w.key("partition")
	w.open()
	if len(p.Inner) > 0 {
		w.list("inner")
		for i, label := range p.Inner {
			w.element(i)
			w.quote(label)
		}
		w.end()
	}
	w.key("of")
	w.ref(p.Of)
	w.close()
}

func (w *writer) keys(keys []kinds.Key) {
	w.list("keys")
	for i, k := range keys {
		w.element(i)
		w.open()
		w.text("collate", k.Collate)
		w.flag("desc", k.Desc)
		w.text("nulls", k.Nulls)
		w.text("opclass", k.Opclass)
		w.text("operator", k.Operator)
		w.key("value")
		w.node(k.Value)
		w.close()
	}
	w.end()
}

func (w *writer) constraint(c kinds.Constraint) {
	w.nodeAt("check", c.Check)
	w.text("comment", c.Comment)
	w.text("deferrable", c.Deferrable)
	w.refs("fields", c.Fields)
	w.refs("include", c.Include)
	if len(c.Keys) > 0 {
		w.keys(c.Keys)
	}
	w.text("match", c.Match)
	w.text("method", c.Method)
	w.always("name", c.Name)
	w.flag("no_inherit", c.NoInherit)
	w.flag("not_valid", c.NotValid)
	w.flag("nulls_not_distinct", c.NullsNotDistinct)
	w.text("on_delete", c.OnDelete)
	w.refs("on_delete_fields", c.OnDeleteFields)
	w.text("on_update", c.OnUpdate)
	w.partition(c.Partition)
	w.texts("storage", c.Storage)
	if c.Target != nil {
		w.key("target")
		w.ref(*c.Target)
	}
	w.refs("target_fields", c.TargetFields)
	w.always("type", string(c.Type))
	w.nodeAt("where", c.Where)
}
