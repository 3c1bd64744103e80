package project

import (
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/runner"
)

// Prohibited returns what the policy of the project forbids of the plan. The policies
// of environments are for those who apply it.
func (p *Plan) Prohibited(allowed operation.Allowances) runner.Prohibition {
	var found runner.Prohibition
	policy := p.project.file.Policy
	for _, m := range p.Migrations {
		for _, op := range m.Operations {
			found.Add(policy, m.ID, policy.Forbidden(op.Hazard, allowed))
		}
	}
	return found
}
