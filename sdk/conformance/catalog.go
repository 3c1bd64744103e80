package conformance

import (
	"context"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/state"
)

// catalog runs the queries as whimbrel does.
func (t *trial) catalog(ctx context.Context, url string, s *state.State) (detect.Catalog, error) {
	rows, server, err := postgres.CatalogReader{URL: url, Powerful: true}.Read(ctx, t.Detector.Manifest().Queries)
	return detect.Catalog{Server: server, State: known(s), Rows: rows, Config: t.Config}, err
}

// known returns the models and fields of a state.
func known(s *state.State) *state.State {
	var objects []*state.Object
	for o := range s.All() {
		if kind := o.Address.Kind(); kind == model.ModelKind || kind == model.FieldKind {
			objects = append(objects, o)
		}
	}
	return state.New(objects...)
}
