package triggers

import "strings"

// families are types whose values are compared with each other, each with the type
// in which PostgreSQL does that or one in which the same values are equal. A type
// is in the first one that has both.
var families = []struct {
	types map[string]bool
	sql   string
}{
	{set("smallint,integer,bigint"), "bigint"},
	{set("smallint,integer,bigint,numeric"), "numeric"},
	{set("smallint,integer,bigint,numeric,real,double precision"), "double precision"},
	{set("text,varchar,char,citext,name"), "text"},
	{set("date,timestamp"), "timestamp"},
	{set("inet,cidr"), "inet"},
}

// meet returns the type in which values of two types are one if they are equal,
// empty if it is their own. It reports false where there is none, or what is equal
// depends on settings of the session.
func meet(a, b columnType) (string, bool) {
	if a.base == b.base && a.array == b.array {
		return "", true
	}
	for _, f := range families {
		if f.types[a.base] && f.types[b.base] && !a.array && !b.array {
			return f.sql, true
		}
	}
	return "", false
}

// in returns the column of a row in a type, which can be empty for its own.
func (c column) in(typ string, r row) string {
	if typ == "" {
		return c.of(string(r))
	}
	return "(" + c.of(string(r)) + ")::" + typ
}

// hashable reports whether equal values on both sides have one hash, in the type
// where they meet.
func (s step) hashable() bool {
	_, ok := meet(s.own.typ, s.link.typ)
	return ok && s.own.typ.hashable() && s.link.typ.hashable()
}

// fits reports whether what is on the row's side can stand for what it is equal
// to: all its values are such of the type there.
func (s step) fits() bool {
	typ, ok := meet(s.own.typ, s.link.typ)
	limited := s.link.typ.domain || strings.Contains(s.link.typ.sql, "(")
	return ok && (s.own.typ == s.link.typ || !limited && (typ == "" || typ == s.link.typ.base))
}
