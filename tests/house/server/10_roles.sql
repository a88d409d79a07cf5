-- Roles of others: one that owns, one that turns into it on login, one that owns nothing, one with settings of its own.
CREATE ROLE neighbour LOGIN;
CREATE ROLE neighbour_owner NOLOGIN CREATEROLE;
CREATE ROLE neighbour_app LOGIN NOINHERIT PASSWORD 'as it was' IN ROLE neighbour_owner;
ALTER ROLE neighbour_app SET role = 'neighbour_owner';
CREATE ROLE neighbour_guest LOGIN CONNECTION LIMIT 1 VALID UNTIL '2999-01-01';
CREATE ROLE neighbour_reader LOGIN NOBYPASSRLS IN ROLE neighbour_guest;
ALTER ROLE neighbour_reader SET search_path = neighbour, public;
ALTER ROLE neighbour_reader SET statement_timeout = '1s';
ALTER ROLE neighbour_reader SET row_security = off;
COMMENT ON ROLE neighbour_reader IS 'reads what it is shown';
