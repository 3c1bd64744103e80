package review_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/review"
	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
)

// What becomes of a statement: it is taken, taken with a hazard, or refused for one of
// the reasons.
const (
	taken       = "taken"
	hazard      = "hazard"
	transaction = "whimbrel itself begins and ends the transaction"
	session     = "it changes the session"
	server      = "it is about the whole server"
	unnamed     = "it changes objects that it does not name"
	files       = "it reads or writes files of the server"
	interactive = "it is for a session with somebody in it"
)

// statements are all that PostgreSQL 15 has, by the nodes of its parser, with their
// command tags.
var statements = []struct{ node, sql, tag, verdict string }{
	{"AlterCollationStmt", "ALTER COLLATION own.c REFRESH VERSION", "ALTER COLLATION", taken},
	{"AlterDatabaseRefreshCollStmt", "ALTER DATABASE d REFRESH COLLATION VERSION", "ALTER DATABASE", server},
	{"AlterDatabaseSetStmt", "ALTER DATABASE d SET a = 1", "ALTER DATABASE", server},
	{"AlterDatabaseStmt", "ALTER DATABASE d ALLOW_CONNECTIONS false", "ALTER DATABASE", server},
	{"AlterDefaultPrivilegesStmt", "ALTER DEFAULT PRIVILEGES IN SCHEMA own GRANT SELECT ON TABLES TO reader", "ALTER DEFAULT PRIVILEGES", taken},
	{"AlterDomainStmt", "ALTER DOMAIN own.d SET NOT NULL", "ALTER DOMAIN", taken},
	{"AlterEnumStmt", "ALTER TYPE own.e ADD VALUE 'x'", "ALTER TYPE", taken},
	{"AlterEventTrigStmt", "ALTER EVENT TRIGGER e DISABLE", "ALTER EVENT TRIGGER", taken},
	{"AlterExtensionContentsStmt", "ALTER EXTENSION x ADD TABLE own.t", "ALTER EXTENSION", taken},
	{"AlterExtensionStmt", "ALTER EXTENSION x UPDATE", "ALTER EXTENSION", taken},
	{"AlterFdwStmt", "ALTER FOREIGN DATA WRAPPER w NO VALIDATOR", "ALTER FOREIGN DATA WRAPPER", taken},
	{"AlterForeignServerStmt", "ALTER SERVER s VERSION '2'", "ALTER SERVER", taken},
	{"AlterFunctionStmt", "ALTER FUNCTION own.f() STABLE", "ALTER FUNCTION", taken},
	{"AlterFunctionStmt", "ALTER PROCEDURE own.f() RESET ALL", "ALTER PROCEDURE", taken},
	{"AlterFunctionStmt", "ALTER ROUTINE own.f() RESET ALL", "ALTER ROUTINE", taken},
	{"AlterObjectDependsStmt", "ALTER FUNCTION own.f() DEPENDS ON EXTENSION x", "ALTER FUNCTION", taken},
	{"AlterObjectSchemaStmt", "ALTER TABLE own.t SET SCHEMA own", "ALTER TABLE", taken},
	{"AlterOpFamilyStmt", "ALTER OPERATOR FAMILY own.f USING btree DROP OPERATOR 1 (int, int)", "ALTER OPERATOR FAMILY", taken},
	{"AlterOperatorStmt", "ALTER OPERATOR own.+ (int, int) SET (RESTRICT = NONE)", "ALTER OPERATOR", taken},
	{"AlterOwnerStmt", "ALTER SCHEMA own OWNER TO ann", "ALTER SCHEMA", taken},
	{"AlterOwnerStmt", "ALTER LARGE OBJECT 7 OWNER TO ann", "ALTER LARGE OBJECT", unnamed},
	{"AlterPolicyStmt", "ALTER POLICY p ON own.t USING (true)", "ALTER POLICY", taken},
	{"AlterPublicationStmt", "ALTER PUBLICATION p ADD TABLE own.t", "ALTER PUBLICATION", taken},
	{"AlterRoleSetStmt", "ALTER ROLE r SET a = 1", "ALTER ROLE", server},
	{"AlterRoleStmt", "ALTER ROLE r SUPERUSER", "ALTER ROLE", server},
	{"AlterSeqStmt", "ALTER SEQUENCE own.s RESTART", "ALTER SEQUENCE", taken},
	{"AlterStatsStmt", "ALTER STATISTICS own.s SET STATISTICS 7", "ALTER STATISTICS", taken},
	{"AlterSubscriptionStmt", "ALTER SUBSCRIPTION u DISABLE", "ALTER SUBSCRIPTION", hazard},
	{"AlterSystemStmt", "ALTER SYSTEM SET a = 1", "ALTER SYSTEM", server},
	{"AlterTSConfigurationStmt", "ALTER TEXT SEARCH CONFIGURATION own.c DROP MAPPING FOR word", "ALTER TEXT SEARCH CONFIGURATION", taken},
	{"AlterTSDictionaryStmt", "ALTER TEXT SEARCH DICTIONARY own.d (a = b)", "ALTER TEXT SEARCH DICTIONARY", taken},
	{"AlterTableMoveAllStmt", "ALTER TABLE ALL IN TABLESPACE a SET TABLESPACE b", "ALTER TABLE ALL IN TABLESPACE", unnamed},
	{"AlterTableSpaceOptionsStmt", "ALTER TABLESPACE a SET (seq_page_cost = 1)", "ALTER TABLESPACE", server},
	{"AlterTableStmt", "ALTER TABLE own.t ADD c int", "ALTER TABLE", taken},
	{"AlterTableStmt", "ALTER FOREIGN TABLE own.t ADD c int", "ALTER FOREIGN TABLE", taken},
	{"AlterTableStmt", "ALTER INDEX own.i SET (fillfactor = 70)", "ALTER INDEX", taken},
	{"AlterTableStmt", "ALTER MATERIALIZED VIEW own.m SET (fillfactor = 70)", "ALTER MATERIALIZED VIEW", taken},
	{"AlterTypeStmt", "ALTER TYPE own.y SET (STORAGE = plain)", "ALTER TYPE", taken},
	{"AlterUserMappingStmt", "ALTER USER MAPPING FOR ann SERVER s OPTIONS (SET password 'x')", "ALTER USER MAPPING", hazard},
	{"CallStmt", "CALL own.f()", "CALL", hazard},
	{"CheckPointStmt", "CHECKPOINT", "CHECKPOINT", server},
	{"ClosePortalStmt", "CLOSE c", "CLOSE CURSOR", interactive},
	{"ClusterStmt", "CLUSTER own.t", "CLUSTER", taken},
	{"CommentStmt", "COMMENT ON TABLE own.t IS 'x'", "COMMENT", taken},
	{"CompositeTypeStmt", "CREATE TYPE own.y AS (a int)", "CREATE TYPE", taken},
	{"ConstraintsSetStmt", "SET CONSTRAINTS ALL DEFERRED", "SET CONSTRAINTS", taken},
	{"CopyStmt", "COPY own.t TO '/tmp/x'", "COPY", files},
	{"CreateAmStmt", "CREATE ACCESS METHOD a TYPE INDEX HANDLER own.f", "CREATE ACCESS METHOD", taken},
	{"CreateCastStmt", "CREATE CAST (own.y AS text) WITHOUT FUNCTION", "CREATE CAST", taken},
	{"CreateConversionStmt", "CREATE CONVERSION own.c FOR 'UTF8' TO 'LATIN1' FROM own.f", "CREATE CONVERSION", taken},
	{"CreateDomainStmt", "CREATE DOMAIN own.d AS int", "CREATE DOMAIN", taken},
	{"CreateEnumStmt", "CREATE TYPE own.e AS ENUM ('a')", "CREATE TYPE", taken},
	{"CreateEventTrigStmt", "CREATE EVENT TRIGGER e ON sql_drop EXECUTE FUNCTION own.f()", "CREATE EVENT TRIGGER", taken},
	{"CreateExtensionStmt", "CREATE EXTENSION x", "CREATE EXTENSION", taken},
	{"CreateFdwStmt", "CREATE FOREIGN DATA WRAPPER w HANDLER own.f", "CREATE FOREIGN DATA WRAPPER", taken},
	{"CreateForeignServerStmt", "CREATE SERVER s FOREIGN DATA WRAPPER w OPTIONS (host 'x')", "CREATE SERVER", taken},
	{"CreateForeignTableStmt", "CREATE FOREIGN TABLE own.t (a int) SERVER s", "CREATE FOREIGN TABLE", taken},
	{"CreateFunctionStmt", "CREATE FUNCTION own.f() RETURNS int LANGUAGE sql RETURN 1", "CREATE FUNCTION", taken},
	{"CreateFunctionStmt", "CREATE PROCEDURE own.f() LANGUAGE sql AS ''", "CREATE PROCEDURE", taken},
	{"CreateOpClassStmt", "CREATE OPERATOR CLASS own.c FOR TYPE int USING btree AS STORAGE int", "CREATE OPERATOR CLASS", taken},
	{"CreateOpFamilyStmt", "CREATE OPERATOR FAMILY own.f USING btree", "CREATE OPERATOR FAMILY", taken},
	{"CreatePLangStmt", "CREATE LANGUAGE l HANDLER own.f", "CREATE LANGUAGE", taken},
	{"CreatePolicyStmt", "CREATE POLICY p ON own.t", "CREATE POLICY", taken},
	{"CreatePublicationStmt", "CREATE PUBLICATION p FOR TABLE own.t", "CREATE PUBLICATION", taken},
	{"CreateRangeStmt", "CREATE TYPE own.r AS RANGE (subtype = int)", "CREATE TYPE", taken},
	{"CreateRoleStmt", "CREATE ROLE r", "CREATE ROLE", server},
	{"CreateRoleStmt", "CREATE USER r", "CREATE ROLE", server},
	{"CreateSchemaStmt", "CREATE SCHEMA own2", "CREATE SCHEMA", taken},
	{"CreateSeqStmt", "CREATE SEQUENCE own.s", "CREATE SEQUENCE", taken},
	{"CreateStatsStmt", "CREATE STATISTICS own.s ON a, b FROM own.t", "CREATE STATISTICS", taken},
	{"CreateStmt", "CREATE TABLE own.t ()", "CREATE TABLE", taken},
	{"CreateSubscriptionStmt", "CREATE SUBSCRIPTION u CONNECTION 'x' PUBLICATION p", "CREATE SUBSCRIPTION", hazard},
	{"CreateTableAsStmt", "CREATE TABLE own.t AS SELECT 1", "CREATE TABLE AS", taken},
	{"CreateTableAsStmt", "CREATE MATERIALIZED VIEW own.m AS SELECT 1", "CREATE MATERIALIZED VIEW", taken},
	{"CreateTableSpaceStmt", "CREATE TABLESPACE a LOCATION '/x'", "CREATE TABLESPACE", server},
	{"CreateTransformStmt", "CREATE TRANSFORM FOR int LANGUAGE l (FROM SQL WITH FUNCTION own.f(internal))", "CREATE TRANSFORM", taken},
	{"CreateTrigStmt", "CREATE TRIGGER t AFTER INSERT ON own.t EXECUTE FUNCTION own.f()", "CREATE TRIGGER", taken},
	{"CreateUserMappingStmt", "CREATE USER MAPPING FOR ann SERVER s OPTIONS (password 'x')", "CREATE USER MAPPING", hazard},
	{"CreatedbStmt", "CREATE DATABASE d", "CREATE DATABASE", server},
	{"DeallocateStmt", "DEALLOCATE a", "DEALLOCATE", interactive},
	{"DeclareCursorStmt", "DECLARE c CURSOR FOR SELECT 1", "DECLARE CURSOR", interactive},
	{"DefineStmt", "CREATE AGGREGATE own.a (int) (sfunc = f, stype = int)", "CREATE AGGREGATE", taken},
	{"DefineStmt", "CREATE OPERATOR own.+ (function = own.f, leftarg = int)", "CREATE OPERATOR", taken},
	{"DefineStmt", "CREATE TYPE own.y", "CREATE TYPE", taken},
	{"DefineStmt", "CREATE COLLATION own.c (locale = 'C')", "CREATE COLLATION", taken},
	{"DefineStmt", "CREATE TEXT SEARCH CONFIGURATION own.c (COPY = simple)", "CREATE TEXT SEARCH CONFIGURATION", taken},
	{"DefineStmt", "CREATE TEXT SEARCH DICTIONARY own.d (TEMPLATE = simple)", "CREATE TEXT SEARCH DICTIONARY", taken},
	{"DefineStmt", "CREATE TEXT SEARCH PARSER own.p (START = f)", "CREATE TEXT SEARCH PARSER", taken},
	{"DefineStmt", "CREATE TEXT SEARCH TEMPLATE own.p (LEXIZE = f)", "CREATE TEXT SEARCH TEMPLATE", taken},
	{"DeleteStmt", "DELETE FROM own.t", "DELETE", hazard},
	{"DiscardStmt", "DISCARD ALL", "DISCARD", session},
	{"DoStmt", "DO $$ BEGIN NULL; END $$", "DO", taken},
	{"DropOwnedStmt", "DROP OWNED BY ann", "DROP OWNED", unnamed},
	{"DropRoleStmt", "DROP ROLE r", "DROP ROLE", server},
	{"DropStmt", "DROP SERVER s", "DROP SERVER", taken},
	{"DropStmt", "DROP FOREIGN DATA WRAPPER w", "DROP FOREIGN DATA WRAPPER", taken},
	{"DropStmt", "DROP TEXT SEARCH CONFIGURATION own.c", "DROP TEXT SEARCH CONFIGURATION", taken},
	{"DropStmt", "DROP TABLE own.t", "DROP TABLE", hazard},
	{"DropStmt", "DROP ACCESS METHOD a", "DROP ACCESS METHOD", taken},
	{"DropSubscriptionStmt", "DROP SUBSCRIPTION u", "DROP SUBSCRIPTION", hazard},
	{"DropTableSpaceStmt", "DROP TABLESPACE a", "DROP TABLESPACE", server},
	{"DropUserMappingStmt", "DROP USER MAPPING FOR ann SERVER s", "DROP USER MAPPING", taken},
	{"DropdbStmt", "DROP DATABASE d", "DROP DATABASE", server},
	{"ExecuteStmt", "EXECUTE a", "EXECUTE", interactive},
	{"ExplainStmt", "EXPLAIN SELECT 1", "EXPLAIN", interactive},
	{"FetchStmt", "FETCH c", "FETCH", interactive},
	{"FetchStmt", "MOVE c", "MOVE", interactive},
	{"GrantRoleStmt", "GRANT r TO ann", "GRANT ROLE", server},
	{"GrantRoleStmt", "REVOKE r FROM ann", "REVOKE ROLE", server},
	{"GrantStmt", "GRANT SELECT ON own.t TO ann", "GRANT", taken},
	{"GrantStmt", "REVOKE SELECT ON own.t FROM ann", "REVOKE", taken},
	{"ImportForeignSchemaStmt", "IMPORT FOREIGN SCHEMA a FROM SERVER s INTO own", "IMPORT FOREIGN SCHEMA", hazard},
	{"IndexStmt", "CREATE INDEX i ON own.t (a)", "CREATE INDEX", taken},
	{"InsertStmt", "INSERT INTO own.t VALUES (1)", "INSERT", taken},
	{"ListenStmt", "LISTEN a", "LISTEN", interactive},
	{"LoadStmt", "LOAD 'x'", "LOAD", session},
	{"LockStmt", "LOCK own.t", "LOCK TABLE", taken},
	{"MergeStmt", "MERGE INTO own.t USING own.t AS u ON true WHEN MATCHED THEN DO NOTHING", "MERGE", hazard},
	{"NotifyStmt", "NOTIFY a", "NOTIFY", interactive},
	{"PrepareStmt", "PREPARE a AS SELECT 1", "PREPARE", interactive},
	{"ReassignOwnedStmt", "REASSIGN OWNED BY ann TO bob", "REASSIGN OWNED", unnamed},
	{"RefreshMatViewStmt", "REFRESH MATERIALIZED VIEW own.m", "REFRESH MATERIALIZED VIEW", taken},
	{"ReindexStmt", "REINDEX TABLE own.t", "REINDEX", taken},
	{"RenameStmt", "ALTER TABLE own.t RENAME c TO d", "ALTER TABLE", taken},
	{"RenameStmt", "ALTER TABLE own.t RENAME CONSTRAINT c TO d", "ALTER TABLE", taken},
	{"RenameStmt", "ALTER TYPE own.y RENAME ATTRIBUTE a TO b", "ALTER TYPE", taken},
	{"RenameStmt", "ALTER VIEW own.v RENAME a TO b", "ALTER VIEW", taken},
	{"RenameStmt", "ALTER SERVER s RENAME TO s2", "ALTER SERVER", taken},
	{"RenameStmt", "ALTER ROLE r RENAME TO q", "ALTER ROLE", server},
	{"RuleStmt", "CREATE RULE r AS ON INSERT TO own.t DO NOTHING", "CREATE RULE", taken},
	{"SecLabelStmt", "SECURITY LABEL ON TABLE own.t IS 'x'", "SECURITY LABEL", taken},
	{"SelectStmt", "SELECT 1", "SELECT", taken},
	{"TransactionStmt", "BEGIN", "BEGIN", transaction},
	{"TransactionStmt", "START TRANSACTION", "START", transaction},
	{"TransactionStmt", "COMMIT", "COMMIT", transaction},
	{"TransactionStmt", "ROLLBACK TO a", "ROLLBACK", transaction},
	{"TransactionStmt", "SAVEPOINT a", "SAVEPOINT", transaction},
	{"TransactionStmt", "RELEASE a", "RELEASE", transaction},
	{"TransactionStmt", "PREPARE TRANSACTION 'a'", "PREPARE TRANSACTION", transaction},
	{"TransactionStmt", "COMMIT PREPARED 'a'", "COMMIT PREPARED", transaction},
	{"TransactionStmt", "ROLLBACK PREPARED 'a'", "ROLLBACK PREPARED", transaction},
	{"TruncateStmt", "TRUNCATE own.t", "TRUNCATE TABLE", hazard},
	{"UnlistenStmt", "UNLISTEN a", "UNLISTEN", interactive},
	{"UpdateStmt", "UPDATE own.t SET a = 1", "UPDATE", hazard},
	{"VacuumStmt", "VACUUM own.t", "VACUUM", taken},
	{"VacuumStmt", "ANALYZE own.t", "ANALYZE", taken},
	{"VariableSetStmt", "SET a = 1", "SET", session},
	{"VariableSetStmt", "RESET a", "RESET", session},
	{"VariableShowStmt", "SHOW a", "SHOW", interactive},
	{"ViewStmt", "CREATE VIEW own.v AS SELECT 1", "CREATE VIEW", taken},
}

