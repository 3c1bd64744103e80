package aggregate

import (
	"slices"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/routine"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// attrs are the attributes of an aggregate. What is absent is PostgreSQL's default.
// Functions are declared ones; those that nobody declares are in Undeclared, by the
// argument that they stand for.
type attrs struct {
	Args            []model.Argument  `json:"args,omitempty"`
	CombineFunc     *address.Ref      `json:"combinefunc,omitempty"`
	Comment         string            `json:"comment,omitempty"`
	DeserialFunc    *address.Ref      `json:"deserialfunc,omitempty"`
	FinalFunc       *address.Ref      `json:"finalfunc,omitempty"`
	FinalExtra      bool              `json:"finalfunc_extra,omitempty"`
	FinalModify     string            `json:"finalfunc_modify,omitempty"`
	Hypothetical    bool              `json:"hypothetical,omitempty"`
	InitCond        *string           `json:"initcond,omitempty"`
	MovingFinal     *address.Ref      `json:"mfinalfunc,omitempty"`
	MovingExtra     bool              `json:"mfinalfunc_extra,omitempty"`
	MovingModify    string            `json:"mfinalfunc_modify,omitempty"`
	MovingInit      *string           `json:"minitcond,omitempty"`
	MovingInverse   *address.Ref      `json:"minvfunc,omitempty"`
	MovingFunc      *address.Ref      `json:"msfunc,omitempty"`
	MovingSpace     *int64            `json:"msspace,omitempty"`
	MovingStateType *model.Result     `json:"mstype,omitempty"`
	Name            string            `json:"name"`
	OrderBy         []model.Argument  `json:"order_by,omitempty"` // of an ordered-set aggregate
	Parallel        string            `json:"parallel,omitempty"`
	Schema          string            `json:"schema"`
	SerialFunc      *address.Ref      `json:"serialfunc,omitempty"`
	StateFunc       *address.Ref      `json:"sfunc,omitempty"`
	SortOp          string            `json:"sortop,omitempty"`
	StateSpace      *int64            `json:"sspace,omitempty"`
	StateType       model.Result      `json:"stype"`
	Undeclared      map[string]string `json:"undeclared,omitempty"`
}

// The arguments that name functions, in the order of PostgreSQL's manual.
const (
	stateFunc     = "sfunc"
	finalFunc     = "finalfunc"
	combineFunc   = "combinefunc"
	serialFunc    = "serialfunc"
	deserialFunc  = "deserialfunc"
	movingFunc    = "msfunc"
	movingInverse = "minvfunc"
	movingFinal   = "mfinalfunc"
)

// functionNames are all of them.
var functionNames = []string{stateFunc, finalFunc, combineFunc, serialFunc, deserialFunc, movingFunc, movingInverse, movingFinal}

// declared returns the declared function of an argument, or nil.
func (a attrs) declared(argument string) *address.Ref {
	return map[string]*address.Ref{
		stateFunc: a.StateFunc, finalFunc: a.FinalFunc, combineFunc: a.CombineFunc, serialFunc: a.SerialFunc,
		deserialFunc: a.DeserialFunc, movingFunc: a.MovingFunc, movingInverse: a.MovingInverse, movingFinal: a.MovingFinal,
	}[argument]
}

// inputs are the arguments with those that it orders by.
func (a attrs) inputs() []model.Argument { return slices.Concat(a.Args, a.OrderBy) }

// types returns those of the arguments and of the state.
func (a attrs) types() []model.Type {
	types := []model.Type{a.StateType.Type}
	if a.MovingStateType != nil {
		types = append(types, a.MovingStateType.Type)
	}
	for _, arg := range a.inputs() {
		types = append(types, arg.Type)
	}
	return types
}

// shape is what makes an aggregate another one, besides its result.
func (a attrs) shape() any {
	return struct {
		Args, OrderBy []model.Argument
		Hypothetical  bool
	}{a.Args, a.OrderBy, a.Hypothetical}
}

// definition is what CREATE AGGREGATE says of it but for its name.
func (a attrs) definition() attrs {
	a.Schema, a.Name, a.Comment = "", "", ""
	return a
}

// result returns what is known of the type of the result: that of the state, or what
// the final function returns. Of one that nobody declares only the name is known.
func result(at sdk.Moment, a attrs) any {
	switch {
	case a.FinalFunc != nil:
		return routine.FunctionOf(at, *a.FinalFunc).Returns
	case a.Undeclared[finalFunc] != "":
		return a.Undeclared[finalFunc]
	}
	return a.StateType
}
