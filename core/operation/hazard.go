package operation

import "github.com/whimbreldb/whimbrel/core/address"

// The codes of hazards.
const (
	// DataLoss: rows or values are lost.
	DataLoss = "data_loss"
	// NoValue: an operation, or its way back, fails because rows have no value for a
	// column that has to have one.
	NoValue = "no_value"
	// NoFit: an operation, or its way back, fails where rows hold a value that does not
	// fit into the type that its column gets. Nothing is lost, and nothing allows it.
	NoFit = "no_fit"
	// TableRewrite: every row of a table is written anew, and its indexes with it.
	TableRewrite = "table_rewrite"
	// TableScan: every row of a table is read. The text says who waits meanwhile.
	TableScan = "table_scan"
	// IndexBuild: an index is built over the rows that are there.
	IndexBuild = "index_build"
	// Stale: values that were computed before keep, though they would be others today. The
	// text says whose, and how they are computed anew.
	Stale = "stale_values"
	// Opaque: a statement of a plugin runs code that nobody has looked into.
	Opaque = "opaque"
)

// HazardCodes returns the codes of whimbrel's own hazards. Plugins have others as well.
func HazardCodes() []string {
	return []string{DataLoss, NoValue, NoFit, TableRewrite, TableScan, IndexBuild, Stale, Opaque}
}

// A Wait says who waits for what an operation does to a table.
type Wait string

// Who waits. A lock that lets readers go on is SHARE or SHARE ROW EXCLUSIVE, the
// other one ACCESS EXCLUSIVE.
const (
	WritersWait  Wait = "writers wait until it is done"
	EveryoneWait Wait = "readers and writers wait until it is done"
	NobodyWaits  Wait = "readers and writers go on meanwhile"
)

// Rewrite returns the hazard that the table, as SQL, is written anew for an object.
func Rewrite(object address.Address, table string) Hazard {
	return Hazard{Code: TableRewrite, Object: object, Text: "every row of " + table + " is written anew; " + string(EveryoneWait)}
}

// Scan returns the hazard that the table is read for an object.
func Scan(object address.Address, table string, wait Wait) Hazard {
	return Hazard{Code: TableScan, Object: object, Text: "every row of " + table + " is read; " + string(wait)}
}

// Read returns the hazard that the table is read for an object, while nobody waits.
func Read(object address.Address, table string) Hazard {
	return Hazard{Code: TableScan, Object: object, Text: "every row of " + table + " is read"}
}

// Lookup returns the hazard that the rows of a table are looked up in another one.
func Lookup(object address.Address, table, in string, wait Wait) Hazard {
	return Hazard{Code: TableScan, Object: object, Text: "every row of " + table + " is looked up in " + in + "; " + string(wait)}
}

// Build returns the hazard that an index is built over the rows of the table.
func Build(object address.Address, table string, wait Wait) Hazard {
	return Hazard{Code: IndexBuild, Object: object, Text: "an index is built over the rows of " + table + "; " + string(wait)}
}
