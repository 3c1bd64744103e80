package usertype

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

// What plugins make over columns makes way as well, whatever it is called there:
// policies, rules and materialized views. So do checks and defaults of domains that are
// not over the type and name it all the same.

// others reports whether there is something of that kind afterwards.
func (c Conversion) others() bool {
	if c.calling() != "" {
		return true
	}
	seen := map[address.Address]bool{}
	for _, user := range c.Users {
		if c.hasOthers(user.After.Address, seen) {
			return true
		}
	}
	for _, t := range c.family() {
		if c.hasOthers(t, seen) {
			return true
		}
	}
	return false
}

// hasOthers looks at what depends on an object, and on what stands by itself over it.
func (c Conversion) hasOthers(a address.Address, seen map[address.Address]bool) bool {
	for _, o := range c.work.Pass.To.Dependents(a) {
		if seen[o.Address] {
			continue
		}
		seen[o.Address] = true
		if c.isOther(o, a) || o.Parent.IsZero() && !c.isOver(o.Address) && c.hasOthers(o.Address, seen) {
			return true
		}
	}
	return false
}

// isOther reports whether what depends on an object is none of what is released anyway:
// views, functions, and what is part of tables.
func (c Conversion) isOther(o *sdk.Object, a address.Address) bool {
	if _, plugin := detect.Plugin(o.Address.Kind()); plugin {
		return o.Ref(a).Has(state.Type | state.Definition)
	}
	usual := []string{"view", "function"}
	return o.Parent.IsZero() && !c.isOver(o.Address) && !slices.Contains(usual, o.Address.Kind())
}

// isOver reports whether a domain is over the type.
func (c Conversion) isOver(domain address.Address) bool {
	return slices.ContainsFunc(c.over, func(o *sdk.Object) bool { return o.Address == domain })
}

// othersToo returns what the release of others needs besides, by the places for it.
func othersToo() map[string]string {
	return map[string]string{
		"{unowned}": ofTheseDomains, "{others}": othersBy,
		"{rule}": " AND rulename = '_RETURN'", "{view}": " AND relkind = 'v'", "{table}": " AND conrelid <> 0",
	}
}

// ofTheseDomains are the checks of the domains that are made anew.
const ofTheseDomains = `SELECT c.oid FROM pg_constraint AS c JOIN pg_type ON pg_type.oid = contypid WHERE {types}{calling}`

// othersBy are the statements for others.
const othersBy = `
        UNION ALL
        SELECT 0, format('DROP POLICY %I ON %s', polname, polrelid::regclass),
            ` + policyAgain + `
        FROM pg_policy JOIN users ON classid = 'pg_policy'::regclass AND objid = pg_policy.oid
        UNION ALL
        SELECT 0, format('DROP RULE %I ON %s', rulename, ev_class::regclass), rtrim(pg_get_ruledef(pg_rewrite.oid), ';')
        FROM pg_rewrite JOIN users ON classid = 'pg_rewrite'::regclass AND objid = pg_rewrite.oid WHERE rulename <> '_RETURN'
        UNION ALL
        SELECT 100 - max(depth), format('DROP MATERIALIZED VIEW %s', c.oid::regclass),
            ` + materializedAgain + `
        FROM views JOIN pg_class AS c ON c.oid = views.oid AND relkind = 'm' JOIN pg_am ON pg_am.oid = relam LEFT JOIN pg_tablespace AS s ON s.oid = reltablespace
        GROUP BY c.oid, amname, spcname, reloptions, relispopulated, relacl, relowner
        UNION ALL
        SELECT 100, format('ALTER DOMAIN %s DROP CONSTRAINT %I', contypid::regtype, conname),
            format('ALTER DOMAIN %s ADD CONSTRAINT %I %s', contypid::regtype, conname, pg_get_constraintdef(pg_constraint.oid))
        FROM pg_constraint JOIN users ON classid = 'pg_constraint'::regclass AND objid = pg_constraint.oid
        WHERE contypid <> 0 AND pg_constraint.oid NOT IN ({unowned})
        UNION ALL
        SELECT 100, format('ALTER DOMAIN %s DROP DEFAULT', d.oid::regtype),
            format('ALTER DOMAIN %s SET DEFAULT %s', d.oid::regtype, pg_get_expr(typdefaultbin, 0))
        FROM pg_type AS d JOIN users ON classid = 'pg_type'::regclass AND objid = d.oid
        WHERE typtype = 'd' AND typdefaultbin IS NOT NULL AND d.oid NOT IN (SELECT oid FROM pg_type WHERE {types}{calling})`
