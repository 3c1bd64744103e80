package conformance

import (
	"context"
	"encoding/json"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/state"
)

// catalog runs the queries as whimbrel does.
func (t *trial) catalog(ctx context.Context, url string, s *state.State) (detect.Catalog, error) {
	rows, server, err := postgres.CatalogReader{URL: url, Powerful: true}.Read(ctx, t.Detector.Manifest().Queries)
	return detect.Catalog{Server: server, State: t.known(s), Rows: rows, Config: t.Config}, err
}

// known returns the models and fields of a state, and of the detector's own blocks
// what names them: what they are it has to see in the database.
func (t *trial) known(s *state.State) *state.State {
	var objects []*state.Object
	for o := range s.All() {
		switch kind := o.Address.Kind(); {
		case kind == model.ModelKind || kind == model.FieldKind:
			objects = append(objects, o)
		case t.isBlock(o):
			objects = append(objects, nameOnly(o))
		}
	}
	return state.New(objects...)
}

// nameOnly returns a block with nothing but its name and schema.
func nameOnly(o *state.Object) *state.Object {
	attrs, named := map[string]json.RawMessage{}, map[string]json.RawMessage{}
	_ = json.Unmarshal(o.Attrs, &attrs) // what is no object has no names
	for _, name := range []string{nameAttr, "schema"} {
		if attrs[name] != nil {
			named[name] = attrs[name]
		}
	}
	seen := &state.Object{Address: o.Address, App: o.App}
	seen.Attrs, _ = state.Encode(named) // JSON can always be encoded
	return seen
}
