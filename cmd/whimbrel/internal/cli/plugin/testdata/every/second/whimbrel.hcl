plugin "triggers" {}
plugin "extensions" {}
app "shop" {
  models     = "shop"
  migrations = "shop/migrations"
}
app "kitchen" {
  models     = "kitchen"
  migrations = "kitchen/migrations"
  schema     = "kitchen"
}
