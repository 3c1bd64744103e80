package parser

import "strings"

// statement takes in what a statement does beside referring to objects.
func (w *witness) statement(class string, n node) {
	visit(n, w.inside, class)
	switch class {
	case "SelectStmt", "InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt", "ExplainStmt", "CopyStmt", "LockStmt", "DoStmt":
	case "TransactionStmt", "VariableSetStmt", "VariableShowStmt", "VacuumStmt", "CheckPointStmt", "GrantStmt", "GrantRoleStmt",
		"AlterDefaultPrivilegesStmt", "CommentStmt", "SecLabelStmt", "ConstraintsSetStmt", "ListenStmt", "NotifyStmt", "UnlistenStmt",
		"DiscardStmt", "PrepareStmt", "DeallocateStmt", "DeclareCursorStmt", "FetchStmt", "ClosePortalStmt", "ReindexStmt", "ClusterStmt":
	case "TruncateStmt":
		for _, v := range n.list("relations") {
			table, _ := is(v, "RangeVar")
			w.writes("Truncate", table)
		}
	case "RefreshMatViewStmt":
		w.writes("Refresh", n.of("relation"))
	case "AlterTableStmt":
		w.alterTable(n)
	case "DropStmt", "RenameStmt", "AlterObjectSchemaStmt", "AlterOwnerStmt", "AlterObjectDependsStmt":
		w.objects(class, n)
	default:
		w.opaque = !w.creates(class, n) && !w.alters(class, n) || w.opaque
	}
}

// inside takes in what a statement does wherever it is in another one.
func (w *witness) inside(class string, n node) {
	switch class {
	case "InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt":
		w.writes(strings.TrimSuffix(class, "Stmt"), n.of("relation"))
	case "CopyStmt":
		if n.flag("is_from") {
			w.writes("Copy", n.of("relation"))
		}
	case "SelectStmt":
		if into := n.of("intoClause"); into != nil {
			w.add(ofRange(Creates, "table", into.of("rel")))
		}
		if len(n.list("lockingClause")) > 0 {
			w.locks(n.list("fromClause"))
		}
	case "DoStmt":
		w.do(n.list("args"))
	case "CallStmt", "ExecuteStmt", "LoadStmt":
		w.opaque = true
	}
}

// locks takes in that rows of relations are locked.
func (w *witness) locks(from []any) {
	for _, v := range from {
		if relation, ok := is(v, "RangeVar"); ok {
			w.add(ofRange(Locks, "relation", relation))
		}
	}
}

// writes takes in that rows of a relation are written.
func (w *witness) writes(how string, relation node) {
	e := ofRange(Writes, "relation", relation)
	e.Commands = []string{how}
	w.add(e)
}

// ofRange returns an effect on what a RangeVar names.
func ofRange(verb Verb, class string, n node) Effect {
	schema := n.text("schemaname")
	if n.text("relpersistence") == "t" && schema == "" {
		schema = "pg_temp"
	}
	return Effect{Verb: verb, Class: class, Schema: schema, Name: n.text("relname")}
}

// ofRelation returns an effect on what belongs to a relation.
func ofRelation(verb Verb, class string, of node, name string) Effect {
	e := ofRange(verb, class, of)
	e.Relation, e.Name = e.Name, name
	return e
}

// ofNames returns an effect on what a list of names names.
func ofNames(verb Verb, class string, list []any) Effect {
	schema, name := qualified(names(list))
	return Effect{Verb: verb, Class: class, Schema: schema, Name: name}
}

