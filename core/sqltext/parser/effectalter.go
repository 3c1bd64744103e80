package parser

import "strings"

// alterTable takes in an ALTER TABLE, or one of what else is altered like it.
func (w *witness) alterTable(n node) {
	table := n.of("relation")
	own := ofRange(Alters, classOf(n.text("objtype")), table)
	own.If = n.flag("missing_ok")
	for _, v := range n.list("cmds") {
		cmd, _ := is(v, "AlterTableCmd")
		own.Commands = append(own.Commands, commandOf(cmd))
	}
	w.add(own)
	for _, v := range n.list("cmds") {
		cmd, _ := is(v, "AlterTableCmd")
		e := ofRelation(Alters, "", table, cmd.text("name"))
		e.If, e.Cascade, e.Commands = cmd.flag("missing_ok"), cmd.text("behavior") == "DROP_CASCADE", []string{commandOf(cmd)}
		switch subtype := cmd.text("subtype"); subtype {
		case "AT_AddColumn", "AT_AddConstraint":
			w.element(table, cmd["def"], e.If)
			continue
		case "AT_DropColumn":
			e.Verb, e.Class = Drops, "column"
		case "AT_DropConstraint":
			e.Verb, e.Class = Drops, "constraint"
		case "AT_AlterConstraint", "AT_ValidateConstraint":
			e.Class = "constraint"
			if def, ok := is(cmd["def"], "Constraint"); ok {
				e.Name = def.text("conname")
			}
		default:
			if e.Class = partOf(subtype); e.Class == "" {
				continue // of the table itself
			}
			if def, ok := is(cmd["def"], "ColumnDef"); ok {
				e.Type = typeText(def.of("typeName"))
			}
		}
		w.add(e)
	}
}

// partOf returns the class of what a part of ALTER TABLE names, if it is in the table.
func partOf(subtype string) string {
	switch {
	case ofColumns.has(subtype):
		return "column"
	case ofTriggers.has(subtype):
		return "trigger"
	case ofRules.has(subtype):
		return "rule"
	}
	return ""
}

const (
	ofTriggers words = " AT_EnableTrig AT_EnableAlwaysTrig AT_EnableReplicaTrig AT_DisableTrig "
	ofRules    words = " AT_EnableRule AT_EnableAlwaysRule AT_EnableReplicaRule AT_DisableRule "
)

// commandOf returns what a part of ALTER TABLE does, by libpg_query's name for it.
func commandOf(cmd node) string { return strings.TrimPrefix(cmd.text("subtype"), "AT_") }

// alters takes in a statement that alters an object.
func (w *witness) alters(class string, n node) bool {
	var e Effect
	switch class {
	case "AlterSeqStmt":
		e = ofRange(Alters, "sequence", n.of("sequence"))
	case "AlterEnumStmt":
		e = ofNames(Alters, "type", n.list("typeName"))
		for _, value := range []string{n.text("oldVal"), n.text("newVal")} {
			if value != "" {
				e.Values = append(e.Values, value)
			}
		}
	case "AlterTypeStmt":
		e = ofNames(Alters, "type", n.list("typeName"))
	case "AlterDomainStmt":
		e = ofNames(Alters, "domain", n.list("typeName"))
	case "AlterFunctionStmt":
		e = ofArgs(Alters, classOf(n.text("objtype")), n.of("func"))
	case "AlterPolicyStmt":
		e = ofRelation(Alters, "policy", n.of("table"), n.text("policy_name"))
	case "AlterExtensionStmt", "AlterExtensionContentsStmt":
		e = Effect{Verb: Alters, Class: "extension", Name: n.text("extname")}
	case "AlterPublicationStmt":
		e = Effect{Verb: Alters, Class: "publication", Name: n.text("pubname")}
	case "AlterEventTrigStmt":
		e = Effect{Verb: Alters, Class: "event trigger", Name: n.text("trigname")}
	case "AlterStatsStmt":
		e = ofNames(Alters, "statistics", n.list("defnames"))
	case "AlterForeignServerStmt":
		e = Effect{Verb: Alters, Class: "server", Name: n.text("servername")}
	case "AlterFdwStmt":
		e = Effect{Verb: Alters, Class: "foreign data wrapper", Name: n.text("fdwname")}
	case "AlterUserMappingStmt":
		e = ofMapping(Alters, n)
	case "DropUserMappingStmt":
		e = ofMapping(Drops, n)
	case "AlterSubscriptionStmt", "DropSubscriptionStmt":
		e = Effect{Verb: Alters, Class: "subscription", Name: n.text("subname")}
		if class == "DropSubscriptionStmt" {
			e.Verb = Drops
		}
	case "AlterTSConfigurationStmt":
		e = ofNames(Alters, "text search configuration", n.list("cfgname"))
	case "AlterTSDictionaryStmt":
		e = ofNames(Alters, "text search dictionary", n.list("dictname"))
	case "AlterOperatorStmt":
		e = ofArgs(Alters, "operator", n.of("opername"))
	case "AlterOpFamilyStmt":
		e = ofNames(Alters, "operator family", n.list("opfamilyname"))
	case "AlterCollationStmt":
		e = ofNames(Alters, "collation", n.list("collname"))
	default:
		return false
	}
	w.add(e)
	return true
}

