package sdktest_test

import (
	"testing"

	"github.com/whimbreldb/whimbrel/autodetector/detecttest"
	"github.com/whimbreldb/whimbrel/sdk"
)

// A rule is a policy of PostgreSQL that is altered where it stands.
type rule struct {
	Using sdk.Expression `whimbrel:"using,type" doc:"The rows that are seen."`
}

type (
	ruleChange   = *sdk.Emitter[rule]
	ruleDeclared = *sdk.Declared[rule]
)

func rules() sdk.Detector {
	return sdk.Define("rules", "1.0.0", "Policies that are altered where they stand.",
		sdk.ModelOption("rule", "Rows that are seen.", sdk.ByHand(keepRule), sdk.Labelled()))
}

func keepRule(e ruleChange) {
	switch {
	case e.From == nil:
		e.Create(makeRule(e.To), dropRule(e.To)).Names(nil, nameOfRule(e.To))
	case e.To == nil:
		e.Drop(dropRule(e.Was), makeRule(e.Was)).Names(nameOfRule(e.Was), nil)
	case e.MustGo || e.Replace && !e.Relabelled():
		e.Drop(dropRule(e.Was), makeRule(e.Was)).Names(nameOfRule(e.Was), nil)
		e.Create(makeRule(e.To), dropRule(e.To)).Names(nil, nameOfRule(e.To))
	default:
		e.Alter(alterRule(e.From, e.To), alterRule(e.To, e.Back())).Names(nameOfRule(e.Was), nameOfRule(e.To))
	}
}

func nameOfRule(o ruleDeclared) []string {
	return []string{sdk.Name("policy", o.Model().Schema, o.Model().Table, o.Label())}
}

func makeRule(o ruleDeclared) []string {
	return []string{"CREATE POLICY " + o.Label() + " ON " + o.Table() + " USING (" + o.SQL(&o.Options.Using) + ")"}
}

func dropRule(o ruleDeclared) []string {
	return []string{"DROP POLICY " + o.Label() + " ON " + o.Table()}
}

func alterRule(from, to ruleDeclared) []string {
	list := []string{"ALTER POLICY " + from.Label() + " ON " + to.Table() + " USING (" + to.SQL(&to.Options.Using) + ")"}
	if from.Label() != to.Label() {
		list = append(list, "ALTER POLICY "+from.Label()+" ON "+to.Table()+" RENAME TO "+to.Label())
	}
	return list
}

// A plugin that alters by hand is given what it needs for both ways, whatever is renamed
// at the same time, and is asked to make it anew where no order has all names.
func TestAlteredByHandWhileNamesChange(t *testing.T) {
	t.Parallel()
	detecttest.Run(t, "testdata/renames", rules())
	detecttest.OnServer(t, "testdata/renames", rules())
}
