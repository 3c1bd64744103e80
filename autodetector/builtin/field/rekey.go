package field

import (
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/column"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/sdk"
)

// A rekeying is the exchange of the key that a foreign key holds: while both are
// there, each row gets the new key of the row that it leads to. Kept as they are, the
// values would lead to other rows.
type rekeying struct {
	target   string // the table that it leads to
	old, new string // columns of it
	// unique: no two rows of the table have the same value. New keys are marked until
	// all rows have them, as one may be the old key of another row.
	unique bool
}

// rekeying returns how the values of a foreign key lead to the same rows by another
// key of them, or nil if the key stays.
func (x fields) rekeying(before, after *sdk.Object) *rekeying {
	was, is := sdk.AttrsOf[model.Field](x.Work, before).Relation, sdk.AttrsOf[model.Field](x.Work, after).Relation
	if was == nil || is == nil || was.Field == nil || is.Field == nil || was.Target != is.Target || was.Field.Address == is.Field.Address {
		return nil
	}
	at := x.From // a key that goes, goes later
	if x.To.Has(was.Field.Address) {
		at = x.To
	}
	return &rekeying{
		target: x.To.Table(is.Target.Address), old: at.Column(was.Field.Address), new: x.To.Column(is.Field.Address),
		unique: x.isUnique(after.Address),
	}
}

// isUnique reports whether something keeps the values of a field apart, before or after.
func (x fields) isUnique(field address.Address) bool {
	for _, at := range []*sdk.State{x.Pass.From, x.Pass.To} {
		for _, o := range at.Dependents(field) {
			if isKey(x.Work, o) {
				return true
			}
		}
	}
	return false
}

// checkFollowers reports the foreign keys that hold the values of a field which gets
// other ones: they would lead to other rows.
func (x fields) checkFollowers(before, after *sdk.Object) {
	old := sdk.AttrsOf[model.Field](x.Work, before).Relation.Field.Address
	for _, o := range x.Pass.To.Dependents(after.Address) {
		if o.Address.Kind() != model.ConstraintKind || !x.Pass.From.Has(o.Address) {
			continue
		}
		c := sdk.AttrsOf[model.Constraint](x.Work, o)
		if c.Type != model.ForeignKey || !slices.ContainsFunc(c.TargetFields, func(r address.Ref) bool { return r.Address == after.Address }) {
			continue
		}
		x.Report(diag.Diagnostic{
			Code:    "WH2305",
			Summary: fmt.Sprintf("%s holds values of %s, which become those of another key", o.Address, after.Address),
			Detail:  "As they are they would lead to other rows, and only one foreign key after the other can be followed.",
			Next: fmt.Sprintf("keep %s in %s, take the foreign key out and leave its column: whimbrel make\n"+
				"give the column the new keys in SQL: whimbrel make --empty --app %s\n"+
				"put the foreign key back: whimbrel make", old.Name(), old.Names()[1], o.App),
			Address: o.Address.String(),
		})
	}
}

// backwards returns the way back. A nil one has none.
func (k *rekeying) backwards() *rekeying {
	if k == nil {
		return nil
	}
	return &rekeying{target: k.target, old: k.new, new: k.old, unique: k.unique}
}

// statements give a column the new keys, by way of text where they are of another
// type.
func (k *rekeying) statements(from, to column.Column, retype bool) []string {
	set := func(cast string) string {
		return "UPDATE " + to.Table + " AS r SET " + to.Name + " = k." + k.new + cast + " FROM " + k.target + " AS k WHERE k." + k.old + cast + " = r." + to.Name
	}
	const checked = "SET CONSTRAINTS ALL IMMEDIATE" // a table with open checks cannot be altered
	if !retype {
		return []string{set(""), checked}
	}
	if k.unique {
		return k.marked(from, to)
	}
	return []string{
		to.Alter("TYPE text USING " + to.Name + "::text"), set("::text"), checked,
		"ALTER TABLE " + to.Table + " " + to.TypeAction(from, to.Type.Loosely(to.Name)),
	}
}

// marked are the statements for a column whose values are unique: a letter before each
// tells old keys from new ones until there are no old ones.
func (k *rekeying) marked(from, to column.Column) []string {
	return []string{
		to.Alter("TYPE text USING 'o' || " + to.Name + "::text"),
		"UPDATE " + to.Table + " AS r SET " + to.Name + " = 'n' || k." + k.new + "::text FROM " + k.target + " AS k WHERE 'o' || k." + k.old + "::text = r." + to.Name,
		"SET CONSTRAINTS ALL IMMEDIATE",
		"ALTER TABLE " + to.Table + " " + to.TypeAction(from, to.Type.Loosely("substr("+to.Name+", 2)")),
	}
}

// reads are what is gone through for the new keys besides what is written anew.
func (k *rekeying) reads(to column.Column, retype bool) []sdk.Hazard {
	read := sdk.Hazard{Code: operation.TableScan, Object: to.Address}
	switch {
	case k == nil:
		return nil
	case !retype:
		read.Text = "every row of " + to.Table + " is looked up in " + k.target + "; it gets the new key"
	case k.target != to.Table:
		read.Text = "every row of " + k.target + " is read; its key is written into " + to.Table
	default:
		return nil
	}
	return []sdk.Hazard{read}
}

// rekeyed are the needs of a rekeying: both keys are there, and no foreign key.
func (x fields) rekeyed(before, after *sdk.Object) []sdk.Need {
	const why = "rows get the new key of those that they lead to"
	was, is := sdk.AttrsOf[model.Field](x.Work, before).Relation.Field.Address, sdk.AttrsOf[model.Field](x.Work, after).Relation.Field.Address
	needs := []sdk.Need{
		{Verb: operation.Create, Object: is, Soft: true, Why: why},
		{Verb: operation.Alter, Object: is, Soft: true, Why: why},
		{Verb: operation.Drop, Object: was, Before: true, Soft: true, Why: why},
	}
	for _, key := range x.foreignKeys(before.Address) {
		needs = append(needs, sdk.Need{Verb: operation.Drop, Object: key, Soft: true, Why: why}, sdk.Need{Verb: operation.Create, Object: key, Before: true, Soft: true, Why: why})
	}
	return needs
}

// foreignKeys returns the foreign keys over a field, as it was and as it is.
func (x fields) foreignKeys(field address.Address) []address.Address {
	var keys []address.Address
	for _, at := range []*sdk.State{x.Pass.From, x.Pass.To} {
		for _, o := range at.Dependents(field) {
			if o.Address.Kind() == model.ConstraintKind && sdk.AttrsOf[model.Constraint](x.Work, o).Type == model.ForeignKey {
				keys = append(keys, o.Address)
			}
		}
	}
	return keys
}
