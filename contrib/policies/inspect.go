package policies

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/sdk"
)

// The kinds of the plugin.
const (
	securityKind = "policies.row_security"
	policyKind   = "policies.policy"
)

var tablesQuery = sdk.CatalogQuery{
	Name: "tables",
	Doc:  "The tables whose rows are out of reach unless a policy gives access to them.",
	SQL: `SELECT n.nspname AS schema, c.relname AS "table", c.relforcerowsecurity AS force
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relrowsecurity AND c.relkind IN ('r', 'p')
ORDER BY 1, 2`,
}

var policiesQuery = sdk.CatalogQuery{
	Name: "policies",
	Doc:  "The policies of all tables: what they are for, and whether there are expressions.",
	SQL: `SELECT n.nspname AS schema, c.relname AS "table", p.polname AS name, p.polcmd AS command,
  NOT p.polpermissive AS restrictive, p.polqual IS NOT NULL AS using, p.polwithcheck IS NOT NULL AS "check",
  (SELECT json_agg(coalesce(r.rolname, 'public') ORDER BY coalesce(r.rolname, 'public'))
   FROM unnest(p.polroles) AS role LEFT JOIN pg_roles r ON r.oid = role) AS roles
FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace
ORDER BY 1, 2, 3`,
}

// inspect returns what the database has on the tables of models.
func inspect(catalog sdk.Catalog) ([]*sdk.Object, error) {
	var found []*sdk.Object
	for _, row := range sdk.Rows(catalog, tablesQuery.Name) {
		model := sdk.ModelOf(catalog.State, row["schema"], row["table"])
		if model == nil {
			continue
		}
		attrs := map[string]any{}
		if row["force"] == "t" {
			attrs["force"] = true
		}
		o, err := sdk.ObjectOf(securityKind, model.Address, "", attrs)
		if err != nil {
			return nil, err
		}
		found = append(found, o)
	}
	policies, err := inspectPolicies(catalog)
	return append(found, policies...), err
}

func inspectPolicies(catalog sdk.Catalog) ([]*sdk.Object, error) {
	var found []*sdk.Object
	for _, row := range sdk.Rows(catalog, policiesQuery.Name) {
		model := sdk.ModelOf(catalog.State, row["schema"], row["table"])
		if model == nil {
			continue
		}
		attrs, err := policyAttrs(row)
		if err != nil {
			return nil, err
		}
		o, err := sdk.ObjectOf(policyKind, model.Address, row["name"], attrs)
		if err != nil {
			return nil, err
		}
		found = append(found, asWritten(o, attrs, catalog.State.Get(o.Address)))
	}
	return found, nil
}

// policyAttrs returns the arguments that make a policy. What its expressions say is
// for PostgreSQL to know.
func policyAttrs(row map[string]string) (map[string]any, error) {
	attrs := map[string]any{}
	commands := map[string]string{"r": "select", "a": "insert", "w": "update", "d": "delete"}
	if command := commands[row["command"]]; command != "" {
		attrs["command"] = command
	}
	for _, name := range []string{"restrictive", "using", "check"} {
		if row[name] == "t" {
			attrs[name] = true
		}
	}
	var roles []string
	if err := json.Unmarshal([]byte(row["roles"]), &roles); err != nil {
		return nil, fmt.Errorf("the roles of policy %s: %w", row["name"], err)
	}
	if !slices.Equal(roles, []string{"public"}) {
		attrs["roles"] = roles
	}
	return attrs, nil
}

// asWritten gives an object the roles in the order in which the models have them,
// which PostgreSQL does not keep, if they are the same.
func asWritten(o *sdk.Object, attrs map[string]any, declared *sdk.Object) *sdk.Object {
	var written struct {
		Roles []string `json:"roles"`
	}
	if declared == nil || json.Unmarshal(declared.Attrs, &written) != nil || len(written.Roles) == 0 {
		return o
	}
	have, _ := attrs["roles"].([]string)
	if len(have) == 0 {
		have = []string{"public"}
	}
	if roles(written.Roles) != roles(have) {
		return o
	}
	attrs["roles"] = written.Roles
	if same, err := sdk.ObjectOf(policyKind, o.Parent, o.Address.Name(), attrs); err == nil {
		return same
	}
	return o
}
