package resolve

import (
	"fmt"

	"github.com/whimbreldb/whimbrel/core/declare"
)

func (l *loader) readDomain(d *domain) {
	f, body := d.file, d.block.Body
	d.sqlName, d.schema, d.null = d.name, d.app.Schema, true
	l.checkRepeated(f, body, domainGrammar)
	var written *declare.Attr
	for _, a := range body.Attrs {
		switch a.Name.Text {
		case "type":
			written = a
		case "null":
			d.null, _ = l.flag(f, a)
		case "default":
			d.def = a
		case "check":
			d.check = a.Value
		case "comment":
			d.comment, _ = l.text(f, a)
		case "name":
			d.sqlName, _ = l.identifier(f, a)
		case "schema":
			d.schema, _ = l.schemaName(f, a)
		case "renamed_from":
			l.renamedTop(d.topBlock, d.addr, a)
		default:
			l.unknownAttr(f, a.Name, domainGrammar)
		}
	}
	l.noBlocks(f, body, domainGrammar)
	l.fits(d.at, "domain", d.sqlName)
	if written == nil {
		l.report(d.at, codeMissing, fmt.Sprintf("domain %q has no type", d.name), "", "write type = text")
		return
	}
	d.typ, _ = typeReader{l, f, d.app}.read(written.Value)
	if d.typ != nil && d.typ.builtin != nil && d.typ.builtin.serial {
		l.report(declare.Place{Document: f, Span: written.Value.Span}, codeUnknownType, "a domain cannot be serial", "", "write type = "+d.typ.SQL)
	}
}