// makings make what the statements are about, so that it is the plugin's.
var makings = []string{
	"CREATE SCHEMA own", "CREATE EVENT TRIGGER e ON sql_drop EXECUTE FUNCTION own.f()", "CREATE EXTENSION x", "CREATE FOREIGN DATA WRAPPER w",
	"CREATE SERVER s FOREIGN DATA WRAPPER w", "CREATE USER MAPPING FOR ann SERVER s", "CREATE PUBLICATION p",
	"CREATE SUBSCRIPTION u CONNECTION 'x' PUBLICATION p", "CREATE ACCESS METHOD a TYPE INDEX HANDLER own.f",
}

func TestEveryStatement(t *testing.T) {
	t.Parallel()
	reader := parser.New(nil)
	judge := review.New(reader, review.NewHoldings(), review.NewHoldings())
	judge.Learn(operation.Operation{Up: operation.SQL(makings...)})
	for _, s := range statements {
		acts, err := reader.Effects(s.sql)
		require.NoError(t, err, s.sql)
		require.Equal(t, s.tag, acts[0].Kind, s.sql)
		found, err := judge.Operation(operation.Operation{Up: operation.SQL(s.sql), Irreversible: "the test says nothing of it"}, review.Names{})
		switch s.verdict {
		case taken, hazard:
			require.NoError(t, err, s.sql)
			require.Equal(t, s.verdict == hazard, len(found) > 0, "%s: %v", s.sql, found)
		default:
			require.ErrorContains(t, err, "has a statement of a kind that plugins do not emit, "+s.tag+": "+s.verdict)
		}
	}
}

