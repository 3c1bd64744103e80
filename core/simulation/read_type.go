package simulation

import (
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/model"
)

// createType reads CREATE TYPE and CREATE DOMAIN.
func (r *reader) createType(word string) {
	e := Effect{Offset: r.offset(), Name: r.name(detect.NamesType), Kind: word}
	if word == "type" && r.is("as", "(") { // a composite type is a relation too
		e.Twin, e.Name = e.Name, relation(e.Name.Schema, e.Name.Name)
		r.makes(e)
		r.take("as")
		r.fresh(e.Name, r.attributes(e.Name))
		r.typesFirst()
		return
	}
	if word == "type" && r.take("as", "enum") {
		e.Values = r.values()
	}
	r.makes(e)
	if word == "domain" {
		r.take("as")
		r.reference(r.cursor, "constraint", "not", "null", "default", "check", "collate")
		r.domainConstraints(e.Name)
	} else if r.take("as", "range") {
		r.ranges(e.Name)
	}
}

// values takes the values of an enum in parentheses.
func (r *reader) values() []string {
	inner, ok := r.inside()
	if !ok {
		return nil
	}
	var all []string
	for _, item := range inner.items() {
		all = append(all, item.value())
	}
	return all
}

// ranges reads what comes with a range: its multirange, and functions of both names.
func (r *reader) ranges(of Name) {
	multirange := inSchema(detect.NamesType, of.Schema, model.Multirange(of.Name))
	if inner, ok := r.inside(); ok {
		for _, item := range inner.items() {
			if item.take("multirange_type_name", "=") {
				multirange = item.name(detect.NamesType)
			}
		}
	}
	r.add(Effect{Verb: Makes, Name: multirange, Of: of})
	for _, n := range []Name{of, multirange} {
		r.add(Effect{Verb: Opens, Name: inSchema(detect.NamesFunction, n.Schema, n.Name)})
	}
}

// domainConstraints reads the constraints of a domain. One without a name gets one that
// PostgreSQL makes up.
func (r *reader) domainConstraints(of Name) {
	for r.until("constraint", "check") {
		if r.take("constraint") {
			r.add(Effect{Verb: Makes, Name: of.part(ofDomain, r.identifier())})
		} else {
			r.open(of, ofDomain)
		}
		if r.take("check") {
			r.constantInside()
		}
	}
}

// constantInside takes the expression without columns in the parentheses that come next.
func (r *reader) constantInside() {
	if part, ok := r.inside(); ok {
		r.constant(part)
	}
}

// attributes takes those of a composite type that is made, in parentheses.
func (r *reader) attributes(of Name) []Column {
	inner, ok := r.inside()
	if !ok {
		return nil
	}
	var all []Column
	for _, item := range inner.items() {
		all = r.columnNamed(of, &reader{cursor: item}, all)
	}
	return all
}
