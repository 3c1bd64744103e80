package triggers

import (
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/expression"
)

// syntax is what the text of a query says about what can be known of it.
type syntax struct {
	raw    bool // SQL of the user: any column can be in it
	opaque bool // ... or a query of its own: any row can matter
	known  bool // all types and functions are PostgreSQL's own
	// others are relations that the SQL names and that are no models.
	others []string
}

func readSyntax(q expression.Query, list []join) syntax {
	s := syntax{known: true}
	for _, j := range list {
		for _, c := range j.used {
			s.known = s.known && c.typ.builtin()
		}
		s.known = s.known && (j.parent < 0 || j.own.name == "" || j.own.typ.builtin())
	}
	all := expression.Node{Args: append(append([]expression.Node{}, q.Where...), q.Having...)}
	all.Args = append(all.Args, q.Values...)
	for _, a := range q.Annotate {
		all.Args = append(all.Args, a.Value)
	}
	all.Walk(s.node)
	return s
}

// beside adds the models that only SQL reads to the tables of a query, as such of
// subqueries of which nothing more is known.
func (s *syntax) beside(j *joins, reads []address.Address) error {
	for _, a := range reads {
		if !s.raw || slices.ContainsFunc(j.list, func(j join) bool { return j.address == a }) {
			continue
		}
		t, err := readTable(j.state, a)
		if err != nil {
			return err
		}
		s.opaque = true
		j.open(0, t, unknown)
	}
	return nil
}

func (s *syntax) node(n expression.Node) {
	switch n.Kind {
	case expression.SQL:
		s.raw, s.known = true, false
		s.opaque = s.opaque || strings.Contains(strings.ToLower(n.Text), "select") || len(n.Args) > 0
		for _, a := range n.Args {
			s.others = append(s.others, a.Text)
		}
	case expression.Cast:
		s.known = s.known && (len(n.Path) > 0 || columnType{base: baseName(n.Text)}.builtin())
	case expression.Call:
		s.known = s.known && (knownFunctions[strings.ToLower(n.Text)] || strings.Contains(n.Text, "::"))
	}
}

// searchPath returns the path that a function with the query runs with. Where
// something is not known to be PostgreSQL's own it has the schemas of
// extensions and of the model in it, behind pg_catalog.
func (s syntax) searchPath(schema string) string {
	if s.known {
		return safePath
	}
	path := "pg_catalog"
	if schema != "public" {
		path += ", " + address.Quote(schema)
	}
	return path + ", public, pg_temp"
}

// knownFunctions are the functions of the model language and the common ones of
// PostgreSQL. The list has to hold none that is not there.
var knownFunctions = set(strings.Join(strings.Fields(`
	exists filtered in between like ilike is_null is_not_null concat cast distinct
	abs age array_agg array_append array_cat array_dims array_length array_lower array_ndims array_position
	array_positions array_prepend array_remove array_replace array_to_string array_upper ascii avg bit_and bit_length
	bit_or bool_and bool_or btrim cardinality cbrt ceil ceiling char_length character_length chr clock_timestamp coalesce
	concat_ws cos count current_date current_time current_timestamp current_user date_bin date_part date_trunc decode
	degrees div encode every exp extract factorial first_value floor format gcd gen_random_uuid get_byte greatest initcap
	isempty isfinite json_agg json_array_length json_build_array json_build_object json_extract_path
	json_extract_path_text json_typeof jsonb_agg jsonb_array_length jsonb_build_array jsonb_build_object
	jsonb_exists jsonb_extract_path jsonb_extract_path_text jsonb_object_agg jsonb_path_exists jsonb_path_match
	jsonb_set jsonb_strip_nulls jsonb_typeof justify_days justify_hours justify_interval lcm least left length ln
	localtime localtimestamp log log10 lower lower_inc lower_inf lpad ltrim make_date make_interval make_time
	make_timestamp make_timestamptz max md5 min mod mode multirange now nullif num_nonnulls num_nulls octet_length
	overlay percentile_cont percentile_disc pi position power radians random range_agg range_merge
	regexp_count regexp_like regexp_match regexp_matches regexp_replace repeat replace reverse right round row rpad rtrim
	scale session_user sha256 sign sin split_part sqrt starts_with statement_timestamp stddev stddev_pop stddev_samp
	string_agg string_to_array strpos substr substring sum tan to_char to_date to_hex to_json to_jsonb to_number
	to_timestamp to_tsquery to_tsvector transaction_timestamp translate trim trim_scale trunc unnest upper upper_inc
	upper_inf user var_pop var_samp variance width_bucket`), ","))
