package triggers

import "strings"

// A pin is a setting that values of some types are written by. What is recorded must
// not depend on who writes.
type pin struct {
	setting, value string
	types          map[string]bool
}

var pins = []pin{
	{"bytea_output", "hex", set("bytea")},
	{dateStyle, "'ISO, MDY'", set("daterange,tsrange,tstzrange,datemultirange,tsmultirange,tstzmultirange")},
	{"extra_float_digits", "1", set("real,double precision,point,line,lseg,box,path,polygon,circle")},
	{"intervalstyle", "postgres", set("interval")},
	{"lc_monetary", "'C'", set("money")},
	{"timezone", "'UTC'", set("timestamptz,tstzrange,tstzmultirange")},
}

const dateStyle = "datestyle"

// dated reports whether dates are recorded as PostgreSQL writes them, and not as JSON
// does.
func (c column) dated() bool {
	return (c.typ.array || c.typ.domain) && (c.typ.base == "date" || c.typ.base == "timestamp" || c.typ.base == "timestamptz")
}

// unknown reports whether the type is one of an extension that can be anything.
func (c column) unknown() bool { return !c.typ.builtin() && !textTypes[c.typ.base] }

// pinned returns the SET clauses of the function of an audit, each with a blank in
// front: those that the types of its columns need, as each costs a little. Of types
// that are somebody else's nothing is known.
func (a *audit) pinned() string {
	if a.former {
		return ""
	}
	var clauses strings.Builder
	for _, p := range pins {
		for _, c := range append(a.recorded[:len(a.recorded):len(a.recorded)], a.key...) {
			if p.types[c.typ.base] || c.unknown() || p.setting == dateStyle && c.dated() {
				clauses.WriteString(" SET " + p.setting + " = " + p.value)
				break
			}
		}
	}
	return clauses.String()
}

// textTypes are types of extensions whose values are text whatever the settings are.
var textTypes = set("citext,hstore,ltree,lquery,ltxtquery,isbn,ean13")
