package constraint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// checkKey reports a foreign key whose values stay where they are while they lead to
// the same model by another key: they would lead to other rows. Where a field of its
// own is the key, the field sees to that.
func (x constraints) checkKey(after *sdk.Object, was, is model.Constraint) {
	if was.Type != model.ForeignKey || is.Type != model.ForeignKey || was.Target == nil || is.Target == nil || *was.Target != *is.Target {
		return
	}
	if sdk.Same(pairs(was), pairs(is)) || !sdk.Same(fieldsOf(was), fieldsOf(is)) || x.ownedByField(is) || !x.To.Managed(after) {
		return
	}
	x.Report(diag.Diagnostic{
		Code:    "WH2304",
		Summary: fmt.Sprintf("%s leads to %s by another key, and nothing says which rows its values mean", after.Address, is.Target.Address),
		Detail: fmt.Sprintf("The values of %s are those of %s; read as those of %s they would lead to other rows.",
			names(is.Fields), names(was.TargetFields), names(is.TargetFields)),
		Next: fmt.Sprintf("keep %s in %s, take the foreign key out: whimbrel make\n"+
			"give %s the new keys in SQL: whimbrel make --empty --app %s\n"+
			"put the foreign key back with the new key: whimbrel make",
			names(was.TargetFields), is.Target.Address.Name(), names(is.Fields), after.App),
		Address: after.Address.String(),
	})
}

// ownedByField reports whether the foreign key is that of a field, which gives its
// values the new key.
func (x constraints) ownedByField(c model.Constraint) bool {
	if len(c.Fields) != 1 {
		return false
	}
	f := x.To.Get(c.Fields[0].Address)
	return f != nil && sdk.AttrsOf[model.Field](x.Work, f).Relation != nil
}

// pairs returns the fields with those that they lead to, sorted.
func pairs(c model.Constraint) []string {
	var list []string
	for i, f := range c.Fields {
		if i < len(c.TargetFields) {
			list = append(list, f.Address.String()+"="+c.TargetFields[i].Address.String())
		}
	}
	slices.Sort(list)
	return list
}

func fieldsOf(c model.Constraint) []string {
	var list []string
	for _, f := range c.Fields {
		list = append(list, f.Address.String())
	}
	slices.Sort(list)
	return list
}

func names(refs []address.Ref) string {
	var list []string
	for _, r := range refs {
		list = append(list, r.Address.Name())
	}
	return strings.Join(list, ", ")
}
