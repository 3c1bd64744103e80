package triggers

import (
	"github.com/whimbreldb/whimbrel/contrib/triggers/record"
	"github.com/whimbreldb/whimbrel/core/detect"
)

// Name is the name of the plugin.
const Name = "triggers"

// The kinds of objects.
const (
	ConstraintKind = "triggers.constraint_trigger" // app.model.label
	AuditKind      = "triggers.audit_trigger"      // app.model
	LogKind        = "triggers.audit_log"          // audit_log
	UpkeepKind     = "triggers.audit_upkeep"       // audit_upkeep
)

// constraintRendering is that of the SQL of constraint triggers. Before the first
// one it let violations pass, see former.go.
const constraintRendering = 1

// auditRendering is that of the SQL of audits and their upkeep. Before the first one
// records could be false, see audit_former.go.
const auditRendering = 1

func newManifest() *detect.Manifest {
	return &detect.Manifest{
		Name: Name, Version: "1.0.0",
		Doc: "Constraint triggers keep invariants over several rows and tables, audit triggers record every change.",
		Kinds: []detect.Kind{
			{
				Name: ConstraintKind, Doc: "A query that must return no row.", Attrs: constraintShape(),
				Siblings: []string{"constraint pkey"}, Rendering: constraintRendering,
			},
			{
				Name: AuditKind, Doc: "Records the changes of a table's rows.", Attrs: auditShape(),
				Siblings: []string{"field", "constraint pkey"}, Rendering: auditRendering,
			},
			{Name: LogKind, Doc: "The table audit.log.", Outlives: true},
			{Name: UpkeepKind, Doc: "Functions that divide the log and take out what is too old.", Rendering: auditRendering},
		},
		Options: options(),
		Implications: []detect.Implication{
			{Kind: LogKind, Names: []string{"audit_log"}, ByKind: AuditKind},
			{Kind: UpkeepKind, Names: []string{"audit_upkeep"}, ByKind: AuditKind},
		},
		Emits: []string{
			"triggers.create_constraint_trigger", "triggers.drop_constraint_trigger", "triggers.alter_constraint_trigger", "triggers.validate_constraint_trigger",
			"triggers.create_audit_trigger", "triggers.drop_audit_trigger", "triggers.alter_audit_trigger",
			"triggers.create_audit_log", "triggers.drop_audit_log",
			"triggers.create_audit_upkeep", "triggers.drop_audit_upkeep",
		},
		Consumes: []string{"rename"},
		Reads:    []string{AuditKind},
	}
}

func options() []detect.Option {
	return []detect.Option{
		{
			Name: "constraint_trigger", On: detect.OnModel, Kind: ConstraintKind, Labelled: true,
			Doc:   "Refuses every transaction after which the query would return a row.",
			Shape: constraintShape(),
		},
		{
			Name: "audit_trigger", On: detect.OnModel, Kind: AuditKind, Switch: true, Inherited: true,
			Doc:   "Records every inserted, updated and deleted row, and every truncation, in audit.log.",
			Shape: auditShape(),
		},
	}
}

func constraintShape() detect.Shape {
	return detect.Shape{Attrs: []detect.Attr{
		{
			Name: "query", Type: detect.TypeQuery, Required: true, Aspects: []string{"name", "type", "definition"},
			Doc: "What must not be: rows of the model, or groups of them where there is annotate.",
		},
		{Name: "error", Type: detect.TypeString, Required: true, Pattern: `(?s).*\S.*`, Doc: "The message of a refusal."},
		{Name: "hint", Type: detect.TypeString, Doc: "The hint of a refusal."},
		{
			Name: "deferrable", Type: detect.TypeKeyword, OneOf: []string{"deferred", "immediate", "never"}, Default: "deferred",
			Doc: "When it is checked: at the end of the transaction (deferred), at the end of the statement unless " +
				"SET CONSTRAINTS says otherwise (immediate), or always then (never).",
		},
		{
			Name: "initially", Type: detect.TypeKeyword, OneOf: []string{"deferred", "immediate"},
			Doc: "The same in the words of PostgreSQL: initially = immediate is deferrable = immediate.",
		},
		{
			Name: "validate", Type: detect.TypeBool, Default: "true",
			Doc: "Whether the rows that are there when it is added are checked. With false they are once it is taken out again.",
		},
		{
			Name: "isolation", Type: detect.TypeKeyword, OneOf: []string{"read_committed", "any", "serializable"}, Default: "read_committed",
			Doc: "The isolation level of the transactions that write. Others are refused where they could break it together. " +
				"With any, all are taken: writers of one result write a row of a table of locks, which costs a little more.",
		},
		{
			Name: "level", Type: detect.TypeKeyword, OneOf: []string{levelRow, levelStatement, levelBulk}, Default: levelRow,
			Doc: "What one check is for: a row, all rows of a statement, at its end, or all rows of a transaction (deferred_bulk). " +
				"The last two are for statements of many rows.",
		},
	}}
}

