package pgtype

import (
	"cmp"
	"slices"
	"strings"
)

// Storage is where PostgreSQL keeps large values of a type if nobody says otherwise
// (pg_type.typstorage): "plain" in the row and never compressed, which nobody can
// change; "main" compressed, in the row if it can; "extended" compressed, and aside.
// A type that is not PostgreSQL's own is taken for an extended one.
func (n Name) Storage() string {
	base, _ := Lookup(n.own.base)
	catalog := cmp.Or(n.own.catalog, base.catalog)
	switch {
	case n.dimensions > 0:
		return "extended"
	case slices.Contains(plainTypes, catalog):
		return "plain"
	case slices.Contains(mainTypes, catalog):
		return "main"
	}
	return "extended"
}

// The names in pg_type of PostgreSQL 15.
var (
	mainTypes  = strings.Fields("cidr inet numeric")
	plainTypes = strings.Fields(`aclitem bool box char cid circle date float4 float8 gtsvector int2 int2vector int4 int8 interval line lseg macaddr
		macaddr8 money name oid oidvector pg_lsn point regclass regcollation regconfig regdictionary regnamespace regoper
		regoperator regproc regprocedure regrole regtype tid time timestamp timestamptz timetz tsquery uuid xid xid8`)
)
