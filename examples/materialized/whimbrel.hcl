app "shop" {}

plugin "materialized" {
  source  = "./bin/whimbrel-plugin-materialized" # go build -o bin/ ./whimbrel-plugin-materialized
  version = "~> 1.0"
}
