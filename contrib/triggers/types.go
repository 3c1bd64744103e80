package triggers

import (
	"fmt"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/pgtype"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A columnType is what a trigger has to know of a type.
type columnType struct {
	sql    string // as it stands in SQL
	base   string // without arguments, domains and dimensions; "enum" for an enum
	array  bool   // it has dimensions, its own or those of the domain's type
	domain bool   // it is one, whose checks not all values of the base need pass
	enum   string // the enum below it, as it stands in SQL; empty: there is none
}

func readType(s *state.State, t model.Type) (columnType, error) {
	brackets := strings.Repeat("[]", t.Dimensions)
	if t.Of == nil {
		return columnType{sql: t.SQL + brackets, base: baseName(t.SQL), array: t.Dimensions > 0}, nil
	}
	name, err := typeName(s, t)
	if err != nil {
		return columnType{}, err
	}
	under, err := underOf(s, t.Of.Address)
	if t.Of.Address.Kind() == model.EnumKind {
		under.enum = name
	}
	under.sql, under.array, under.domain = name+brackets, under.array || t.Dimensions > 0, t.Of.Address.Kind() == model.DomainKind
	return under, err
}

// typeName returns a declared type as an identifier.
func typeName(s *state.State, t model.Type) (string, error) {
	o := s.Get(t.Of.Address)
	if o == nil {
		return "", fmt.Errorf("the pass lacks %s", t.Of.Address)
	}
	// What is read here is the same in all types; a multirange is in ranges only.
	named, err := state.Decode[struct{ Name, Multirange, Schema string }](o)
	if t.Several {
		return address.Qualify(named.Schema, named.Multirange), err
	}
	return address.Qualify(named.Schema, named.Name), err
}

// underOf returns what an enum is, or the type below a domain. Of composites and ranges
// nothing is known but their names.
func underOf(s *state.State, a address.Address) (columnType, error) {
	switch a.Kind() {
	case model.EnumKind:
		return columnType{base: "enum"}, nil
	case model.CompositeKind, model.RangeKind:
		return columnType{base: a.String()}, nil
	}
	d, err := state.Decode[model.Domain](s.Get(a))
	if err != nil {
		return columnType{}, fmt.Errorf("reading %s: %w", a, err)
	}
	return readType(s, d.Type)
}

// baseName returns a type in our spelling without its arguments: "varchar" for
// "varchar(30)". What is written in another way is not ours to know: it is text.
func baseName(sql string) string {
	name, err := pgtype.Parse(sql)
	t, own := name.Type()
	switch {
	case err != nil, own && name.String() != sql, name.Dimensions() > 0, name.Fields() != "":
		return sql
	case own:
		return t.Name()
	}
	return name.Base()
}

// exact reports whether the type's equality tells any two values apart that are
// written differently. It does not for intervals (30 days, 1 month) and citext,
// means something else for boxes (their areas) and is missing for json.
func (t columnType) exact() bool { return exactTypes[t.base] }

// hashable reports whether the type has a hash that agrees with its equality.
func (t columnType) hashable() bool { return hashableTypes[t.base] }

// builtin reports whether the type is one of PostgreSQL or of the project, so
// that its operators are found in pg_catalog.
func (t columnType) builtin() bool { return exactTypes[t.base] || inexactTypes[t.base] }

var exactTypes = set(`
	smallint,integer,bigint,real,double precision,numeric,money,oid,boolean,enum,uuid,text,varchar,char,"char",name,bytea,
	bit,varbit,date,time,timetz,timestamp,timestamptz,inet,cidr,macaddr,macaddr8,jsonb,tsvector,tsquery,
	pg_lsn,int4range,int8range,numrange,daterange,tsrange,tstzrange,int4multirange,int8multirange,nummultirange,
	datemultirange,tsmultirange,tstzmultirange`)

var inexactTypes = set(`interval,json,jsonpath,xml,point,line,lseg,box,path,polygon,circle`)

var hashableTypes = set(`
	smallint,integer,bigint,real,double precision,numeric,oid,boolean,enum,uuid,text,varchar,char,name,bytea,date,time,
	timetz,timestamp,timestamptz,interval,inet,cidr,macaddr,macaddr8,jsonb,int4range,int8range,numrange,daterange,
	tsrange,tstzrange,citext`)

// set returns the set of the names between commas.
func set(list string) map[string]bool {
	names := map[string]bool{}
	for _, name := range strings.Split(list, ",") {
		names[strings.TrimSpace(name)] = true
	}
	return names
}
