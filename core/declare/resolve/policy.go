package resolve

import (
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/operation"
)

var policyGrammar = grammar{what: "a policy", attrs: []string{"forbid"}}

// projectPolicy reads the policy of all environments that have none of their own.
func (r *projectReader) projectPolicy(b *declare.Block) {
	if r.policies > 0 {
		r.twoPolicies(b)
		return
	}
	r.policies++
	r.project.Policy = r.policy(b)
}

// environmentPolicy returns the policy in an environment's body, nil if there is none.
func (r *projectReader) environmentPolicy(body *declare.Body) *operation.Policy {
	var found *operation.Policy
	for _, b := range body.Blocks {
		switch {
		case b.Type.Text != "policy":
			r.unknownBlock(r.file, b.Type, environmentGrammar)
		case found != nil:
			r.twoPolicies(b)
		default:
			p := r.policy(b)
			found = &p
		}
	}
	return found
}

func (r *projectReader) twoPolicies(b *declare.Block) {
	r.report(declare.Place{Document: r.file, Span: b.Type.Span}, codeRepeated, `"policy" stands twice`, "", "write all that is forbidden into one list")
}

// policy reads forbid = [data_loss, ...].
func (r *projectReader) policy(b *declare.Block) operation.Policy {
	r.unlabelled(r.file, b)
	r.checkRepeated(r.file, b.Body, policyGrammar)
	r.noBlocks(r.file, b.Body, policyGrammar)
	p := operation.Policy{Range: r.file.Range(b.Type.Span)}
	for _, a := range b.Body.Attrs {
		if a.Name.Text != "forbid" {
			r.unknownAttr(r.file, a.Name, policyGrammar)
			continue
		}
		p.Forbid, p.Range = r.hazards(a), r.file.Range(a.Name.Span)
	}
	return p
}

// hazards reads a list of codes of hazards.
func (r *projectReader) hazards(a *declare.Attr) []string {
	list, _ := r.elements(r.file, a)
	known := operation.ForbiddableHazards()
	var codes []string
	for _, e := range list {
		e = strip(e)
		name := word(e)
		if !slices.Contains(known, name) {
			name = or(name, e.Text)
			r.report(declare.Place{Document: r.file, Span: e.Span}, codeValue, fmt.Sprintf("argument %q has to be a list of %s%s", a.Name.Text, oneOf(known), didYouMean(name, known)),
				"They are bare words, without quotes.", fmt.Sprintf("write %s = [%s]", a.Name.Text, or(nearest(name, known), known[0])))
			continue
		}
		codes = append(codes, name)
	}
	return codes
}
