package ddl

// A ConstraintKind says what a constraint is.
type ConstraintKind string

// The kinds of constraints.
const (
	CheckConstraint     ConstraintKind = "check"
	UniqueConstraint    ConstraintKind = "unique"
	PrimaryKey          ConstraintKind = "primary_key"
	ForeignKey          ConstraintKind = "foreign_key"
	ExclusionConstraint ConstraintKind = "exclude"
	NotNullConstraint   ConstraintKind = "not_null"
)

// A Constraint is a constraint of a table or of a domain.
type Constraint struct {
	Kind    ConstraintKind
	Name    string // empty where none is written
	Place   Span
	Columns []string
	Include []string
	Check   *Expr
	// Target and TargetColumns are what a foreign key leads to; no columns: its key.
	Target             Name
	TargetColumns      []string
	OnDelete, OnUpdate string   // cascade, restrict, set_null, set_default; empty for no action
	OnDeleteColumns    []string // of SET NULL (a)
	Match              string   // full or partial
	Keys               []Key    // of an exclusion
	Method             string
	Where              *Expr
	Deferrable         string // immediate or deferred
	NullsNotDistinct   bool
	NotValid           bool
	NoInherit          bool
	UsingIndex         string
	Options            []Option
	Tablespace         string
}

var constraintKinds = map[string]ConstraintKind{
	"CONSTR_CHECK": CheckConstraint, "CONSTR_UNIQUE": UniqueConstraint, "CONSTR_PRIMARY": PrimaryKey, "CONSTR_FOREIGN": ForeignKey,
	"CONSTR_EXCLUSION": ExclusionConstraint, "CONSTR_NOTNULL": NotNullConstraint,
}

// actions are libpg_query's letters for what a foreign key does.
var actions = map[string]string{"c": "cascade", "r": "restrict", "n": "set_null", "d": "set_default"}

func (r *reader) constraint(n node) Constraint {
	at := r.index(n.number("location"))
	_, place := r.cut(at, r.until(at, ","))
	c := Constraint{
		Kind: constraintKinds[n.text("contype")], Name: n.text("conname"), Place: place, Columns: n.strings("keys"), Include: n.strings("including"),
		Method: n.text("access_method"), NullsNotDistinct: n.flag("nulls_not_distinct"), NotValid: n.flag("skip_validation"), NoInherit: n.flag("is_no_inherit"),
		UsingIndex: n.text("indexname"), Options: r.options(n.list("options")), Tablespace: n.text("indexspace"),
	}
	if n.flag("deferrable") {
		c.Deferrable = "immediate"
	}
	if n.flag("initdeferred") {
		c.Deferrable = "deferred"
	}
	switch c.Kind {
	case CheckConstraint:
		c.Check = r.inBrackets(n["raw_expr"], r.find(r.find(at, "check"), "("))
	case ForeignKey:
		r.foreignKey(&c, n)
	case ExclusionConstraint:
		r.exclusion(&c, n, at)
	}
	return c
}

func (r *reader) foreignKey(c *Constraint, n node) {
	c.Target, c.TargetColumns = n.relation("pktable"), n.strings("pk_attrs")
	if own := n.strings("fk_attrs"); len(own) > 0 {
		c.Columns = own
	}
	c.OnDelete, c.OnUpdate, c.OnDeleteColumns = actions[n.text("fk_del_action")], actions[n.text("fk_upd_action")], n.strings("fk_del_set_cols")
	c.Match = map[string]string{"f": "full", "p": "partial"}[n.text("fk_matchtype")]
}

func (r *reader) exclusion(c *Constraint, n node, at int) {
	begin := r.find(r.find(at, "exclude"), "(") + 1
	for _, v := range n.list("exclusions") {
		pair := items(v)
		if len(pair) != 2 {
			continue
		}
		_, element := open(pair[0])
		end := r.until(begin, ",")
		key := r.key(element, begin)
		if signs := texts(items(pair[1])); len(signs) > 0 {
			key.Operator = signs[len(signs)-1]
		}
		c.Keys, begin = append(c.Keys, key), end+1
	}
	if n["where_clause"] != nil {
		c.Where = r.inBrackets(n["where_clause"], r.find(r.find(begin, "where"), "("))
	}
}

func (c *Constraint) postpone(kind string) {
	switch kind {
	case "CONSTR_ATTR_DEFERRABLE":
		if c.Deferrable == "" {
			c.Deferrable = "immediate"
		}
	case "CONSTR_ATTR_DEFERRED":
		c.Deferrable = "deferred"
	case "CONSTR_ATTR_NOT_DEFERRABLE":
		c.Deferrable = ""
	}
}
