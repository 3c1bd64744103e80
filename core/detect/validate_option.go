package detect

import (
	"fmt"
	"strings"
)

// option checks what a manifest says of one of its options.
func (v *validator) option(m *Manifest, o Option) {
	v.faults(m, "option "+o.Name, o.Faults())
	v.targets(m, "option "+o.Name, nil, o.Shape)
	v.hints(m, "option "+o.Name, nil, o.Shape)
}

// hints checks that what is said about the way to an object is for somebody.
func (v *validator) hints(m *Manifest, what string, path []string, shape Shape) {
	for _, a := range shape.Attrs {
		at := append(path[:len(path):len(path)], a.Name)
		if a.Hint && !consumes(m, a.Name) {
			v.wrong(codeLeads, m, fmt.Sprintf("%s is a hint, and the plugin consumes no fact of that name", argument(what, at)))
		}
		if a.Shape != nil {
			v.hints(m, what, at, *a.Shape)
		}
	}
}

// faults reports what makes no sense in an option, or in the configuration.
func (v *validator) faults(m *Manifest, what string, found []Fault) {
	for _, f := range found {
		v.wrong(f.Code, m, argument(what, f.Path)+" "+f.Says)
	}
}

// argument names an argument for messages.
func argument(what string, path []string) string {
	if len(path) == 0 {
		return what
	}
	return "argument " + strings.Join(path, ".") + " of " + what
}

// targets checks that the kinds are there that references can name.
func (v *validator) targets(m *Manifest, what string, path []string, shape Shape) {
	for _, a := range shape.Attrs {
		at := append(path[:len(path):len(path)], a.Name)
		for _, kind := range a.Kinds {
			if kind == AnyKind {
				continue
			}
			if !kindLike(kind) || !v.knows(kind) {
				v.wrong(codeNoKind, m, fmt.Sprintf("%s names a %s, which is no kind", argument(what, at), kind))
			}
		}
		if a.Shape != nil {
			v.targets(m, what, at, *a.Shape)
		}
	}
}
