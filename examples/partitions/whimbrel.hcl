app "shop" {}

plugin "partitions" {
  source  = "./bin/whimbrel-plugin-partitions" # go build -o bin/ ./whimbrel-plugin-partitions
  version = "~> 1.0"
}
