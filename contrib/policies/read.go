package policies

import (
	"github.com/whimbreldb/whimbrel/core/source/sql"
	"github.com/whimbreldb/whimbrel/core/sqltext/ddl"
)

// The words of the plugin's options, which are the classes of their names too.
const (
	securityWord = "row_security"
	policyWord   = "policy"
)

// readSQL reads CREATE POLICY, and ALTER TABLE that enables row security.
func readSQL(w *sql.Work, s sql.Statement) bool {
	switch d := s.What.(type) {
	case ddl.CreatePolicy:
		t := w.Table(s, d.Table)
		if t != nil {
			readPolicy(w, s, t, d)
		}
		return t != nil
	case ddl.AlterTable:
		t := w.Table(s, d.Name)
		return t != nil && len(d.Commands) == 1 && readSecurity(s, t, d.Commands[0])
	}
	return false
}

func readPolicy(w *sql.Work, s sql.Statement, t *sql.Table, d ddl.CreatePolicy) {
	b := t.Option(s, policyWord, policyWord, d.Name, d.Place)
	if d.Command != "all" {
		b.SetWord("command", d.Command)
	}
	if d.Using != nil {
		b.Set("using", w.Expression(s, t, d.Using))
	}
	if d.Check != nil {
		b.Set("check", w.Expression(s, t, d.Check))
	}
	if len(d.Roles) != 1 || d.Roles[0] != "public" {
		b.Set("roles", sql.Texts(d.Roles))
	}
	b.SetTrue("restrictive", d.Restrictive)
}

// readSecurity reads one command. Row security that is forced and not enabled has no
// word: the command is left to whoever reports it.
func readSecurity(s sql.Statement, t *sql.Table, c ddl.Command) bool {
	b := t.OptionOf(securityWord, "")
	switch {
	case c.Kind == "AT_EnableRowSecurity" && b == nil:
		t.Option(s, securityWord, securityWord, "", c.Place)
	case c.Kind == "AT_EnableRowSecurity", c.Kind == "AT_NoForceRowSecurity":
	case c.Kind == "AT_ForceRowSecurity" && b != nil:
		b.SetTrue("force", true)
	default:
		return false
	}
	return true
}
