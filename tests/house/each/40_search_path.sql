ALTER DATABASE :database SET search_path = "$user", public, neighbour_tools;