// ofMapping returns an effect on the mapping of a user to one of a server.
func ofMapping(verb Verb, n node) Effect {
	user := n.of("user").text("rolename")
	if user == "" {
		user = strings.ToLower(strings.TrimPrefix(n.of("user").text("roletype"), "ROLESPEC_"))
	}
	return Effect{Verb: verb, Class: "user mapping", Name: user + " server " + n.text("servername"), If: n.flag("missing_ok")}
}

// ofArgs returns an effect on a function.
func ofArgs(verb Verb, class string, n node) Effect {
	e := ofNames(verb, class, n.list("objname"))
	if n.flag("args_unspecified") {
		return e
	}
	if e.Args = identity(n.list("objfuncargs")); len(e.Args) == 0 {
		for _, v := range n.list("objargs") {
			typ, _ := is(v, "TypeName")
			e.Args = append(e.Args, typeText(typ))
		}
	}
	return e
}

// objects takes in a statement that drops, renames or moves objects.
func (w *witness) objects(class string, n node) {
	verb, kind, to := Drops, n.text("removeType"), ""
	list := n.list("objects")
	switch class {
	case "RenameStmt":
		verb, kind, to, list = Renames, n.text("renameType"), n.text("newname"), []any{n["object"]}
	case "AlterObjectSchemaStmt":
		verb, kind, to, list = Moves, n.text("objectType"), n.text("newschema"), []any{n["object"]}
	case "AlterOwnerStmt", "AlterObjectDependsStmt":
		verb, kind, list = Alters, n.text("objectType"), []any{n["object"]}
	}
	for _, v := range list {
		e := w.object(classOf(kind), v, n)
		e.Verb, e.To = verb, to
		e.If, e.Cascade = n.flag("missing_ok"), n.text("behavior") == "DROP_CASCADE"
		w.add(e)
	}
}

// object returns the effect on an object that is named in one of the ways that
// PostgreSQL's grammar has for it.
func (w *witness) object(class string, v any, statement node) Effect {
	if relation := statement.of("relation"); relation != nil {
		if own := statement.text("subname"); own != "" {
			return ofRelation("", class, relation, own)
		}
		return ofRange("", class, relation)
	}
	kind, n := unwrap(v)
	switch kind {
	case "String":
		return Effect{Class: class, Name: n.text("sval")}
	case "TypeName":
		return ofNames("", class, n.list("names"))
	case "ObjectWithArgs":
		return ofArgs("", class, n)
	case "List":
		return ofList(class, n.list("items"), statement.text("subname"))
	}
	return Effect{Class: class, Name: statement.text("subname")}
}

// ofList returns the effect on an object that a list names: of a trigger and its
// like, the last name is its own, and those before are of the relation.
func ofList(class string, items []any, own string) Effect {
	parts := names(items)
	switch class {
	case "trigger", "policy", "rule", "column":
		schema, relation := qualified(parts[:max(len(parts)-1, 0)])
		return Effect{Class: class, Schema: schema, Relation: relation, Name: lastName(items)}
	case "operator class", "operator family":
		return ofNames("", class, items[min(len(items), 1):]) // the access method is the first one
	case "domain constraint":
		schema, domain := qualified(parts)
		return Effect{Class: class, Schema: schema, Relation: domain, Name: own}
	case "cast":
		if len(items) == 2 {
			from, _ := is(items[0], "TypeName")
			as, _ := is(items[1], "TypeName")
			return Effect{Class: class, Name: typeText(from) + " as " + typeText(as)}
		}
	}
	return ofNames("", class, items)
}
