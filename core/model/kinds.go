// Package model holds the built-in kinds of objects as Go structs: what stands
// in the attributes of a schema, enum, domain, model, field, index and
// constraint.
//
// Sources encode them, detectors and renderers decode them; in between they are
// canonical JSON. Fields of the structs stand in the order of their JSON names.
package model

import (
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/expression"
)

// The built-in kinds, and the paths of their addresses.
const (
	SchemaKind     = "schema"     // NAME: a schema of PostgreSQL; it belongs to no app
	EnumKind       = "enum"       // app.enum
	DomainKind     = "domain"     // app.domain
	ModelKind      = "model"      // app.model; a join model: app.model.field, its parent is the field
	FieldKind      = "field"      // app.model.field
	IndexKind      = "index"      // app.model.label
	ConstraintKind = "constraint" // app.model.label
)

// A Schema is a schema of PostgreSQL that models or types stand in. Its name is
// that of its address. The schema "public" is nobody's and no object.
type Schema struct{}

// SchemaMark is the comment on a schema that migrations have made: they drop no other one.
const SchemaMark = "Made by whimbrel"

// An Enum is an enumerated type.
type Enum struct {
	Comment string   `json:"comment,omitempty"`
	Name    string   `json:"name"` // in PostgreSQL
	Schema  string   `json:"schema"`
	Values  []string `json:"values"`
}

// A Domain is a type with constraints. In Check, the value is the node of kind
// SQL with the text VALUE.
type Domain struct {
	Check   *expression.Node `json:"check,omitempty"`
	Comment string           `json:"comment,omitempty"`
	Default *expression.Node `json:"default,omitempty"`
	Name    string           `json:"name"`
	Null    bool             `json:"null,omitempty"`
	Schema  string           `json:"schema"`
	Type    Type             `json:"type"`
}

// A Model is a table.
type Model struct {
	Comment string `json:"comment,omitempty"`
	// PartitionBy is a call of range, list or hash over the fields and expressions by
	// which its rows are divided into partitions; nil: it has none.
	PartitionBy *expression.Node `json:"partition_by,omitempty"`
	Schema      string           `json:"schema"`
	// Storage are storage parameters, such as fillfactor, as PostgreSQL writes them.
	Storage    map[string]string `json:"storage,omitempty"`
	Table      string            `json:"table"`
	Tablespace string            `json:"tablespace,omitempty"` // empty: that of the database
	// Unlogged: what is written is not in the log. After a crash the table is empty.
	Unlogged bool `json:"unlogged,omitempty"`
	// Unmanaged: the table is somebody else's; it is known but never changed.
	Unmanaged bool `json:"unmanaged,omitempty"`
}

// A Field is a column, or a many-to-many relation, which has none.
type Field struct {
	Collate string `json:"collate,omitempty"`
	Column  string `json:"column,omitempty"` // empty for many_to_many
	Comment string `json:"comment,omitempty"`
	// Compression is how large values are compressed: "pglz" or "lz4"; empty: as the
	// server's default says.
	Compression string           `json:"compression,omitempty"`
	Default     *expression.Node `json:"default,omitempty"`
	Generated   *expression.Node `json:"generated,omitempty"` // GENERATED ALWAYS AS (...) STORED, or VIRTUAL
	Identity    string           `json:"identity,omitempty"`  // "always" or "by_default"
	Null        bool             `json:"null,omitempty"`
	Relation    *Relation        `json:"relation,omitempty"`
	// Sequence is the name of an identity column's sequence, in the table's schema.
	Sequence string `json:"sequence,omitempty"`
	// Statistics is the statistics target, 0 to 10000; nil: the server's default.
	Statistics *int64 `json:"statistics,omitempty"`
	// Storage is where large values are kept: "plain", "main", "external" or
	// "extended"; empty: as the type says.
	Storage string `json:"storage,omitempty"`
	Type    Type   `json:"type,omitzero"` // zero for many_to_many
	// Virtual: what is generated is computed when it is read, and not stored.
	Virtual bool `json:"virtual,omitempty"`
}

// A Relation is where a foreign_key, one_to_one or many_to_many leads.
type Relation struct {
	Field   *address.Ref `json:"field,omitempty"`   // the target's field; nil for many_to_many
	Many    bool         `json:"many,omitempty"`    // many_to_many
	Target  address.Ref  `json:"target"`            // a model
	Through *address.Ref `json:"through,omitempty"` // the join model of a many_to_many
}

