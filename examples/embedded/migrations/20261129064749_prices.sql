-- whimbrel: 1
-- whimbrel:id 20261129064749_prices
-- whimbrel:app shop
-- whimbrel:parent 20261129064748_initial
-- whimbrel:summary +2 constraint +1 field (0 drops, 0 rewrites)
-- whimbrel:hazard down 1 data_loss field shop.pizza.price: the values of public.pizza.price are lost
-- whimbrel:probe SELECT EXISTS (SELECT FROM public.pizza WHERE price::text IS DISTINCT FROM 0::numeric(8,2)::text)
-- whimbrel:hazard 2 index_build constraint shop.pizza.name_key: an index is built over the rows of public.pizza; readers and writers wait until it is done
-- whimbrel:hazard 3 table_scan constraint shop.pizza.price_not_negative: every row of public.pizza is read; readers and writers wait until it is done
-- whimbrel:by whimbrel 0.1.0
-- +goose Up

-- whimbrel:op 1 create_field field shop.pizza.price [field] tx
ALTER TABLE public.pizza ADD COLUMN price numeric(8,2) DEFAULT 0 NOT NULL;

-- whimbrel:op 2 create_constraint constraint shop.pizza.name_key [constraint] tx
ALTER TABLE public.pizza ADD CONSTRAINT pizza_name_key UNIQUE (name);

-- whimbrel:op 3 create_constraint constraint shop.pizza.price_not_negative [constraint] tx after 1
ALTER TABLE public.pizza ADD CONSTRAINT pizza_price_not_negative CHECK (price >= 0);

-- +goose Down

-- whimbrel:op 3
ALTER TABLE public.pizza DROP CONSTRAINT pizza_price_not_negative;

-- whimbrel:op 2
ALTER TABLE public.pizza DROP CONSTRAINT pizza_name_key;

-- whimbrel:op 1
ALTER TABLE public.pizza DROP COLUMN price;
