-- Somebody watches every statement that defines something, whoever sends it.
CREATE FUNCTION neighbour.watch() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    made record;
BEGIN
    FOR made IN SELECT * FROM pg_event_trigger_ddl_commands() LOOP
        CONTINUE WHEN made.schema_name IS DISTINCT FROM 'neighbour';
    END LOOP;
END $$;
CREATE EVENT TRIGGER neighbour_watch ON ddl_command_end EXECUTE FUNCTION neighbour.watch();
COMMENT ON EVENT TRIGGER neighbour_watch IS 'watches';
