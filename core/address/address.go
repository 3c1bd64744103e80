// Package address names the objects of a state.
//
// An address is a kind and a path: "field shop.pizza.name". It is comparable,
// so it serves as a map key in the core and as one string on the wire. Every
// other package refers to objects by address and never by pointer. The package
// knows nothing of what a kind means.
package address

import (
	"cmp"
	"fmt"
	"strings"
)

// An Address is the identity of one object. The zero Address names nothing.
type Address struct {
	kind string
	path string
}

// New returns the address of the given kind whose path has the given names,
// outermost first: New("field", "shop", "pizza", "name").
func New(kind string, names ...string) Address {
	return Address{kind: kind, path: joinPath(names)}
}

// Parse reads the form that String writes. It returns an error if the text has
// no kind, no path, or a path with an empty or badly quoted name.
func Parse(text string) (Address, error) {
	kind, path, ok := strings.Cut(text, " ")
	if !ok || kind == "" {
		return Address{}, fmt.Errorf("address %q: want a kind, a space and a path", text)
	}
	names, err := splitPath(path)
	if err != nil {
		return Address{}, fmt.Errorf("address %q: %w", text, err)
	}
	return New(kind, names...), nil
}

// Kind returns the kind, such as "field" or "triggers.audit_trigger".
func (a Address) Kind() string { return a.kind }

// Path returns the path as text, such as "shop.pizza.name". A name that is no
// plain identifier stands in double quotes.
func (a Address) Path() string { return a.path }

// Names returns the names of the path, outermost first.
func (a Address) Names() []string {
	names, _ := splitPath(a.path) // a path in an Address is always well formed
	return names
}

// Name returns the last name of the path.
func (a Address) Name() string {
	names := a.Names()
	if len(names) == 0 {
		return ""
	}
	return names[len(names)-1]
}

// App returns the first name of the path.
func (a Address) App() string {
	names := a.Names()
	if len(names) == 0 {
		return ""
	}
	return names[0]
}

// IsZero reports whether the address names nothing.
func (a Address) IsZero() bool { return a == Address{} }

// Child returns the address of a kind one name below a.
func (a Address) Child(kind, name string) Address {
	return Address{kind: kind, path: a.path + "." + quoteName(name)}
}

// WithKind returns the address of another kind at the same path.
func (a Address) WithKind(kind string) Address { return Address{kind: kind, path: a.path} }

// Rebase returns a with the path of from at its beginning replaced by the path
// of to. An address that is neither at nor below from is returned as it is.
func (a Address) Rebase(from, to Address) Address {
	if a.path == from.path {
		return Address{kind: a.kind, path: to.path}
	}
	if rest, ok := strings.CutPrefix(a.path, from.path+"."); ok {
		return Address{kind: a.kind, path: to.path + "." + rest}
	}
	return a
}

// String returns the kind, a space and the path; Parse reads it back.
func (a Address) String() string {
	if a.IsZero() {
		return ""
	}
	return a.kind + " " + a.path
}

// Compare orders addresses by path, then by kind, so that objects that belong
// together stand together.
func Compare(a, b Address) int {
	if c := strings.Compare(a.path, b.path); c != 0 {
		return c
	}
	return cmp.Compare(a.kind, b.kind)
}

// MarshalText writes the form of String, so that addresses can be keys and
// values in JSON.
func (a Address) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText reads the form of String; empty text gives the zero Address.
func (a *Address) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*a = Address{}
		return nil
	}
	parsed, err := Parse(string(text))
	if err != nil {
		return err
	}
	*a = parsed
	return nil
}
