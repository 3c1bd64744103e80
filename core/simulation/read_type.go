package simulation

import (
	"github.com/whimbreldb/whimbrel/core/detect"
)

// createType reads CREATE TYPE and CREATE DOMAIN.
func (r *reader) createType(word string) {
	e := Effect{Offset: r.offset(), Name: r.name(detect.NamesType)}
	if word == "type" && r.is("as", "(") { // a composite type is a relation too
		e.Twin, e.Name = e.Name, relation(e.Name.Schema, e.Name.Name)
		r.makes(e)
		r.take("as")
		r.attributes(e.Name)
		r.typesFirst()
		return
	}
	r.makes(e)
	if word == "domain" {
		r.take("as")
		r.reference(r.typeName("constraint", "not", "null", "default", "check", "collate"))
		r.domainConstraints(e.Name)
	} else if r.take("as", "range") {
		r.add(Effect{Verb: Opens, Name: Name{Class: detect.NamesType, Schema: e.Name.Schema}})
	}
}

// domainConstraints reads the constraints of a domain. One without a name gets one that
// PostgreSQL makes up.
func (r *reader) domainConstraints(of Name) {
	for r.until("constraint", "check") {
		if r.take("check") {
			r.open(of, ofDomain)
			continue
		}
		r.take("constraint")
		r.add(Effect{Verb: Makes, Name: of.part(ofDomain, r.identifier())})
		r.take("check")
	}
}

// attributes reads the columns of a composite type.
func (r *reader) attributes(of Name) {
	inner, ok := r.inside()
	if !ok {
		return
	}
	for _, item := range inner.items() {
		c := &reader{cursor: item}
		at := c.offset()
		r.add(Effect{Verb: Makes, Name: of.part(detect.NamesColumn, c.identifier()), Offset: at})
		r.reference(c.typeName("collate"))
	}
}
