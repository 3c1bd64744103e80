DROP TRIGGER audit_rowed_d73a2c2a_t ON public.rowed;
DROP TRIGGER audit_rowed_d73a2c2a_r ON public.rowed;
DROP FUNCTION audit.rowed_d73a2c2a();
DROP TRIGGER audit_kept_c30b99e0_k ON public.kept;
DROP TRIGGER audit_kept_c30b99e0_t ON public.kept;
DROP TRIGGER audit_kept_c30b99e0_d ON public.kept;
DROP TRIGGER audit_kept_c30b99e0_u ON public.kept;
DROP TRIGGER audit_kept_c30b99e0_i ON public.kept;
DROP FUNCTION audit.kept_c30b99e0();
DELETE FROM audit.retention WHERE model = 'shop.kept';
SELECT audit.drop_empty_history('kept_history');
DROP TRIGGER audit_item_c9203a16_k ON public.item;
DROP TRIGGER audit_item_c9203a16_t ON public.item;
DROP TRIGGER audit_item_c9203a16_d ON public.item;
DROP TRIGGER audit_item_c9203a16_u ON public.item;
DROP TRIGGER audit_item_c9203a16_i ON public.item;
DROP FUNCTION audit.item_c9203a16();
DROP FUNCTION audit.drop_empty_history(text);
DROP FUNCTION audit.rename_history_columns(text, text[], text[]);
DROP FUNCTION audit.rename_history(text, text);
DROP FUNCTION audit.unused_history_name(text, text);
DROP FUNCTION audit.make_history_column(text, text, text);
DROP FUNCTION audit.make_history(text);
DROP FUNCTION audit.drop_empty_history_column(text, text);
DROP FUNCTION audit.index_history(text, text[]);
DROP FUNCTION audit.history_part(text, text);
DROP FUNCTION audit.partition_by(text);
DROP FUNCTION audit.rotate();
DROP FUNCTION audit.add_partition(timestamptz);
DROP FUNCTION audit.partitions();
DROP FUNCTION audit.guard(regclass);
DROP TABLE audit.retention;
DO $log$
DECLARE
    guarded regclass;
    used boolean := false;
BEGIN
    FOR guarded IN SELECT t.tgrelid FROM pg_catalog.pg_trigger t
        WHERE t.tgfoid = pg_catalog.to_regproc('audit.refuse_change') AND NOT t.tgisinternal
    LOOP
        EXECUTE 'DROP TRIGGER refuse_change ON ' || guarded;
    END LOOP;
    DROP FUNCTION IF EXISTS audit.refuse_change();
    IF pg_catalog.to_regclass('audit.log') IS NOT NULL THEN
        LOCK TABLE audit.log;
        used := EXISTS (SELECT FROM audit.log);
        IF NOT used THEN
            DROP TABLE audit.log;
        END IF;
    END IF;
    IF NOT used AND pg_catalog.obj_description(pg_catalog.to_regnamespace('audit'), 'pg_namespace') = 'Audit log (created by whimbrel)' THEN
        DROP SCHEMA audit;
    END IF;
EXCEPTION WHEN dependent_objects_still_exist THEN
    RAISE NOTICE 'the audit log stays, something else is with it';
END
$log$;
