ALTER DATABASE :database SET cursor_tuple_fraction = 0.2;
ALTER DATABASE :database SET application_name = 'somebody';
ALTER ROLE neighbour_reader IN DATABASE :database SET cursor_tuple_fraction = 0.3;
