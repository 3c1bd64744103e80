package protocol

import (
	"context"
	"slices"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/state"
)

// Inspect asks which objects a database has. Its errors are gRPC statuses or wrap
// ErrAnswer.
func (c *Client) Inspect(ctx context.Context, catalog detect.Catalog) ([]*state.Object, error) {
	response, err := c.rpc.Inspect(ctx, toCatalog(catalog))
	if err != nil {
		return nil, err
	}
	var r reader
	return readAll(&r, response.GetObjects(), readObject), answered(r)
}

// Inspect runs the detector's Inspect; see Detect for the statuses.
func (s *Server) Inspect(ctx context.Context, request *InspectRequest) (_ *InspectResponse, err error) {
	defer s.recover(&err)
	inspector, ok := s.detector.(detect.Inspector)
	if !ok {
		return nil, status.Error(codes.Unimplemented, "the plugin inspects nothing")
	}
	var r reader
	catalog := readCatalog(&r, request)
	if r.err != nil {
		return nil, status.Errorf(codes.InvalidArgument, "reading the catalog: %v", r.err)
	}
	objects, err := inspector.Inspect(ctx, catalog)
	if err != nil {
		return nil, status.Error(codes.Unknown, err.Error())
	}
	return &InspectResponse{Objects: toAll(objects, toObject)}, nil
}

func toCatalog(c detect.Catalog) *InspectRequest {
	return &InspectRequest{
		Server: int64(c.Server), Objects: toAll(slices.Collect(c.State.All()), toObject),
		Results: toAll(c.Rows, toRows), Config: c.Config,
	}
}

func readCatalog(r *reader, request *InspectRequest) detect.Catalog {
	return detect.Catalog{
		Server: int(request.GetServer()), State: state.New(readAll(r, request.GetObjects(), readObject)...),
		Rows: readAll(r, request.GetResults(), readRows), Config: readJSON(request.GetConfig()),
	}
}

func toRows(rows detect.CatalogRows) *CatalogRows {
	return &CatalogRows{Query: rows.Query, Columns: rows.Columns, Rows: toAll(rows.Rows, toRow)}
}

func readRows(r *reader, rows *CatalogRows) detect.CatalogRows {
	return detect.CatalogRows{Query: rows.GetQuery(), Columns: rows.GetColumns(), Rows: readAll(r, rows.GetRows(), readRow)}
}

func toRow(row []*string) *Row {
	return &Row{Cells: toAll(row, func(text *string) *Cell { return &Cell{Text: text} })}
}

func readRow(r *reader, row *Row) []*string {
	return readAll(r, row.GetCells(), func(_ *reader, c *Cell) *string { return c.Text })
}
