package record

// The settings of a session or transaction.
const (
	// ContextSetting is what an application says: JSON, or any text. An audit can
	// name another one.
	ContextSetting = "whimbrel.audit_context"
	// RetentionSetting is "on" where old records may be deleted.
	RetentionSetting = "whimbrel.audit_retention"
	// KeysChangedSetting is "on" for the rest of a transaction that changed primary
	// keys.
	KeysChangedSetting = "whimbrel.audit_keys_changed"
)
