// Package policies is the plugin for row-level security: who sees and who writes
// which rows of a table.
package policies

import (
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// New returns the detector of the plugin. It is safe for concurrent use.
func New() sdk.Detector {
	return sdk.Define("policies", "1.0.0", "Row-level security: who sees and who writes which rows.",
		sdk.ModelOption("row_security", "Rows are out of reach unless a policy gives access to them. The owner of the table is not concerned.",
			sdk.Recreated(securityScript).Checked(withoutPolicies), sdk.Switch()),
		sdk.ModelOption("policy", "Gives access to the rows for which an expression is true.",
			sdk.Recreated(policyScript), sdk.Labelled()),
		sdk.Queries(inspect, tablesQuery, policiesQuery), sdk.FromSQL(readSQL), sdk.Defined(securityDefinitions, policyDefinitions),
	)
}

// security is what stands in row_security { ... }.
type security struct {
	Force bool `whimbrel:"force" doc:"The owner of the table is concerned too."`
}

func securityScript(o *sdk.Declared[security]) sdk.Script {
	alter := "ALTER TABLE " + o.Table()
	script := sdk.Script{
		Create: []string{alter + " ENABLE ROW LEVEL SECURITY"},
		Drop:   []string{alter + " DISABLE ROW LEVEL SECURITY"},
		Locks:  o.Locks(sdk.AccessExclusive),
	}
	if o.Options.Force {
		script.Create = append(script.Create, alter+" FORCE ROW LEVEL SECURITY")
		script.Drop = append([]string{alter + " NO FORCE ROW LEVEL SECURITY"}, script.Drop...)
	}
	return script
}

// policy is what stands in policy "name" { ... }. PostgreSQL refuses to change
// the type of a column that a policy reads, hence the word type.
type policy struct {
	Command     string          `whimbrel:"command" oneof:"all,select,insert,update,delete" default:"all" doc:"The statements that it is for."`
	Using       *sdk.Expression `whimbrel:"using,type,condition" doc:"The rows that are seen, updated and deleted."`
	Check       *sdk.Expression `whimbrel:"check,type,condition" doc:"The rows that can be inserted or result from an update. Without it, those of using."`
	Roles       []string        `whimbrel:"roles" doc:"The roles that it is for. Without it, all."`
	Restrictive bool            `whimbrel:"restrictive" doc:"It takes access away: all restrictive policies have to be true, and one that is not."`
}

func policyScript(o *sdk.Declared[policy]) sdk.Script {
	judge(o)
	parts := []string{"CREATE POLICY " + o.Label() + " ON " + o.Table()}
	if o.Options.Restrictive {
		parts = append(parts, "AS RESTRICTIVE")
	}
	if o.Options.Command != "all" {
		parts = append(parts, "FOR "+strings.ToUpper(o.Options.Command))
	}
	if len(o.Options.Roles) > 0 {
		parts = append(parts, "TO "+roles(o.Options.Roles))
	}
	if o.Options.Using != nil {
		parts = append(parts, "USING ("+o.SQL(o.Options.Using)+")")
	}
	if o.Options.Check != nil {
		parts = append(parts, "WITH CHECK ("+o.SQL(o.Options.Check)+")")
	}
	return sdk.Script{
		Create: []string{strings.Join(parts, " ")},
		Drop:   []string{"DROP POLICY " + o.Label() + " ON " + o.Table()},
		Locks:  o.Locks(sdk.AccessExclusive),
	}
}

// roles returns the roles, by name. These words mean no role of that name.
func roles(names []string) string {
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = sdk.Ident(name)
		if slices.Contains([]string{"public", "current_role", "current_user", "session_user"}, name) {
			quoted[i] = strings.ToUpper(name)
		}
	}
	slices.Sort(quoted)
	return strings.Join(slices.Compact(quoted), ", ")
}

// judge rejects what PostgreSQL would, and policies without effect.
func judge(o *sdk.Declared[policy]) {
	p := o.Options
	switch {
	case p.Using == nil && p.Check == nil:
		o.Reject("a policy has neither using nor check", "It says nothing about any row.", "write using = ... or check = ...")
	case p.Check != nil && (p.Command == "select" || p.Command == "delete"):
		o.Reject("a policy for "+p.Command+" has a check", "Such statements write no row.", "write using = ... instead of check")
	case p.Using != nil && p.Command == "insert":
		o.Reject("a policy for insert has using", "Such statements read no row.", "write check = ... instead of using")
	}
	if len(o.State.Children(o.Object.Parent, "policies.row_security")) == 0 {
		o.Reject(noEffect, unasked(o.Object.Parent), turnOn)
	}
}

// withoutPolicies rejects the end of row security where policies stay.
func withoutPolicies(e *sdk.Emitter[security]) {
	if e.To != nil {
		return
	}
	for _, policy := range e.Pass.To.Children(e.From.Object.Parent, "policies.policy") {
		e.Reject(policy.Address, noEffect, unasked(policy.Parent), turnOn+", or take the policy out of it")
	}
}

const (
	noEffect = "a policy without row security has no effect"
	turnOn   = "write row_security = true into the model"
)

func unasked(table sdk.Address) string {
	return "PostgreSQL asks no policy before row security of " + table.WithKind(model.ModelKind).Path() + " is enabled."
}
