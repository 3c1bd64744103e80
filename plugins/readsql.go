package plugins

import "github.com/whimbreldb/whimbrel/core/source/sql"

// ReadSQL is that of sql.Kind, for a plugin that is part of this program: reading
// files starts no process. Others read no SQL.
func (p *plugin) ReadSQL(w *sql.Work, s sql.Statement) bool {
	kind, ok := p.spec.Detector.(sql.Kind)
	return ok && kind.ReadSQL(w, s)
}
