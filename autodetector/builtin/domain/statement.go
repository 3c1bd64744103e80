package domain

import (
	"github.com/whimbreldb/whimbrel/autodetector/builtin/column"
	"github.com/whimbreldb/whimbrel/autodetector/builtin/usertype"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

func name(d model.Domain) usertype.Name { return usertype.DomainName(d) }

// alter returns the changes but for those of names and type.
func alter(at sdk.Moment, from, to model.Domain) []string {
	var texts []string
	alter := "ALTER DOMAIN " + name(to).SQL() + " "
	if !sdk.Same(from.Default, to.Default) {
		texts = append(texts, alter+setDefault(at, to))
	}
	if from.Check != nil && !sdk.Same(from.Check, to.Check) {
		texts = append(texts, alter+"DROP CONSTRAINT "+usertype.CheckName(to))
	}
	if to.Check != nil && !sdk.Same(from.Check, to.Check) {
		texts = append(texts, alter+"ADD "+usertype.CheckOf(at, to))
	}
	if from.Null != to.Null {
		texts = append(texts, alter+map[bool]string{true: "DROP NOT NULL", false: "SET NOT NULL"}[to.Null])
	}
	if from.Comment != to.Comment {
		texts = append(texts, sdk.Comment("DOMAIN "+name(to).SQL(), to.Comment))
	}
	return texts
}

func setDefault(at sdk.Moment, d model.Domain) string {
	if value := column.Default(at, d.Default, d.Type); value != "" {
		return "SET DEFAULT " + value
	}
	return "DROP DEFAULT"
}

// move gives a domain, and its check that is named after it, another name.
func move(from, to model.Domain, checked bool) []string {
	texts := name(from).Move(name(to))
	if checked && from.Name != to.Name {
		texts = append(texts, "ALTER DOMAIN "+name(to).SQL()+" RENAME CONSTRAINT "+usertype.CheckName(from)+" TO "+usertype.CheckName(to))
	}
	return texts
}
