package usertype

import (
	"github.com/whimbreldb/whimbrel/autodetector/builtin/column"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// DomainName returns the name of a domain.
func DomainName(d model.Domain) Name { return Name{Schema: d.Schema, Name: d.Name} }

// CheckName is the name that PostgreSQL gives the check of a domain.
func CheckName(d model.Domain) string { return address.Quote(model.Name(d.Name, "check")) }

// CheckOf returns the check of a domain as a clause.
func CheckOf(at sdk.Moment, d model.Domain) string {
	return "CONSTRAINT " + CheckName(d) + " CHECK (" + at.SQL(*d.Check) + ")"
}

// CreateDomain returns the statements that make a domain.
func CreateDomain(at sdk.Moment, d model.Domain) []string {
	text := "CREATE DOMAIN " + DomainName(d).SQL() + " AS " + at.Type(d.Type)
	if value := column.Default(at, d.Default, d.Type); value != "" {
		text += " DEFAULT " + value
	}
	if !d.Null {
		text += " NOT NULL"
	}
	if d.Check != nil {
		text += " " + CheckOf(at, d)
	}
	texts := []string{text}
	if d.Comment != "" {
		texts = append(texts, sdk.Comment("DOMAIN "+DomainName(d).SQL(), d.Comment))
	}
	return texts
}
