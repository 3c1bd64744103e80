package review

import (
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
)

// effects judges what a statement does.
func (p *passage) effects(act parser.Act, sql string) error {
	for _, e := range act.Effects {
		if err := p.effect(act, e, sql); err != nil {
			return err
		}
	}
	return nil
}

func (p *passage) effect(act parser.Act, e parser.Effect, sql string) error {
	switch e.Verb {
	case parser.Refers:
		return calls(act, e, sql)
	case parser.Locks:
		return nil
	}
	if reserved(e.Schema) || e.Class == schema && reserved(e.Name) {
		return refused(sql, "has a statement that changes what is PostgreSQL's or whimbrel's own (%s)", e)
	}
	switch e.Verb {
	case parser.Creates:
		if e.Replace {
			return p.foreign(e, sql)
		}
		return nil
	case parser.Writes:
		if stored(act.Kind) {
			return nil // it is written when somebody calls it
		}
	case parser.Alters:
		if sets(e) && inAll(p.about, e) {
			return nil
		}
	}
	return p.owned(e, sql)
}

// calls refuses functions that a migration must not call itself.
func calls(act parser.Act, e parser.Effect, sql string) error {
	internal := e.Schema == "" || e.Schema == "pg_catalog"
	if e.Class == function && internal && runs(act.Kind) && slices.Contains(sessions, e.Name) {
		return refused(sql, "has a statement that calls %s, which acts on sessions, files or settings", e.Name)
	}
	return nil
}

// sessions are functions that do what the statements do that are refused.
var sessions = []string{
	"dblink", "dblink_exec", "lo_export", "lo_import", "pg_advisory_unlock", "pg_advisory_unlock_all", "pg_cancel_backend", "pg_ls_dir",
	"pg_read_binary_file", "pg_read_file", "pg_reload_conf", "pg_rotate_logfile", "pg_stat_file", "pg_terminate_backend", "set_config",
}

// stored reports whether a statement of a kind keeps others for later.
func stored(kind string) bool {
	return slices.Contains([]string{"CREATE FUNCTION", "CREATE PROCEDURE", "CREATE RULE"}, kind)
}

// reserved reports whether a schema is that of the system or of whimbrel's record.
func reserved(schema string) bool {
	return schema == "whimbrel" || schema == "information_schema" || strings.HasPrefix(schema, "pg_") && !strings.HasPrefix(schema, "pg_temp")
}

// owned refuses an effect on what is not the plugin's.
func (p *passage) owned(e parser.Effect, sql string) error {
	if err := p.foreign(e, sql); err != nil {
		return err
	}
	for _, name := range namesOf(e) {
		if p.has(name) || strings.HasPrefix(name.Schema, "pg_temp") {
			return nil
		}
	}
	return refused(sql, "has a statement with this effect: %s. Nothing says that this is the plugin's: no statement of it makes that, and no operation claims the name", e)
}

// foreign refuses an effect on what is somebody else's.
func (p *passage) foreign(e parser.Effect, sql string) error {
	for _, name := range namesOf(e) {
		if other := p.othersHold(name); other.whose != "" && !p.mine(name, e) {
			return refused(sql, "has a statement with this effect: %s. That is of %s, not of the plugin", e, other.whose)
		}
	}
	return nil
}

// settings are the parts of ALTER TABLE that change neither rows nor columns nor
// what others have on the table.
var settings = []string{
	"ClusterOn", "DisableRowSecurity", "DropCluster", "EnableRowSecurity", "ForceRowSecurity", "NoForceRowSecurity", "ReplicaIdentity",
	"ResetOptions", "ResetRelOptions", "SetCompression", "SetOptions", "SetRelOptions", "SetStatistics", "SetStorage",
}

// parts are those that have an effect of their own, on a column or constraint or
// whatever they name.
var parts = []string{
	"AddColumn", "AddConstraint", "AddIdentity", "AlterColumnType", "AlterConstraint", "ColumnDefault", "DisableRule", "DisableTrig",
	"DropColumn", "DropConstraint", "DropExpression", "DropIdentity", "DropNotNull", "EnableAlwaysRule", "EnableAlwaysTrig", "EnableReplicaRule",
	"EnableReplicaTrig", "EnableRule", "EnableTrig", "SetExpression", "SetIdentity", "SetNotNull", "ValidateConstraint",
}

// sets reports whether an effect is a setting of a table or of a column of it.
func sets(e parser.Effect) bool {
	for _, command := range e.Commands {
		if !slices.Contains(settings, command) && (e.Relation != "" || !slices.Contains(parts, command)) {
			return false
		}
	}
	return len(e.Commands) > 0
}

// inAll reports whether the relation of an effect is one of those that an operation
// is about.
func inAll(about Names, e parser.Effect) bool {
	name := e.Name
	if e.Relation != "" {
		name = e.Relation
	}
	_, ok := about[Relation(e.Schema, name)]
	return ok
}
