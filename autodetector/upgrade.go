package autodetector

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/state"
)

// Upgraded returns a state with the objects of former versions in today's shape.
// What cannot be upgraded is in the diagnostics, or in the error of its plugin.
func Upgraded(ctx context.Context, s *state.State, detectors []detect.Detector) (*state.State, diag.List, error) {
	r := &run{from: s, owners: newOwners(detectors, nil)}
	err := r.upgrade(ctx)
	return r.from, r.diagnostics, err
}

// upgrade brings the objects that the migrations left in a former version of
// their shape into today's. It changes what everything is compared with and the
// proof begins from, so that by itself it writes no migration.
func (r *run) upgrade(ctx context.Context) error {
	former, newer := r.versions()
	var puts []state.Edit
	for i, d := range r.owners.detectors {
		if len(newer[i]) > 0 {
			r.reportNewer(d.Manifest(), newer[i])
		}
		if len(former[i]) == 0 {
			continue
		}
		upgraded, err := r.upgraded(ctx, d, former[i])
		if err != nil {
			return err
		}
		puts = append(puts, upgraded...)
	}
	r.from = with(r.from, append(puts, r.former()...))
	return nil
}

// former returns the objects that migrations hold as programs of before have written
// them, in the form that they have today.
func (r *run) former() []state.Edit {
	var puts []state.Edit
	for _, a := range sortedKeys(r.in.Declaration.Former) {
		was, is := r.from.Get(a), r.to.Get(a)
		same := func(attrs json.RawMessage) bool { return bytes.Equal(was.Attrs, attrs) }
		if was != nil && is != nil && slices.ContainsFunc(r.in.Declaration.Former[a], same) {
			today := *was
			today.Attrs, today.Refs, today.Readings = is.Attrs, is.Refs, is.Readings
			puts = append(puts, state.Put(&today))
		}
	}
	return puts
}

// versions returns, by owner, the objects of former versions and those of
// versions that the owner cannot know yet, by address.
func (r *run) versions() (former, newer [][]*state.Object) {
	former, newer = make([][]*state.Object, len(r.owners.detectors)), make([][]*state.Object, len(r.owners.detectors))
	for o := range r.from.Unordered() {
		if o.Version == 0 && o.Rendering == 0 && !r.owners.versioned {
			continue
		}
		kind, known := r.owners.kinds[o.Address.Kind()]
		i := r.owners.byKind[o.Address.Kind()]
		switch {
		case !known:
		case o.Version > kind.Version || o.Rendering > kind.Rendering:
			newer[i] = append(newer[i], o)
		case o.Version < kind.Version:
			former[i] = append(former[i], o)
		}
	}
	for _, list := range slices.Concat(former, newer) {
		slices.SortFunc(list, func(a, b *state.Object) int { return address.Compare(a.Address, b.Address) })
	}
	return former, newer
}

// upgraded asks the owner of objects for their attributes of today.
func (r *run) upgraded(ctx context.Context, d detect.Detector, former []*state.Object) ([]state.Edit, error) {
	upgrader, ok := d.(detect.Upgrader)
	if !ok {
		r.reportFormer(d.Manifest(), former[0], "It has no Upgrade.")
		return nil, nil
	}
	attrs, err := upgrader.Upgrade(ctx, former)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case isDiagnostic(err):
		return nil, err
	case err != nil:
		r.reportFormer(d.Manifest(), former[0], fmt.Sprintf("Its Upgrade failed: %v.", err))
		return nil, nil
	case len(attrs) != len(former):
		r.reportFormer(d.Manifest(), former[0], fmt.Sprintf("Its Upgrade answered with the attributes of %d objects for %d.", len(attrs), len(former)))
		return nil, nil
	}
	return r.renewed(d.Manifest(), former, attrs), nil
}

// renewed returns what puts the upgraded objects in the place of the former ones.
func (r *run) renewed(m *detect.Manifest, former []*state.Object, attrs []json.RawMessage) []state.Edit {
	puts := make([]state.Edit, 0, len(former))
	for i, o := range former {
		canonical, err := state.Encode(attrs[i])
		if err != nil || !bytes.HasPrefix(canonical, []byte("{")) {
			r.reportFormer(m, o, fmt.Sprintf("Its Upgrade answered with attributes that are no JSON object: %.60q.", attrs[i]))
			return nil
		}
		today := *o
		today.Attrs, today.Version = canonical, r.owners.kinds[o.Address.Kind()].Version
		puts = append(puts, state.Put(&today))
	}
	return puts
}

// isDiagnostic reports whether an error says by itself which plugin failed, and how.
func isDiagnostic(err error) bool {
	var one diag.Diagnostic
	var list diag.List
	return errors.As(err, &one) || errors.As(err, &list)
}

func (r *run) reportFormer(m *detect.Manifest, o *state.Object, why string) {
	r.report(diag.Diagnostic{
		Code: "WH2105",
		Summary: fmt.Sprintf("plugin %q cannot read version %d of %s, its own is %d",
			m.Name, o.Version, o.Address.Kind(), r.owners.kinds[o.Address.Kind()].Version),
		Detail: fmt.Sprintf("The migrations hold %s as a former version of the plugin has written it. %s", detect.Called(o.Address), why),
		Next:   fmt.Sprintf("report it to the author of %s %s; until then use the version before", m.Name, m.Version),
		Range:  r.in.Declaration.Places[o.Address], Address: o.Address.String(),
	})
}

// fits reports an object of a plugin that migrations hold in another shape than that of
// today although its version is the same: what the plugin would read of it is not what
// was meant.
func (r *run) fits(o *state.Object) {
	if o == nil {
		return
	}
	_, plugin := detect.Plugin(o.Address.Kind())
	kind, known := r.owners.kinds[o.Address.Kind()]
	if !plugin || !known || len(kind.Attrs.Attrs) == 0 {
		return
	}
	why := kind.Attrs.Misfit(o)
	if why == "" {
		return
	}
	m := r.owners.detectors[r.owners.byKind[kind.Name]].Manifest()
	r.report(diag.Diagnostic{
		Code:    "WH2108",
		Summary: fmt.Sprintf("plugin %q has another shape of %s than the migrations, and the same version", m.Name, kind.Name),
		Detail:  fmt.Sprintf("What the migrations hold of %s %s. Without a raised Version nobody brings it into the shape of today.", detect.Called(o.Address), why),
		Next:    fmt.Sprintf("report it to the author of %s %s, who has to raise the Version and to say how it is upgraded; until then use the version before", m.Name, m.Version),
		Range:   r.in.Declaration.Places[o.Address], Address: o.Address.String(),
	})
}

func (r *run) reportNewer(m *detect.Manifest, newer []*state.Object) {
	o := newer[0]
	r.report(diag.Diagnostic{
		Code:    "WH2106",
		Summary: fmt.Sprintf("%s was written by a newer version of plugin %q than %s", detect.Called(o.Address), m.Name, m.Version),
		Detail: fmt.Sprintf("The migrations hold version %d.%d of %s, this plugin knows %d.%d.", o.Version, o.Rendering,
			o.Address.Kind(), r.owners.kinds[o.Address.Kind()].Version, r.owners.kinds[o.Address.Kind()].Rendering),
		Next:  fmt.Sprintf("upgrade the plugin %q", m.Name),
		Range: r.in.Declaration.Places[o.Address], Address: o.Address.String(),
	})
}
