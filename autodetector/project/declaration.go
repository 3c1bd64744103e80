package project

import (
	"context"

	"github.com/whimbreldb/whimbrel/autodetector/builtin"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/source/hcl"
)

// Declaration reads the model files: the state that is wanted.
func (p *Project) Declaration(ctx context.Context) (source.Declaration, error) {
	shop, err := p.open(ctx)
	if err != nil {
		return source.Declaration{}, err
	}
	models := hcl.New(p.file, manifestsOf(append(builtin.Detectors(), shop.host.Detectors()...)),
		hcl.Parsed(p.document), hcl.Available(manifestsOf(p.options.Linked)...), hcl.Available(shop.lock.Manifests()...))
	declaration, found, err := models.Read(ctx)
	if err == nil && found.HasErrors() {
		err = found
	}
	if err != nil {
		return source.Declaration{}, err
	}
	p.warn(found)
	return declaration, nil
}
