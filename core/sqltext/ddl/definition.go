package ddl

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/sqltext"
)

// definition returns what a statement says.
func definition(class string, tree map[string]any, s sqltext.Statement) Definition {
	if tree == nil {
		return nil
	}
	r, n := newReader(s), node(tree)
	if read := readers[class]; read != nil {
		return read(r, n)
	}
	return Other{Class: class}
}

// readers are what reads statements, by PostgreSQL's name for them.
var readers = map[string]func(*reader, node) Definition{
	"CreateStmt":                 (*reader).createTable,
	"AlterTableStmt":             (*reader).alterTable,
	"IndexStmt":                  (*reader).createIndex,
	"CreateSeqStmt":              func(r *reader, n node) Definition { return r.sequence(n, false) },
	"AlterSeqStmt":               func(r *reader, n node) Definition { return r.sequence(n, true) },
	"CreateEnumStmt":             (*reader).createEnum,
	"CreateDomainStmt":           (*reader).createDomain,
	"CompositeTypeStmt":          (*reader).createComposite,
	"CreateRangeStmt":            (*reader).createRange,
	"ViewStmt":                   (*reader).createView,
	"CreateTableAsStmt":          (*reader).createTableAs,
	"CreateFunctionStmt":         (*reader).createRoutine,
	"DefineStmt":                 (*reader).define,
	"CreateTrigStmt":             (*reader).createTrigger,
	"CreateEventTrigStmt":        (*reader).createEventTrigger,
	"AlterEventTrigStmt":         (*reader).alterEventTrigger,
	"CreateStatsStmt":            (*reader).createStatistics,
	"AlterStatsStmt":             (*reader).alterStatistics,
	"CommentStmt":                (*reader).comment,
	"CreatePolicyStmt":           (*reader).createPolicy,
	"CreateExtensionStmt":        (*reader).createExtension,
	"VariableSetStmt":            (*reader).set,
	"SelectStmt":                 (*reader).selection,
	"CreatePublicationStmt":      (*reader).createPublication,
	"AlterPublicationStmt":       (*reader).alterPublication,
	"GrantStmt":                  (*reader).grant,
	"CreateCastStmt":             (*reader).createCast,
	"RuleStmt":                   (*reader).createRule,
	"AlterDefaultPrivilegesStmt": (*reader).defaultPrivileges,
	"CreateFdwStmt":              func(r *reader, _ node) Definition { return r.byName(4, "FOREIGN DATA WRAPPER") },
	"CreateForeignServerStmt":    (*reader).createServer,
	"CreateUserMappingStmt":      (*reader).createUserMapping,
	"CreateForeignTableStmt":     (*reader).createForeignTable,
	"CreateOpClassStmt":          func(r *reader, n node) Definition { return r.createUsing(n, "OPERATOR CLASS") },
	"CreateOpFamilyStmt":         func(r *reader, n node) Definition { return r.createUsing(n, "OPERATOR FAMILY") },
	"CreateConversionStmt":       (*reader).createConversion,
	"CreateAmStmt":               func(r *reader, _ node) Definition { return r.byName(3, "ACCESS METHOD") },
	"CreatePLangStmt":            (*reader).createLanguage,
	"CreateTransformStmt":        (*reader).createTransform,
	"AlterTSConfigurationStmt":   (*reader).alterSearch,
	"AlterEnumStmt":              (*reader).alterEnum,
	"InsertStmt":                 func(_ *reader, n node) Definition { return Insert{Table: n.relation("relation")} },
	"DropStmt":                   func(_ *reader, n node) Definition { return Drop{IfExists: n.flag("missing_ok")} },
	"CreateSchemaStmt":           func(_ *reader, n node) Definition { return CreateSchema{Name: n.text("schemaname")} },
	"AlterOwnerStmt":             func(*reader, node) Definition { return AlterOwner{} },
}

func (r *reader) createEnum(n node) Definition {
	return CreateEnum{Name: nameOf(n.strings("typeName")), Place: r.third(), Values: n.strings("vals")}
}

func (r *reader) createRange(n node) Definition {
	return CreateRange{Name: nameOf(n.strings("typeName")), Place: r.third(), Options: r.options(n.list("params"))}
}

// lowered returns the words of PostgreSQL's name for a kind of objects.
func lowered(name string) string {
	return strings.ReplaceAll(strings.ToLower(strings.TrimPrefix(name, "OBJECT_")), "_", " ")
}
