package protocol

import (
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/operation"
)

func toManifest(m *detect.Manifest) *Manifest {
	if m == nil {
		return nil
	}
	return &Manifest{
		Name: m.Name, Version: m.Version, Doc: m.Doc,
		Config:       toShape(m.Config),
		Kinds:        toAll(m.Kinds, toKind),
		Options:      toAll(m.Options, toOption),
		Implications: toAll(m.Implications, toImplication),
		Emits:        m.Emits, Reads: m.Reads, Produces: m.Produces, Consumes: m.Consumes,
		Locality: toNumber[Locality](localities, m.Locality),
		Observes: m.Observes,
		Queries:  toAll(m.Queries, toQuery),
		Checks:   m.Checks,
	}
}

func readManifest(r *reader, m *Manifest) *detect.Manifest {
	return &detect.Manifest{
		Name: m.GetName(), Version: m.GetVersion(), Doc: m.GetDoc(),
		Config:       readShape(r, m.GetConfig()),
		Kinds:        readAll(r, m.GetKinds(), readKind),
		Options:      readAll(r, m.GetOptions(), readOption),
		Implications: readAll(r, m.GetImplications(), readImplication),
		Emits:        m.GetEmits(), Reads: m.GetReads(), Produces: m.GetProduces(), Consumes: m.GetConsumes(),
		Locality: readWord(r, localities, m.GetLocality(), "locality"),
		Observes: m.GetObserves(),
		Queries:  readAll(r, m.GetQueries(), readQuery),
		Checks:   m.GetChecks(),
	}
}

func toKind(k detect.Kind) *Kind {
	return &Kind{
		Name: k.Name, Doc: k.Doc, Attrs: toShape(k.Attrs), Outlives: k.Outlives, Siblings: k.Siblings,
		Version: int64(k.Version), Rendering: int64(k.Rendering),
		Naming: k.Naming, Likeness: toNumber[Likeness](likenesses, k.Likeness), Members: k.Members, Part: k.Part,
		Type: toTypeKind(k.Type), Slot: string(k.Slot),
	}
}

func readKind(r *reader, k *Kind) detect.Kind {
	return detect.Kind{
		Name: k.GetName(), Doc: k.GetDoc(), Attrs: readShape(r, k.GetAttrs()),
		Outlives: k.GetOutlives(), Siblings: k.GetSiblings(),
		Version: int(k.GetVersion()), Rendering: int(k.GetRendering()),
		Naming: k.GetNaming(), Likeness: readWord(r, likenesses, k.GetLikeness(), "likeness"), Members: k.GetMembers(),
		Part: k.GetPart(), Type: readTypeKind(k.GetType()), Slot: operation.Slot(k.GetSlot()),
	}
}

func toTypeKind(t *detect.TypeKind) *TypeKind {
	if t == nil {
		return nil
	}
	return &TypeKind{Values: t.Values, Base: t.Base, Parts: t.Parts, Bounds: t.Bounds, Several: t.Several, Order: t.Order}
}

func readTypeKind(t *TypeKind) *detect.TypeKind {
	if t == nil {
		return nil
	}
	return &detect.TypeKind{
		Values: t.GetValues(), Base: t.GetBase(), Parts: t.GetParts(), Bounds: t.GetBounds(), Several: t.GetSeveral(), Order: t.GetOrder(),
	}
}

func toOption(o detect.Option) *Option {
	return &Option{
		Name: o.Name, On: toNumber[Place](places, o.On), Kind: o.Kind, Doc: o.Doc,
		Labelled: o.Labelled, Switch: o.Switch, Shape: toShape(o.Shape), Inherited: o.Inherited,
	}
}

func readOption(r *reader, o *Option) detect.Option {
	return detect.Option{
		Name: o.GetName(), On: readKnown(r, places, o.GetOn(), "place of an option"), Kind: o.GetKind(), Doc: o.GetDoc(),
		Labelled: o.GetLabelled(), Switch: o.GetSwitch(), Shape: readShape(r, o.GetShape()), Inherited: o.GetInherited(),
	}
}

func toImplication(i detect.Implication) *Implication {
	return &Implication{
		Kind: i.Kind, Names: i.Names, Attrs: i.Attrs,
		ByKind: i.ByKind, ByTypes: i.ByTypes, ByCalls: i.ByCalls, ByOpclass: i.ByOpclass, ByMethods: i.ByMethods,
	}
}

func readImplication(_ *reader, i *Implication) detect.Implication {
	return detect.Implication{
		Kind: i.GetKind(), Names: i.GetNames(), Attrs: i.GetAttrs(),
		ByKind: i.GetByKind(), ByTypes: i.GetByTypes(), ByCalls: i.GetByCalls(),
		ByOpclass: i.GetByOpclass(), ByMethods: i.GetByMethods(),
	}
}

func toQuery(q detect.CatalogQuery) *CatalogQuery {
	return &CatalogQuery{
		Name: q.Name, Doc: q.Doc, Sql: q.SQL, MinServer: int64(q.MinServer), MaxServer: int64(q.MaxServer),
	}
}

func readQuery(_ *reader, q *CatalogQuery) detect.CatalogQuery {
	return detect.CatalogQuery{
		Name: q.GetName(), Doc: q.GetDoc(), SQL: q.GetSql(), MinServer: int(q.GetMinServer()), MaxServer: int(q.GetMaxServer()),
	}
}
