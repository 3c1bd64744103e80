package output

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"iter"
)

// A Stream is a result that is printed while it is found, as it may be too long to
// be held.
type Stream interface {
	// PrintAll prints it for people.
	PrintAll(p *Printer) error
	// WriteAll writes it for programs.
	WriteAll(o *Object) error
}

// Stream prints a result while it is found; the command has no other one then. After
// an error, which is for the command to return, what was printed stays. A document
// that has begun breaks off, so that nobody takes it for the whole.
func (s *Session) Stream(r Stream) error {
	out := bufio.NewWriterSize(s.Out, 1<<16)
	err := s.streamTo(out, r)
	if failed := out.Flush(); err == nil && failed != nil {
		err = fmt.Errorf("writing the result: %w", failed)
	}
	return err
}

func (s *Session) streamTo(out *bufio.Writer, r Stream) error {
	if s.Format != JSON {
		p := s.Stdout()
		p.Writer = out
		return r.PrintAll(p)
	}
	head, err := encode(s.document(ExitDone, nil), "")
	if err != nil {
		return err
	}
	o := &Object{out: out, head: string(bytes.TrimSuffix(head, []byte("\n}"))) + ",\n  \"result\": {"}
	if err = r.WriteAll(o); err == nil {
		o.begin()
		_, err = out.WriteString("\n  }\n}\n")
	}
	s.streamed = o.begun
	return err
}

// An Object is the result in a document, which is written member by member.
type Object struct {
	out   *bufio.Writer
	head  string // what is before the first member
	begun bool
	more  bool // a member is there
}

// Member writes a member.
func (o *Object) Member(name string, value any) error {
	text, err := encode(value, "    ")
	if err != nil {
		return err
	}
	o.name(name)
	_, err = o.out.Write(text)
	return err
}

// List writes a member that is a list, item by item, up to an error. Nothing of the
// document is written before the first item is there.
func (o *Object) List(name string, items iter.Seq2[any, error]) error {
	empty := true
	for item, err := range items {
		var text []byte
		if err == nil {
			text, err = encode(item, "      ")
		}
		if err != nil {
			return err
		}
		before := ",\n      "
		if empty {
			o.name(name)
			before, empty = "[\n      ", false
		}
		if _, err := o.out.WriteString(before + string(text)); err != nil {
			return err
		}
	}
	if empty {
		return o.Member(name, []any{})
	}
	_, err := o.out.WriteString("\n    ]")
	return err
}

// name writes what is before the value of a member. The writer keeps its error for
// the next who writes.
func (o *Object) name(name string) {
	o.begin()
	if o.more {
		_, _ = o.out.WriteString(",")
	}
	o.more = true
	_, _ = fmt.Fprintf(o.out, "\n    %q: ", name)
}

func (o *Object) begin() {
	if !o.begun {
		_, _ = o.out.WriteString(o.head)
	}
	o.begun = true
}

// encode returns a value as it stands in documents; lines but the first begin with a
// prefix.
func encode(value any, prefix string) ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent(prefix, "  ")
	if err := encoder.Encode(value); err != nil {
		return nil, fmt.Errorf("writing JSON: %w", err)
	}
	return plainJSON(bytes.TrimSuffix(b.Bytes(), []byte("\n"))), nil
}
