package eventtrigger

import (
	"github.com/whimbreldb/whimbrel/core/source/sql"
	"github.com/whimbreldb/whimbrel/core/sqltext/ddl"
)

// class is what SQL calls an event trigger.
const class = "event trigger"

// readSQL reads CREATE EVENT TRIGGER and ALTER EVENT TRIGGER.
func readSQL(w *sql.Work, s sql.Statement) bool {
	switch d := s.What.(type) {
	case ddl.CreateEventTrigger:
		b := w.Bare(s, kindName, class, d.Name, d.Place)
		b.SetWord("on", d.Event)
		b.Set("tags", sql.Texts(d.Tags))
		w.Function(s, b, "execute", d.Function)
		for _, condition := range d.Unread {
			w.NoWord(s, d.Place, "an event trigger has no condition on "+condition)
		}
		return true
	case ddl.AlterEventTrigger:
		b := w.FindBare(class, d.Name)
		if b == nil {
			return false
		}
		if d.Enabled == "false" {
			b.Set("enabled", sql.Bool(false))
		} else {
			b.SetWord("enabled", d.Enabled)
		}
		return true
	}
	return false
}
