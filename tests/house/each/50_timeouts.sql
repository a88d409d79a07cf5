ALTER DATABASE :database SET statement_timeout = '20s';
ALTER DATABASE :database SET lock_timeout = '20s';
ALTER DATABASE :database SET idle_in_transaction_session_timeout = '60s';
