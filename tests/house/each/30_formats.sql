-- How values are shown and read, other than usual.
ALTER DATABASE :database SET datestyle = 'German';
ALTER DATABASE :database SET intervalstyle = 'sql_standard';
ALTER DATABASE :database SET timezone = 'Asia/Kathmandu';
ALTER DATABASE :database SET extra_float_digits = -3;
ALTER DATABASE :database SET bytea_output = 'escape';
ALTER DATABASE :database SET xmloption = 'document';
