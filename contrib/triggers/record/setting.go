package record

// The settings of a session or transaction.
const (
	// ContextSetting is what an application says: JSON, or any text. An audit can
	// name another one.
	ContextSetting = "whimbrel.audit_context"
	// RetentionSetting is "on" where old records may be deleted.
	RetentionSetting = "whimbrel.audit_retention"
	// MarksSetting has the marks of the statements of a transaction whose rows are
	// written and not yet recorded.
	MarksSetting = "whimbrel.audit_marks"
	// KeysChangedSetting was "on" for the rest of a transaction that changed primary
	// keys.
	KeysChangedSetting = "whimbrel.audit_keys_changed"
)
