package domain

import (
	"github.com/whimbreldb/whimbrel/autodetector/builtin/column"
	"github.com/whimbreldb/whimbrel/autodetector/builtin/usertype"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

func name(d model.Domain) usertype.Name { return usertype.Name{Schema: d.Schema, Name: d.Name} }

// checkName is the name that PostgreSQL gives the check of a domain.
func checkName(d model.Domain) string { return address.Quote(model.Name(d.Name, "check")) }

func create(at sdk.Moment, d model.Domain) []string {
	text := "CREATE DOMAIN " + name(d).SQL() + " AS " + at.Type(d.Type)
	if value := column.Default(at, d.Default, d.Type); value != "" {
		text += " DEFAULT " + value
	}
	if !d.Null {
		text += " NOT NULL"
	}
	if d.Check != nil {
		text += " " + check(at, d)
	}
	texts := []string{text}
	if d.Comment != "" {
		texts = append(texts, sdk.Comment("DOMAIN "+name(d).SQL(), d.Comment))
	}
	return texts
}

func check(at sdk.Moment, d model.Domain) string {
	return "CONSTRAINT " + checkName(d) + " CHECK (" + at.SQL(*d.Check) + ")"
}

// alter returns the changes but for those of names and type.
func alter(at sdk.Moment, from, to model.Domain) []string {
	var texts []string
	alter := "ALTER DOMAIN " + name(to).SQL() + " "
	if !sdk.Same(from.Default, to.Default) {
		texts = append(texts, alter+setDefault(at, to))
	}
	if from.Check != nil && !sdk.Same(from.Check, to.Check) {
		texts = append(texts, alter+"DROP CONSTRAINT "+checkName(to))
	}
	if to.Check != nil && !sdk.Same(from.Check, to.Check) {
		texts = append(texts, alter+"ADD "+check(at, to))
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
		texts = append(texts, "ALTER DOMAIN "+name(to).SQL()+" RENAME CONSTRAINT "+checkName(from)+" TO "+checkName(to))
	}
	return texts
}
