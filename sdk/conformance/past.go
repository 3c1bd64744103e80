package conformance

import (
	"context"
	"encoding/json"

	"github.com/whimbreldb/whimbrel/autodetector"
	"github.com/whimbreldb/whimbrel/autodetector/builtin"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/simulation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// past returns the operations that make a stage where there is nothing, as the
// migrations of a project would have them. What goes wrong with them is reported where
// they are planned.
func (t *trial) past(ctx context.Context, of stage) []operation.Operation {
	if known, ok := t.pasts[of.declared.State]; ok {
		return known
	}
	plan, _, _ := autodetector.Run(ctx, autodetector.Input{
		From: state.New(), Declaration: of.declared, Detectors: builtin.Detectors(), Plugins: t.plugins(),
		Questioner: nobody{}, Configs: map[string]json.RawMessage{t.Detector.Manifest().Name: t.Config},
	})
	made := plan.Operations()
	t.pasts[of.declared.State] = made
	return made
}

// origins returns what says how the objects of a stage are made.
func (t *trial) origins(ctx context.Context, of stage) func(address.Address) (migration.Origin, error) {
	return func(a address.Address) (migration.Origin, error) {
		var origin migration.Origin
		for _, op := range t.past(ctx, of) {
			if op.Target == a {
				origin.Operation = op
			}
		}
		return origin, nil
	}
}

// names returns the names that a database has at a stage.
func (t *trial) names(ctx context.Context, at stage) func() (*simulation.Catalog, error) {
	return func() (*simulation.Catalog, error) {
		catalog := simulation.Empty()
		for _, sql := range t.Before {
			catalog.Learn(simulation.Read(sql))
		}
		for _, op := range t.past(ctx, at) {
			for _, s := range op.Up {
				catalog.Learn(simulation.Read(s.Text()))
			}
		}
		return catalog, nil
	}
}
