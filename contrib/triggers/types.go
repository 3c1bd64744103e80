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
	sql  string // as it stands in SQL
	base string // without arguments, domains and dimensions; "enum" for an enum
}

func readType(s *state.State, t model.Type) (columnType, error) {
	brackets := strings.Repeat("[]", t.Dimensions)
	if t.Of == nil {
		return columnType{sql: t.SQL + brackets, base: baseName(t.SQL)}, nil
	}
	name, err := typeName(s, t.Of.Address)
	if err != nil {
		return columnType{}, err
	}
	base, err := baseOf(s, t.Of.Address)
	return columnType{sql: name + brackets, base: base}, err
}

// typeName returns an enum or domain as an identifier.
func typeName(s *state.State, a address.Address) (string, error) {
	o := s.Get(a)
	if o == nil {
		return "", fmt.Errorf("the pass lacks %s", a)
	}
	// What is read here is the same in enums and domains.
	named, err := state.Decode[struct{ Name, Schema string }](o)
	return address.Qualify(named.Schema, named.Name), err
}

// baseOf returns the base name of an enum or of the type below a domain.
func baseOf(s *state.State, a address.Address) (string, error) {
	if a.Kind() == model.EnumKind {
		return "enum", nil
	}
	d, err := state.Decode[model.Domain](s.Get(a))
	if err != nil {
		return "", fmt.Errorf("reading %s: %w", a, err)
	}
	if d.Type.Of != nil {
		t, err := readType(s, d.Type)
		return t.base, err
	}
	return baseName(d.Type.SQL), nil
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
