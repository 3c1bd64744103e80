app "shop" {}
