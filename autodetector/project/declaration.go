package project

import (
	"context"

	"github.com/whimbreldb/whimbrel/autodetector/builtin"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/source/hcl"
	"github.com/whimbreldb/whimbrel/core/source/sql"
	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
	"github.com/whimbreldb/whimbrel/core/state"
)

// Declaration reads the model files: the state that is wanted. Texts in SQL that the
// history knows are not parsed again.
func (p *Project) Declaration(ctx context.Context) (source.Declaration, error) {
	return p.declaration(ctx, p.past().state) // without it, the texts are parsed
}

// declaration reads the model files, beside the state that the history leads to. What is
// answered about renames serves messages.
func (p *Project) declaration(ctx context.Context, known *state.State, answered ...[2]string) (source.Declaration, error) {
	shop, err := p.open(ctx)
	if err != nil {
		return source.Declaration{}, err
	}
	detectors := append(builtin.Detectors(), shop.host.Detectors()...)
	models := hcl.New(p.file, detect.ManifestsOf(detectors...), hcl.SQL(parser.New(shop.host.Texts()), sql.Readers(detectors...)...),
		hcl.Parsed(p.document), hcl.Known(known), hcl.Answered(answered...), hcl.Available(detect.ManifestsOf(p.options.Linked...)...), hcl.Available(shop.lock.Manifests()...))
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
