// Package builtin lists the built-in kinds of objects. Each is a folder beside this
// file, written with sdk like a stranger's; docs/adding-a-kind.md says what is in
// one. Packages beside them hold what several kinds render with.
//
// Built-in detectors go through the same interface as any plugin's. They turn a
// change of an object into operations with SQL for both ways. They order nothing:
// that follows from references. Nothing here connects to a database.
package builtin

import (
	"github.com/whimbreldb/whimbrel/autodetector/builtin/aggregate"
	"github.com/whimbreldb/whimbrel/autodetector/builtin/composite"
	"github.com/whimbreldb/whimbrel/autodetector/builtin/constraint"
	"github.com/whimbreldb/whimbrel/autodetector/builtin/domain"
	"github.com/whimbreldb/whimbrel/autodetector/builtin/enum"
	eventtrigger "github.com/whimbreldb/whimbrel/autodetector/builtin/event_trigger"
	"github.com/whimbreldb/whimbrel/autodetector/builtin/field"
	"github.com/whimbreldb/whimbrel/autodetector/builtin/function"
	"github.com/whimbreldb/whimbrel/autodetector/builtin/grant"
	"github.com/whimbreldb/whimbrel/autodetector/builtin/index"
	materializedview "github.com/whimbreldb/whimbrel/autodetector/builtin/materialized_view"
	"github.com/whimbreldb/whimbrel/autodetector/builtin/model"
	"github.com/whimbreldb/whimbrel/autodetector/builtin/partition"
	"github.com/whimbreldb/whimbrel/autodetector/builtin/procedure"
	"github.com/whimbreldb/whimbrel/autodetector/builtin/publication"
	ranges "github.com/whimbreldb/whimbrel/autodetector/builtin/range"
	"github.com/whimbreldb/whimbrel/autodetector/builtin/schema"
	"github.com/whimbreldb/whimbrel/autodetector/builtin/sequence"
	sqlobject "github.com/whimbreldb/whimbrel/autodetector/builtin/sql_object"
	"github.com/whimbreldb/whimbrel/autodetector/builtin/statistics"
	"github.com/whimbreldb/whimbrel/autodetector/builtin/trigger"
	"github.com/whimbreldb/whimbrel/autodetector/builtin/view"
	"github.com/whimbreldb/whimbrel/core/detect"
)

// Detectors returns the detectors of the built-in kinds, one each, in the order
// of their kinds in a migration.
func Detectors() []detect.Detector {
	return []detect.Detector{
		schema.Kind(),
		enum.Kind(),
		domain.Kind(),
		composite.Kind(),
		ranges.Kind(),
		sequence.Kind(),
		model.Kind(),
		field.Kind(),
		partition.Kind(),
		index.Kind(),
		constraint.Kind(),
		statistics.Kind(),
		function.Kind(),
		procedure.Kind(),
		aggregate.Kind(),
		view.Kind(),
		materializedview.Kind(),
		trigger.Kind(),
		sqlobject.Kind(),
		publication.Kind(),
		grant.Kind(),
		eventtrigger.Kind(),
	}
}
