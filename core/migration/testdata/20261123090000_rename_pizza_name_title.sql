-- whimbrel: 1
-- whimbrel:id 20261123090000_rename_pizza_name_title
-- whimbrel:app shop
-- whimbrel:parent 20261122101500_initial
-- whimbrel:parent 20261120000000_kitchen
-- whimbrel:summary +1 index ~1 field -1 field (1 drop, 1 rewrite)
-- whimbrel:hazard 2 table_rewrite model shop.pizza: the table is written anew
-- whimbrel:hazard down 2 data_loss field shop.pizza.title: values of more than 30 characters are lost
-- whimbrel:probe "SELECT EXISTS (\n  SELECT FROM public.pizza WHERE length(title) > 30)"
-- whimbrel:hazard 4 data_loss field shop.pizza.size: the values of the column are lost
-- whimbrel:by whimbrel 0.1.0, core 0.1.0
-- +goose NO TRANSACTION
-- +goose Up

-- whimbrel:op 1 rename field shop.pizza.title tx

-- whimbrel:op 2 alter_field field shop.pizza.title [core] tx after 1
ALTER TABLE public.pizza RENAME COLUMN name TO title;
ALTER TABLE public.pizza ALTER COLUMN title TYPE text;

-- whimbrel:op 3 create_index index shop.pizza.by_name [core] notx after 2
CREATE INDEX CONCURRENTLY pizza_by_name ON public.pizza (title);

-- whimbrel:op 4 drop_field field shop.pizza.size [core] tx
ALTER TABLE public.pizza DROP COLUMN size;

-- +goose Down

-- whimbrel:op 4
-- whimbrel:irreversible the author's say
-- +goose StatementBegin
DO LANGUAGE plpgsql 'BEGIN RAISE EXCEPTION USING MESSAGE = ''operation 4 cannot be undone: the author''''s say''; END';
-- +goose StatementEnd

-- whimbrel:op 3
DROP INDEX CONCURRENTLY public.pizza_by_name;

-- whimbrel:op 2
ALTER TABLE public.pizza ALTER COLUMN title TYPE varchar(30);
ALTER TABLE public.pizza RENAME COLUMN title TO name;

-- whimbrel:op 1