// creates takes in a statement that creates an object.
func (w *witness) creates(class string, n node) bool {
	var e Effect
	switch class {
	case "CreateStmt":
		w.createTable("table", n)
		return true
	case "CreateForeignTableStmt":
		w.createTable("foreign table", n.of("base"))
		return true
	case "CreateSchemaStmt":
		e = Effect{Verb: Creates, Class: "schema", Name: n.text("schemaname")}
		defer w.each(n.list("schemaElts"))
	case "ViewStmt":
		e = ofRange(Creates, "view", n.of("view"))
	case "CreateTableAsStmt":
		e = ofRange(Creates, classOf(n.text("objtype")), n.of("into").of("rel"))
	case "CreateSeqStmt":
		e = ofRange(Creates, "sequence", n.of("sequence"))
	case "IndexStmt":
		e = ofRelation(Creates, "index", n.of("relation"), n.text("idxname"))
	case "CreateTrigStmt":
		e = ofRelation(Creates, "trigger", n.of("relation"), n.text("trigname"))
		w.ask("function", schemaOf(names(n.list("funcname"))), lastName(n.list("funcname")))
	case "CreatePolicyStmt":
		e = ofRelation(Creates, "policy", n.of("table"), n.text("policy_name"))
	case "RuleStmt":
		e = ofRelation(Creates, "rule", n.of("relation"), n.text("rulename"))
	case "CreateFunctionStmt":
		e = ofNames(Creates, "function", n.list("funcname"))
		if n.flag("is_procedure") {
			e.Class = "procedure"
		}
		e.Args = identity(n.list("parameters"))
	case "CompositeTypeStmt":
		e = ofRange(Creates, "type", n.of("typevar"))
	case "CreateEnumStmt", "CreateRangeStmt":
		e = ofNames(Creates, "type", n.list("typeName"))
		e.Values = names(n.list("vals"))
	case "CreateDomainStmt":
		e = ofNames(Creates, "domain", n.list("domainname"))
	case "CreateStatsStmt":
		e = ofNames(Creates, "statistics", n.list("defnames"))
	case "DefineStmt":
		e = ofNames(Creates, classOf(n.text("kind")), n.list("defnames"))
		if args := n.list("args"); len(args) > 0 {
			list, _ := is(args[0], "List")
			e.Args = identity(list.list("items"))
		}
	case "CreateExtensionStmt":
		e = Effect{Verb: Creates, Class: "extension", Name: n.text("extname")}
	case "CreatePublicationStmt":
		e = Effect{Verb: Creates, Class: "publication", Name: n.text("pubname")}
	case "CreateEventTrigStmt":
		e = Effect{Verb: Creates, Class: "event trigger", Name: n.text("trigname")}
		w.ask("function", schemaOf(names(n.list("funcname"))), lastName(n.list("funcname")))
	case "CreateForeignServerStmt":
		e = Effect{Verb: Creates, Class: "server", Name: n.text("servername")}
	case "CreateFdwStmt":
		e = Effect{Verb: Creates, Class: "foreign data wrapper", Name: n.text("fdwname")}
	case "CreateUserMappingStmt":
		e = ofMapping(Creates, n)
	case "ImportForeignSchemaStmt":
		e = Effect{Verb: Creates, Class: "foreign table", Schema: n.text("local_schema")} // the server knows their names
		w.opaque = true
	case "CreateSubscriptionStmt":
		e = Effect{Verb: Creates, Class: "subscription", Name: n.text("subname")}
	case "CreateOpClassStmt":
		e = ofNames(Creates, "operator class", n.list("opclassname"))
	case "CreateOpFamilyStmt":
		e = ofNames(Creates, "operator family", n.list("opfamilyname"))
	case "CreateConversionStmt":
		e = ofNames(Creates, "conversion", n.list("conversion_name"))
	case "CreatePLangStmt":
		e = Effect{Verb: Creates, Class: "language", Name: n.text("plname")}
	case "CreateAmStmt":
		e = Effect{Verb: Creates, Class: "access method", Name: n.text("amname")}
	case "CreateTransformStmt":
		e = Effect{Verb: Creates, Class: "transform", Name: typeText(n.of("type_name")) + " language " + n.text("lang")}
	case "CreateCastStmt":
		e = Effect{Verb: Creates, Class: "cast", Name: typeText(n.of("sourcetype")) + " as " + typeText(n.of("targettype"))}
	default:
		return false
	}
	e.If, e.Replace = n.flag("if_not_exists"), n.flag("replace")
	w.effects = append([]Effect{e}, w.effects...)
	return true
}

func (w *witness) each(list []any) {
	for _, v := range list {
		class, n := unwrap(v)
		w.statement(class, n)
	}
}

// createTable takes in a CREATE TABLE with its columns and constraints.
func (w *witness) createTable(class string, n node) {
	table := n.of("relation")
	e := ofRange(Creates, class, table)
	e.If = n.flag("if_not_exists")
	w.add(e)
	for _, v := range n.list("tableElts") {
		w.element(table, v, false)
	}
	for _, v := range n.list("constraints") {
		w.element(table, v, false)
	}
}

// element takes in a column or constraint that a table gets.
func (w *witness) element(table node, v any, ifNot bool) {
	class, n := unwrap(v)
	var e Effect
	switch class {
	case "ColumnDef":
		e = ofRelation(Creates, "column", table, n.text("colname"))
		e.Type = typeText(n.of("typeName"))
	case "Constraint":
		e = ofRelation(Creates, "constraint", table, n.text("conname"))
	default:
		return
	}
	e.If = ifNot
	w.add(e)
}

// identity returns the types of the arguments that a function is known by: those
// that a caller gives.
func identity(list []any) []string {
	args := []string{}
	for _, v := range list {
		n, ok := is(v, "FunctionParameter")
		switch n.text("mode") {
		case "FUNC_PARAM_OUT", "FUNC_PARAM_TABLE":
			continue
		}
		if ok {
			args = append(args, typeText(n.of("argType")))
		}
	}
	return args
}

// parameters returns the names of a function's arguments.
func parameters(list []any) []Argument {
	var args []Argument
	for _, v := range list {
		if n, ok := is(v, "FunctionParameter"); ok {
			args = append(args, Argument{Name: n.text("name")})
		}
	}
	return args
}

func lastName(list []any) string {
	_, name := qualified(names(list))
	return name
}
