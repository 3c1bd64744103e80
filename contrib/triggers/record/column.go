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

// The columns that the log and history tables have at their end. Records from before
// have NULL in them.
const (
	// Began is when the transaction began. With its number it says which one it was,
	// as the numbers begin anew in a cluster that the records were restored into.
	Began = "xid_at"
	// Place is the number of the record that one belongs in front of, where it was written
	// after those of changes that it caused: triggers of the same rows made them. Its At
	// is of that place too. Of several with one place the earlier comes first.
	Place = "place"
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
	return append(FormerLogColumns(), Began, Place)
}

// FormerLogColumns returns the columns that every log has, in their order.
func FormerLogColumns() []string {
	return []string{ID, At, Transaction, Operation, Model, Table, Row, Old, New, User, Context}
}

// HistoryColumns returns the columns of a history table besides those of its model,
// in their order.
func HistoryColumns() []string {
	return append(FormerHistoryColumns(), Began, Place)
}

// FormerHistoryColumns returns those that it had before Began and Place.
func FormerHistoryColumns() []string {
	return []string{HistoryID, At, Transaction, Operation, User, Context, OldRow}
}

// The columns of Renames.
const (
	RenamedID    = "id"         // the number up to which records of the log have the former names
	RenamedAt    = "at"         // the time of that
	RenamedModel = "model"      // what the model is called since
	FormerModel  = "was_model"  // what it was called
	FormerColumn = "was_column" // a column; NULL where the model has another name
	RenamedTo    = "now_column" // NULL: there is none any more
)
