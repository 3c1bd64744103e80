package protocol

import (
	"github.com/whimbreldb/whimbrel/core/operation"
)

func toStatement(s operation.Statement) *Statement {
	return &Statement{Sql: s.SQL, Clauses: toAll(s.Clauses, toClause), Tail: s.Tail, Table: s.Table}
}

func readStatement(r *reader, s *Statement) operation.Statement {
	return operation.Statement{
		SQL: s.GetSql(), Clauses: readAll(r, s.GetClauses(), readClause), Tail: s.GetTail(), Table: s.GetTable(),
	}
}

func toClause(c operation.Clause) *Clause {
	return &Clause{Sql: c.SQL, Group: int64(c.Group), Rank: int64(c.Rank), Slot: string(c.Slot)}
}

func readClause(_ *reader, c *Clause) operation.Clause {
	return operation.Clause{SQL: c.GetSql(), Group: int(c.GetGroup()), Rank: int(c.GetRank()), Slot: operation.Slot(c.GetSlot())}
}

func toInline(i *operation.Inline) *Inline {
	if i == nil {
		return nil
	}
	return &Inline{Clause: toClause(i.Clause), Alone: i.Alone}
}

func readInline(r *reader, i *Inline) *operation.Inline {
	if i == nil {
		return nil
	}
	return &operation.Inline{Clause: readClause(r, i.GetClause()), Alone: i.GetAlone()}
}

func toAside(a *operation.Aside) *Aside {
	if a == nil {
		return nil
	}
	return &Aside{
		Up: toAll(a.Up, toStatement), Down: toAll(a.Down, toStatement),
		RestUp: toAll(a.RestUp, toStatement), RestDown: toAll(a.RestDown, toStatement),
	}
}

func readAside(r *reader, a *Aside) *operation.Aside {
	if a == nil {
		return nil
	}
	return &operation.Aside{
		Up: readAll(r, a.GetUp(), readStatement), Down: readAll(r, a.GetDown(), readStatement),
		RestUp: readAll(r, a.GetRestUp(), readStatement), RestDown: readAll(r, a.GetRestDown(), readStatement),
	}
}

func toHazard(h operation.Hazard) *Hazard {
	return &Hazard{Code: h.Code, Object: h.Object.String(), Text: h.Text, Down: h.Down, Probe: h.Probe}
}

func readHazard(r *reader, h *Hazard) operation.Hazard {
	return operation.Hazard{
		Code: h.GetCode(), Object: r.address("object", h.GetObject()), Text: h.GetText(), Down: h.GetDown(), Probe: h.GetProbe(),
	}
}
