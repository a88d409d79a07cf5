-- What holds for objects that others will make.
ALTER DEFAULT PRIVILEGES FOR ROLE neighbour_owner IN SCHEMA neighbour GRANT SELECT ON TABLES TO neighbour_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE neighbour_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
