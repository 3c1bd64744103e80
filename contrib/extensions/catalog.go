package extensions

import "strings"

// An extension is what implies one: whatever of it can stand in a model.
type extension struct {
	name      string
	requires  []string // extensions that it is built on
	types     []string
	calls     []string
	opclasses []string // "METHOD:TYPE" is the default class that a method has for a type
	methods   []string
}

// catalog holds the extensions that are known, by name. Functions with names
// that many a project has for its own, such as sort, are left out. One that is
// built on another has all that implies it listed there as well.
var catalog = []extension{
	{name: "bloom", methods: words(`bloom`)},
	{name: "btree_gin", opclasses: append(defaults("gin", scalars), `gin:name`, `gin:"char"`)},
	{
		name: "btree_gist",
		opclasses: append(defaults("gist", scalars), words(`
			gist_bit_ops gist_bool_ops gist_bpchar_ops gist_bytea_ops gist_cash_ops gist_cidr_ops gist_date_ops
			gist_enum_ops gist_float4_ops gist_float8_ops gist_inet_ops gist_int2_ops gist_int4_ops gist_int8_ops
			gist_interval_ops gist_macaddr8_ops gist_macaddr_ops gist_numeric_ops gist_oid_ops gist_text_ops
			gist_time_ops gist_timestamp_ops gist_timestamptz_ops gist_timetz_ops gist_uuid_ops gist_vbit_ops`)...),
	},
	{name: "citext", types: words(`citext`), calls: words(`citext`), opclasses: words(`citext_ops citext_pattern_ops`)},
	{
		name:  "cube",
		types: append(words(`cube`), earthTypes...),
		calls: append(words(`cube cube_contains cube_contained cube_coord cube_dim cube_distance cube_enlarge cube_inter
			cube_is_point cube_ll_coord cube_overlap cube_subset cube_union cube_ur_coord distance_chebyshev
			distance_taxicab`), earthCalls...),
		opclasses: words(`cube_ops gist_cube_ops`),
	},
	{name: "earthdistance", requires: words(`cube`), types: earthTypes, calls: earthCalls},
	{name: "fuzzystrmatch", calls: words(`dmetaphone dmetaphone_alt levenshtein levenshtein_less_equal metaphone soundex`)},
	{
		name:  "hstore",
		types: words(`hstore`),
		calls: words(`akeys avals hstore hstore_to_array hstore_to_json hstore_to_json_loose hstore_to_jsonb
			hstore_to_jsonb_loose hstore_to_matrix isdefined skeys svals`),
		opclasses: words(`btree_hstore_ops gin_hstore_ops gist_hstore_ops hash_hstore_ops`),
	},
	{
		name:      "intarray",
		types:     words(`query_int`),
		calls:     words(`icount intset sort_asc sort_desc subarray`),
		opclasses: words(`gin__int_ops gist__int_ops gist__intbig_ops gist:integer[]`),
	},
	{name: "isn", types: words(`ean13 isbn isbn13 ismn ismn13 issn issn13 upc`)},
	{name: "lo", types: words(`lo`)},
	{
		name:      "ltree",
		types:     words(`lquery ltree ltxtquery`),
		calls:     words(`lca ltree2text nlevel subltree subpath text2ltree`),
		opclasses: words(`gist__ltree_ops gist_ltree_ops ltree_ops`),
	},
	{
		name:      "pg_trgm",
		calls:     words(`show_trgm similarity strict_word_similarity word_similarity`),
		opclasses: words(`gin_trgm_ops gist_trgm_ops`),
	},
	{
		name: "pgcrypto",
		calls: words(`armor crypt dearmor decrypt decrypt_iv digest encrypt encrypt_iv gen_random_bytes gen_salt hmac
			pgp_armor_headers pgp_key_id pgp_pub_decrypt pgp_pub_decrypt_bytea pgp_pub_encrypt pgp_pub_encrypt_bytea
			pgp_sym_decrypt pgp_sym_decrypt_bytea pgp_sym_encrypt pgp_sym_encrypt_bytea`),
	},
	{
		name:  "postgis",
		types: append(words(`box2d box3d geography geometry`), rasterTypes...),
		calls: words(`st_area st_asgeojson st_astext st_buffer st_centroid st_contains st_distance st_dwithin st_envelope
			st_geogfromtext st_geohash st_geomfromgeojson st_geomfromtext st_geometrytype st_intersection st_intersects
			st_isvalid st_length st_makeenvelope st_makepoint st_makevalid st_numpoints st_perimeter st_point st_setsrid
			st_simplify st_srid st_transform st_union st_within st_x st_y st_z`),
		opclasses: words(`gist_geography_ops gist_geometry_ops_2d gist_geometry_ops_nd spgist_geometry_ops_2d
			spgist_geometry_ops_3d spgist_geometry_ops_nd brin_geometry_inclusion_ops_2d`),
	},
	{name: "postgis_raster", requires: words(`postgis`), types: rasterTypes},
	{name: "seg", types: words(`seg`), opclasses: words(`gist_seg_ops seg_ops`)},
	{name: "tablefunc", calls: words(`connectby crosstab normal_rand`)},
	{name: "unaccent", calls: words(`unaccent`)},
	{
		name: "uuid-ossp",
		calls: words(`uuid_generate_v1 uuid_generate_v1mc uuid_generate_v3 uuid_generate_v4 uuid_generate_v5 uuid_nil
			uuid_ns_dns uuid_ns_oid uuid_ns_url uuid_ns_x500`),
	},
	{
		name:    "vector",
		types:   words(`halfvec sparsevec vector`),
		calls:   words(`cosine_distance inner_product l1_distance l2_distance l2_normalize vector_dims vector_norm`),
		methods: words(`hnsw ivfflat`),
		opclasses: words(`bit_hamming_ops bit_jaccard_ops halfvec_cosine_ops halfvec_ip_ops halfvec_l1_ops halfvec_l2_ops
			sparsevec_cosine_ops sparsevec_ip_ops sparsevec_l1_ops sparsevec_l2_ops vector_cosine_ops vector_ip_ops
			vector_l1_ops vector_l2_ops`),
	},
}

var (
	earthTypes  = words(`earth`)
	earthCalls  = words(`earth earth_box earth_distance gc_to_sec ll_to_earth sec_to_gc`)
	rasterTypes = words(`raster`)
)

// scalars are the types, in the spelling of models, for which btree_gin and
// btree_gist bring the default operator class. "enum" is any enum.
var scalars = words(`
	bigint bit boolean bpchar bytea char cidr date double_precision enum inet integer interval macaddr macaddr8 money
	numeric oid real smallint text time timestamp timestamptz timetz uuid varbit varchar`)

// defaults returns the default operator classes that a method has for types.
func defaults(method string, types []string) []string {
	list := make([]string, len(types))
	for i, name := range types {
		list[i] = method + ":" + strings.ReplaceAll(name, "_", " ")
	}
	return list
}

func words(text string) []string { return strings.Fields(text) }