// nodes are the statements of PostgreSQL's parser: those of parsenodes.h whose names
// end in Stmt. RawStmt, ReturnStmt, PLAssignStmt, SetOperationStmt and
// ReplicaIdentityStmt are parts of others.
var nodes = []string{
	"AlterCollationStmt", "AlterDatabaseRefreshCollStmt", "AlterDatabaseSetStmt", "AlterDatabaseStmt", "AlterDefaultPrivilegesStmt",
	"AlterDomainStmt", "AlterEnumStmt", "AlterEventTrigStmt", "AlterExtensionContentsStmt", "AlterExtensionStmt", "AlterFdwStmt",
	"AlterForeignServerStmt", "AlterFunctionStmt", "AlterObjectDependsStmt", "AlterObjectSchemaStmt", "AlterOpFamilyStmt",
	"AlterOperatorStmt", "AlterOwnerStmt", "AlterPolicyStmt", "AlterPublicationStmt", "AlterRoleSetStmt", "AlterRoleStmt",
	"AlterSeqStmt", "AlterStatsStmt", "AlterSubscriptionStmt", "AlterSystemStmt", "AlterTSConfigurationStmt",
	"AlterTSDictionaryStmt", "AlterTableMoveAllStmt", "AlterTableSpaceOptionsStmt", "AlterTableStmt", "AlterTypeStmt",
	"AlterUserMappingStmt", "CallStmt", "CheckPointStmt", "ClosePortalStmt", "ClusterStmt", "CommentStmt", "CompositeTypeStmt",
	"ConstraintsSetStmt", "CopyStmt", "CreateAmStmt", "CreateCastStmt", "CreateConversionStmt", "CreateDomainStmt", "CreateEnumStmt",
	"CreateEventTrigStmt", "CreateExtensionStmt", "CreateFdwStmt", "CreateForeignServerStmt", "CreateForeignTableStmt",
	"CreateFunctionStmt", "CreateOpClassStmt", "CreateOpFamilyStmt", "CreatePLangStmt", "CreatePolicyStmt", "CreatePublicationStmt",
	"CreateRangeStmt", "CreateRoleStmt", "CreateSchemaStmt", "CreateSeqStmt", "CreateStatsStmt", "CreateStmt",
	"CreateSubscriptionStmt", "CreateTableAsStmt", "CreateTableSpaceStmt", "CreateTransformStmt", "CreateTrigStmt",
	"CreateUserMappingStmt", "CreatedbStmt", "DeallocateStmt", "DeclareCursorStmt", "DefineStmt", "DeleteStmt", "DiscardStmt",
	"DoStmt", "DropOwnedStmt", "DropRoleStmt", "DropStmt", "DropSubscriptionStmt", "DropTableSpaceStmt", "DropUserMappingStmt",
	"DropdbStmt", "ExecuteStmt", "ExplainStmt", "FetchStmt", "GrantRoleStmt", "GrantStmt", "ImportForeignSchemaStmt", "IndexStmt",
	"InsertStmt", "ListenStmt", "LoadStmt", "LockStmt", "MergeStmt", "NotifyStmt", "PrepareStmt", "ReassignOwnedStmt",
	"RefreshMatViewStmt", "ReindexStmt", "RenameStmt", "RuleStmt", "SecLabelStmt", "SelectStmt", "TransactionStmt", "TruncateStmt",
	"UnlistenStmt", "UpdateStmt", "VacuumStmt", "VariableSetStmt", "VariableShowStmt", "ViewStmt",
}

func TestNoStatementIsForgotten(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, s := range statements {
		seen[s.node] = true
	}
	for _, node := range nodes {
		require.True(t, seen[node], node)
		delete(seen, node)
	}
	require.Empty(t, seen)
}
