app "shop" {}

plugin "fkindex" {
  source  = "./bin/whimbrel-plugin-fkindex" # go build -o bin/ ./whimbrel-plugin-fkindex
  version = "~> 1.0"
}
