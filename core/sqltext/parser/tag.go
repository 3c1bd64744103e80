package parser

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/sqltext"
)

// tagOf returns the name of a statement as PostgreSQL's command tags have it: CREATE
// SERVER, ALTER TEXT SEARCH CONFIGURATION, SET. Of one that it does not know, it is
// the first word.
func tagOf(class string, n node, text string) string {
	if tag := tags[class]; tag != "" {
		return tag
	}
	switch class {
	case "DefineStmt":
		return "CREATE " + tagOfObject(n.text("kind"))
	case "CreateFunctionStmt":
		if n.flag("is_procedure") {
			return "CREATE PROCEDURE"
		}
		return "CREATE FUNCTION"
	case "CreateTableAsStmt":
		if n.text("objtype") == "OBJECT_MATVIEW" {
			return "CREATE MATERIALIZED VIEW"
		}
		return "CREATE TABLE AS"
	case "DropStmt":
		return "DROP " + tagOfObject(n.text("removeType"))
	case "RenameStmt":
		return "ALTER " + tagOfRenamed(n)
	case "AlterTableStmt", "AlterFunctionStmt":
		return "ALTER " + tagOfObject(n.text("objtype"))
	case "AlterOwnerStmt", "AlterObjectSchemaStmt", "AlterObjectDependsStmt":
		return "ALTER " + tagOfObject(n.text("objectType"))
	case "AlterTableMoveAllStmt": // whoever judges has to tell it from ALTER TABLE, its tag
		return "ALTER " + tagOfObject(n.text("objtype")) + " ALL IN TABLESPACE"
	}
	return tagOfOption(class, n, text)
}

// tagOfOption returns the name of a statement of which an option says what it is.
func tagOfOption(class string, n node, text string) string {
	switch {
	case n.text("kind") == "TRANS_STMT_PREPARE":
		return "PREPARE TRANSACTION"
	case n.text("kind") == "TRANS_STMT_COMMIT_PREPARED", n.text("kind") == "TRANS_STMT_ROLLBACK_PREPARED":
		return sqltext.Keyword(text) + " PREPARED"
	case class == "GrantRoleStmt", class == "DropRoleStmt", class == "CreateRoleStmt":
		return sqltext.Keyword(text) + " ROLE"
	}
	return sqltext.Keyword(text)
}

// tagOfRenamed returns what is renamed, or what that is a part of.
func tagOfRenamed(n node) string {
	switch kind := n.text("renameType"); kind {
	case "OBJECT_COLUMN", "OBJECT_ATTRIBUTE", "OBJECT_TABCONSTRAINT":
		if of := n.text("relationType"); of != "" && of != "OBJECT_ACCESS_METHOD" && kind != "OBJECT_TABCONSTRAINT" { // the zero value
			return tagOfObject(of)
		}
		return altered(strings.ToUpper(classOf(kind)))
	default:
		return tagOfObject(kind)
	}
}

func tagOfObject(kind string) string { return altered(strings.ToUpper(classOf(kind))) }

// tags are the names of statements that have one.
var tags = map[string]string{
	"AlterCollationStmt": "ALTER COLLATION", "AlterDatabaseRefreshCollStmt": "ALTER DATABASE", "AlterDatabaseSetStmt": "ALTER DATABASE",
	"AlterDatabaseStmt": "ALTER DATABASE", "AlterDefaultPrivilegesStmt": "ALTER DEFAULT PRIVILEGES", "AlterDomainStmt": "ALTER DOMAIN",
	"AlterEnumStmt": "ALTER TYPE", "AlterEventTrigStmt": "ALTER EVENT TRIGGER", "AlterExtensionContentsStmt": "ALTER EXTENSION",
	"AlterExtensionStmt": "ALTER EXTENSION", "AlterFdwStmt": "ALTER FOREIGN DATA WRAPPER", "AlterForeignServerStmt": "ALTER SERVER",
	"AlterOpFamilyStmt": "ALTER OPERATOR FAMILY", "AlterOperatorStmt": "ALTER OPERATOR", "AlterPolicyStmt": "ALTER POLICY",
	"AlterPublicationStmt": "ALTER PUBLICATION", "AlterRoleSetStmt": "ALTER ROLE", "AlterRoleStmt": "ALTER ROLE", "AlterSeqStmt": "ALTER SEQUENCE",
	"AlterStatsStmt": "ALTER STATISTICS", "AlterSubscriptionStmt": "ALTER SUBSCRIPTION", "AlterSystemStmt": "ALTER SYSTEM",
	"AlterTSConfigurationStmt": "ALTER TEXT SEARCH CONFIGURATION", "AlterTSDictionaryStmt": "ALTER TEXT SEARCH DICTIONARY",
	"AlterTableSpaceOptionsStmt": "ALTER TABLESPACE", "AlterTypeStmt": "ALTER TYPE", "AlterUserMappingStmt": "ALTER USER MAPPING",
	"ClosePortalStmt": "CLOSE CURSOR", "CompositeTypeStmt": "CREATE TYPE", "ConstraintsSetStmt": "SET CONSTRAINTS", "CreateAmStmt": "CREATE ACCESS METHOD",
	"CreateCastStmt": "CREATE CAST", "CreateConversionStmt": "CREATE CONVERSION", "CreateDomainStmt": "CREATE DOMAIN", "CreateEnumStmt": "CREATE TYPE",
	"CreateEventTrigStmt": "CREATE EVENT TRIGGER", "CreateExtensionStmt": "CREATE EXTENSION", "CreateFdwStmt": "CREATE FOREIGN DATA WRAPPER",
	"CreateForeignServerStmt": "CREATE SERVER", "CreateForeignTableStmt": "CREATE FOREIGN TABLE", "CreateOpClassStmt": "CREATE OPERATOR CLASS",
	"CreateOpFamilyStmt": "CREATE OPERATOR FAMILY", "CreatePLangStmt": "CREATE LANGUAGE", "CreatePolicyStmt": "CREATE POLICY",
	"CreatePublicationStmt": "CREATE PUBLICATION", "CreateRangeStmt": "CREATE TYPE", "CreateSchemaStmt": "CREATE SCHEMA", "CreateSeqStmt": "CREATE SEQUENCE",
	"CreateStatsStmt": "CREATE STATISTICS", "CreateStmt": "CREATE TABLE", "CreateSubscriptionStmt": "CREATE SUBSCRIPTION",
	"CreateTableSpaceStmt": "CREATE TABLESPACE", "CreateTransformStmt": "CREATE TRANSFORM", "CreateTrigStmt": "CREATE TRIGGER",
	"CreateUserMappingStmt": "CREATE USER MAPPING", "CreatedbStmt": "CREATE DATABASE", "DeclareCursorStmt": "DECLARE CURSOR", "DropOwnedStmt": "DROP OWNED",
	"DropSubscriptionStmt": "DROP SUBSCRIPTION", "DropTableSpaceStmt": "DROP TABLESPACE", "DropUserMappingStmt": "DROP USER MAPPING",
	"DropdbStmt": "DROP DATABASE", "ImportForeignSchemaStmt": "IMPORT FOREIGN SCHEMA", "IndexStmt": "CREATE INDEX",
	"ReassignOwnedStmt": "REASSIGN OWNED", "RefreshMatViewStmt": "REFRESH MATERIALIZED VIEW", "RuleStmt": "CREATE RULE", "SecLabelStmt": "SECURITY LABEL",
	"LockStmt": "LOCK TABLE", "TruncateStmt": "TRUNCATE TABLE", "ViewStmt": "CREATE VIEW",
}
