package triggers

import "github.com/whimbreldb/whimbrel/core/detect"

// Name is the name of the plugin.
const Name = "triggers"

// The kinds of objects.
const (
	ConstraintKind = "triggers.constraint_trigger" // app.model.label
	AuditKind      = "triggers.audit_trigger"      // app.model
	LogKind        = "triggers.audit_log"          // audit_log
)

func newManifest() *detect.Manifest {
	return &detect.Manifest{
		Name: Name, Version: "1.0.0",
		Doc: "Constraint triggers keep invariants over several rows and tables, audit triggers record every change.",
		Kinds: []detect.Kind{
			{
				Name: ConstraintKind, Doc: "A query that must return no row.", Attrs: constraintShape(),
				Siblings: []string{"constraint pkey"},
			},
			{
				Name: AuditKind, Doc: "Records the changes of a table's rows in audit.log.", Attrs: auditShape(),
				Siblings: []string{"field", "constraint pkey"},
			},
			{Name: LogKind, Doc: "The table audit.log.", Outlives: true},
		},
		Options:      options(),
		Implications: []detect.Implication{{Kind: LogKind, Names: []string{"audit_log"}, ByKind: AuditKind}},
		Emits: []string{
			"triggers.create_constraint_trigger", "triggers.drop_constraint_trigger",
			"triggers.create_audit_trigger", "triggers.drop_audit_trigger",
			"triggers.create_audit_log", "triggers.drop_audit_log",
		},
		Reads: []string{"domain", "enum", "model", "field", "constraint"},
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
			Name: "audit_trigger", On: detect.OnModel, Kind: AuditKind, Switch: true,
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
			Name: "isolation", Type: detect.TypeKeyword, OneOf: []string{"read_committed", "serializable"}, Default: "read_committed",
			Doc: "The isolation level of the transactions that write. Others are refused where they could break it together.",
		},
	}}
}

func auditShape() detect.Shape {
	return detect.Shape{Attrs: []detect.Attr{
		{
			Name: "fields", Type: detect.TypeFields, Aspects: []string{"name", "type", "definition"},
			Doc: "The fields that are recorded. Without it, all.",
		},
		{
			Name: "exclude", Type: detect.TypeFields, Aspects: []string{"name", "type", "definition"},
			Doc: "Fields that are not recorded. An update of nothing else leaves no record.",
		},
	}}
}
