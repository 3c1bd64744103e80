package lint

// A rule is one thing that SQL in use should not do, or not in that way.
type rule struct {
	code  string
	judge func(statement) []finding
}

// rules returns all of them. A code never gets another meaning.
func rules() []rule {
	return []rule{
		{"WH7001", indexBlocksWriters},
		{"WH7002", indexDropBlocks},
		{"WH7003", concurrentlyInTransaction},
		{"WH7004", columnRewrites},
		{"WH7005", columnWithoutValue},
		{"WH7006", typeChanges},
		{"WH7007", notNullScans},
		{"WH7008", constraintScans},
		{"WH7009", keyBuildsIndex},
		{"WH7010", dropLoses},
		{"WH7011", rowsLose},
		{"WH7012", renames},
		{"WH7013", cascades},
		{"WH7014", definerTrusts},
		{"WH7015", blocksEverybody},
	}
}

// one returns a finding about the whole statement.
func one(what, why, next string) []finding {
	return []finding{{what: what, why: why, next: next}}
}
