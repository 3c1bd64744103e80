package protocol

import (
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

func toOperation(o operation.Operation) *Operation {
	return &Operation{
		Kind: o.Kind, Target: o.Target.String(), Detector: o.Detector, Summary: o.Summary,
		Edits:   toAll(o.Edits, toEdit),
		Needs:   toAll(o.Needs, toNeed),
		Touches: toAll(o.Touches, toTouch),
		Frees:   o.Frees, Takes: o.Takes,
		Aside:        toAside(o.Aside),
		Inline:       toInline(o.Inline),
		Up:           toAll(o.Up, toStatement),
		Down:         toAll(o.Down, toStatement),
		Hazards:      toAll(o.Hazard, toHazard),
		Transaction:  toNumber[Transaction](transactions, o.Transaction),
		Irreversible: o.Irreversible,
		Locks:        toAll(o.Locks, toLock),
		Online:       toAll(o.Online, toOperation),
		Joined:       o.Joined,
	}
}

func readOperation(r *reader, o *Operation) operation.Operation {
	return operation.Operation{
		Kind: o.GetKind(), Target: r.address("target", o.GetTarget()), Detector: o.GetDetector(), Summary: o.GetSummary(),
		Edits:   readAll(r, o.GetEdits(), readEdit),
		Needs:   readAll(r, o.GetNeeds(), readNeed),
		Touches: readAll(r, o.GetTouches(), readTouch),
		Frees:   o.GetFrees(), Takes: o.GetTakes(),
		Aside:        readAside(r, o.GetAside()),
		Inline:       readInline(r, o.GetInline()),
		Up:           readAll(r, o.GetUp(), readStatement),
		Down:         readAll(r, o.GetDown(), readStatement),
		Hazard:       readAll(r, o.GetHazards(), readHazard),
		Transaction:  readWord(r, transactions, o.GetTransaction(), "transaction"),
		Irreversible: o.GetIrreversible(),
		Locks:        readAll(r, o.GetLocks(), readLock),
		Online:       readAll(r, o.GetOnline(), readOperation),
		Joined:       o.GetJoined(),
	}
}

func toEdit(e state.Edit) *Edit {
	switch {
	case e.Put != nil:
		return &Edit{Edit: &Edit_Put{Put: toObject(e.Put)}}
	case !e.Drop.IsZero():
		return &Edit{Edit: &Edit_Drop{Drop: e.Drop.String()}}
	case len(e.Rename) > 0:
		return &Edit{Edit: &Edit_Rename{Rename: &Renames{Renames: toAll(e.Rename, toRename)}}}
	}
	return &Edit{}
}

func readEdit(r *reader, e *Edit) state.Edit {
	switch edit := e.GetEdit().(type) {
	case *Edit_Put:
		return state.Put(readObject(r, edit.Put))
	case *Edit_Drop:
		return state.Drop(r.address("drop", edit.Drop))
	case *Edit_Rename:
		return state.Edit{Rename: readAll(r, edit.Rename.GetRenames(), readRename)}
	}
	r.fail("an edit that does nothing")
	return state.Edit{}
}

func toRename(rename state.Rename) *Rename {
	return &Rename{From: rename.From.String(), To: rename.To.String()}
}

func readRename(r *reader, rename *Rename) state.Rename {
	return state.Rename{From: r.address("from", rename.GetFrom()), To: r.address("to", rename.GetTo())}
}

func toNeed(n operation.Need) *Need {
	return &Need{
		Verb: toNumber[Verb](verbs, n.Verb), Object: n.Object.String(), Before: n.Before, Soft: n.Soft, Why: n.Why,
	}
}

func readNeed(r *reader, n *Need) operation.Need {
	return operation.Need{
		Verb: readKnown(r, verbs, n.GetVerb(), "verb of a need"), Object: r.address("object", n.GetObject()),
		Before: n.GetBefore(), Soft: n.GetSoft(), Why: n.GetWhy(),
	}
}

func toTouch(t operation.Touch) *Touch {
	return &Touch{Object: t.Object.String(), Aspects: toAspects(t.Aspects)}
}

func readTouch(r *reader, t *Touch) operation.Touch {
	return operation.Touch{Object: r.address("object", t.GetObject()), Aspects: r.aspects(t.GetAspects())}
}

func toLock(l operation.Lock) *Lock {
	return &Lock{Object: l.Object.String(), Mode: toNumber[LockMode](lockModes, l.Mode)}
}

func readLock(r *reader, l *Lock) operation.Lock {
	return operation.Lock{Object: r.address("object", l.GetObject()), Mode: readKnown(r, lockModes, l.GetMode(), "lock mode")}
}