func auditShape() detect.Shape {
	return detect.Shape{Attrs: []detect.Attr{
		{
			Name: "storage", Type: detect.TypeKeyword, OneOf: []string{record.InLog, record.InHistory}, Default: record.InLog,
			Doc: "Where changes are recorded: in audit.log, as objects of what changed, or in a table of their own, " +
				"audit.<table>_history, with the columns of the table. The latter takes less time and room where statements are large.",
		},
		{
			Name: "history", Type: detect.TypeString, Pattern: `[a-z_][a-z0-9_]{0,50}`,
			Doc: "The name of the history table, in the schema audit, where it is not to be <table>_history.",
		},
		{
			Name: "fields", Type: detect.TypeFields, Aspects: []string{"name", "type", "definition"},
			Doc: "The fields that are recorded. Without it, all.",
		},
		{
			Name: "exclude", Type: detect.TypeFields, Aspects: []string{"name", "type", "definition"},
			Doc: "Fields that are not recorded. An update of nothing else leaves no record.",
		},
		{
			Name: "mask", Type: detect.TypeFields, Aspects: []string{"name", "type", "definition"},
			Doc: "Fields of which it is recorded that they changed, but not from what to what: [masked] stands for every value but NULL. " +
				"In a history table their columns are text. What was recorded before stays.",
		},
		{
			Name: "context", Type: detect.TypeString, Pattern: settingPattern, Default: record.ContextSetting,
			Doc: "The setting of the transaction that goes to the column context.",
		},
		{
			Name: "actor", Type: detect.TypeString, Pattern: settingPattern,
			Doc: "A setting of the transaction that goes to the column context as actor: who did it, in the application's terms.",
		},
		{
			Name: "new", Type: detect.TypeKeyword, OneOf: []string{newFull, "changed"}, Default: "changed",
			Doc: "What the log has of an update as new: the fields that changed, as in old, or the whole row. The latter takes more room.",
		},
		{
			Name: "truncate", Type: detect.TypeKeyword, OneOf: []string{"record", truncateRows, truncateRefuse}, Default: "record",
			Doc: "What a TRUNCATE does: one record, one for each row, or fail.",
		},
		{
			Name: "snapshot", Type: detect.TypeBool, Default: "false",
			Doc: "Records the rows that are there when the audit begins, as SNAPSHOT.",
		},
		{
			Name: "partition", Type: detect.TypeKeyword, OneOf: []string{partitionNone, "day", "week", defaultPartition, "year"}, Default: defaultPartition,
			Doc: "What one partition of audit.log is for. There is one log, so models that say something else cannot be together. " +
				"audit.rotate() makes the coming partitions; without it records go to a default one.",
		},
		{
			Name: "retention", Type: detect.TypeString, Pattern: `[1-9][0-9]* (day|week|month|year)s?`,
			Doc: "How long records are kept, such as 18 months. audit.rotate() takes out what is older. Without it, nothing is.",
		},
		{
			Name: "level", Type: detect.TypeKeyword, OneOf: []string{levelAuto, levelRow, levelStatement}, Default: levelAuto,
			Doc: "Whether the triggers are called for each statement or for each row. Partitioned tables need row. " +
				"With auto it is the statement, but the row where there is always.",
		},
		{
			Name: "always", Type: detect.TypeBool, Default: "false",
			Doc: "Records what replication writes too, and sessions whose session_replication_role is replica.",
		},
	}}
}

// settingPattern is the form of the names of settings that PostgreSQL does not know.
const settingPattern = `[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)+`
