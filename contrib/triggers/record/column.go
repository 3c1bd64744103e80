package record

// The columns of the log. A history table has those up to User and Context too.
const (
	At          = "at"        // time of the record
	Transaction = "xid"       // the xid8 of the transaction
	Operation   = "operation" // see Operations
	User        = "db_user"   // who connected
	Context     = "context"   // jsonb: what the application said

	ID    = "id"         // bigint, in the order of writing
	Model = "model"      // what the model was called
	Table = "table_name" // without its schema
	// Row is the primary key as an object; NULL for a table without one and for the
	// truncation of a table.
	Row = "row_id"
	// Old and New are objects of columns: of an update at least those that changed;
	// NULL where there is none.
	Old = "old"
	New = "new"
)

// The columns that only a history table has, besides those of its model.
const (
	HistoryID = "history_id" // bigint, in the order of writing
	// OldRow is the primary key as an object that a row had before an update changed it.
	OldRow = "old_row_id"
)

// RowHash is what the log's index of rows has.
const RowHash = "pg_catalog.jsonb_hash(" + Row + ")"

// LogColumns returns the columns of the log in their order.
func LogColumns() []string {
	return []string{ID, At, Transaction, Operation, Model, Table, Row, Old, New, User, Context}
}

// HistoryColumns returns the columns that every history table has, in their order.
func HistoryColumns() []string {
	return []string{HistoryID, At, Transaction, Operation, User, Context, OldRow}
}