// A Type is the type of a column: SQL, or a type that is declared, or an array of it.
type Type struct {
	Dimensions int          `json:"dimensions,omitempty"` // of an array; 0: no array
	Of         *address.Ref `json:"of,omitempty"`         // a type that is declared, such as an enum
	// Several: not a range is meant but its multirange.
	Several bool `json:"several,omitempty"`
	// SQL is the type without dimensions in our spelling: lower case, PostgreSQL's
	// short names ("varchar(30)", "numeric(8,2)", "timestamptz", "integer").
	SQL string `json:"sql,omitempty"`
}

// An Index is an index that is no constraint.
type Index struct {
	Comment          string        `json:"comment,omitempty"`
	Include          []address.Ref `json:"include,omitempty"`
	Keys             []Key         `json:"keys"`
	Method           string        `json:"method,omitempty"` // empty: btree
	Name             string        `json:"name"`
	NullsNotDistinct bool          `json:"nulls_not_distinct,omitempty"`
	Partition        *PartOf       `json:"partition,omitempty"` // that alone has it
	// Storage are storage parameters, such as fillfactor, as PostgreSQL writes them.
	Storage    map[string]string `json:"storage,omitempty"`
	Tablespace string            `json:"tablespace,omitempty"` // empty: that of the database
	Unique     bool              `json:"unique,omitempty"`
	Where      *expression.Node  `json:"where,omitempty"`
}

// A PartOf is a partition of a model, or one in it: the labels that lead there.
type PartOf struct {
	Inner []string    `json:"inner,omitempty"`
	Of    address.Ref `json:"of"`
}

// A Key is one column or expression of an index or exclusion constraint.
type Key struct {
	Collate  string          `json:"collate,omitempty"`
	Desc     bool            `json:"desc,omitempty"`
	Nulls    string          `json:"nulls,omitempty"` // "first" or "last" where it is not the default
	Opclass  string          `json:"opclass,omitempty"`
	Operator string          `json:"operator,omitempty"` // of an exclusion constraint
	Value    expression.Node `json:"value"`
}

// A Constraint is a constraint of a table.
type Constraint struct {
	Check            *expression.Node `json:"check,omitempty"`
	Comment          string           `json:"comment,omitempty"`
	Deferrable       string           `json:"deferrable,omitempty"` // "", "immediate" or "deferred"
	Fields           []address.Ref    `json:"fields,omitempty"`
	Include          []address.Ref    `json:"include,omitempty"`
	Keys             []Key            `json:"keys,omitempty"`   // of an exclusion constraint
	Match            string           `json:"match,omitempty"`  // "full" of a foreign key
	Method           string           `json:"method,omitempty"` // of an exclusion constraint
	Name             string           `json:"name"`
	NoInherit        bool             `json:"no_inherit,omitempty"` // of a check
	NotValid         bool             `json:"not_valid,omitempty"`  // of a check or a foreign key: rows that were there may break it
	NullsNotDistinct bool             `json:"nulls_not_distinct,omitempty"`
	OnDelete         string           `json:"on_delete,omitempty"`        // "cascade", "restrict", "set_null", "set_default"; empty: no_action
	OnDeleteFields   []address.Ref    `json:"on_delete_fields,omitempty"` // those that set_null or set_default is about; none: all
	OnUpdate         string           `json:"on_update,omitempty"`
	Partition        *PartOf          `json:"partition,omitempty"` // that alone has it
	// Storage are storage parameters of the index of a constraint.
	Storage      map[string]string `json:"storage,omitempty"`
	Target       *address.Ref      `json:"target,omitempty"` // the model of a foreign key
	TargetFields []address.Ref     `json:"target_fields,omitempty"`
	Type         ConstraintType    `json:"type"`
	Where        *expression.Node  `json:"where,omitempty"` // of an exclusion constraint
}

// A ConstraintType is a type of constraint.
type ConstraintType string

// The types of constraints.
const (
	PrimaryKey ConstraintType = "primary_key"
	Unique     ConstraintType = "unique"
	Check      ConstraintType = "check"
	ForeignKey ConstraintType = "foreign_key"
	Exclude    ConstraintType = "exclude"
)
