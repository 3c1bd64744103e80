package resolve

// The codes of diagnostics about model files; those about syntax are
// syntax.Code, those about the project file begin with WH11.
const (
	codeUnknownArgument = "WH1002"
	codeUnknownBlock    = "WH1003"
	codeMissing         = "WH1004"
	codeValue           = "WH1005"
	codeLabel           = "WH1006"
	codeRepeated        = "WH1007"
	codeNotEnabled      = "WH1008"
	codeConflict        = "WH1009"

	// CodeApp is of apps that cannot be: their names, their folders, their schemas.
	CodeApp         = "WH1102"
	codeEnvironment = "WH1103"
	codePlugin      = "WH1104"

	codeDeclaredTwice = "WH1201"
	codeUnknownModel  = "WH1202"
	codeUnknownType   = "WH1203"
	codeUnknownField  = "WH1204"
	codeUnknownMixin  = "WH1205"
	codeTypeArguments = "WH1206"
	codeName          = "WH1207"
	codeColumn        = "WH1208"
	codeNameClash     = "WH1209"
	codeDefault       = "WH1210"
	codePrimaryKey    = "WH1211"
	codeRelation      = "WH1212"
	codeCycle         = "WH1213"
	codeEnum          = "WH1214"
	codeExpression    = "WH1215"
	codeThrough       = "WH1216"
	codeMixin         = "WH1217"
	codeIndex         = "WH1218"
	codeQuery         = "WH1219"
	codeOption        = "WH1220"
	codeForeignCall   = "WH1221"
	codeSQL           = "WH1222"
	codeUnknownTable  = "WH1223"
	codeGone          = "WH1224"
	codeStorage       = "WH1225"
	codePartition     = "WH1226"
	codeCall          = "WH1227"
)
