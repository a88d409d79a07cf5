// The same service with libpqxx: its migrations go to the database that its own connection leads
// to.
#include <cm_migrate/pqxx.hpp>
#include <iostream>
#include <pqxx/pqxx>
#include <string>

int main(int argc, char** argv) {
    try {
        pqxx::connection connection(argc > 2 ? argv[2] : "");
        auto const report = cm_migrate::deploy(
            connection,
            {
                .migrations = argc > 1 ? argv[1] : "migrations",
                .on_apply = [](std::string_view name) { std::cout << "applying " << name << '\n'; },
            });
        std::cout << report.applied.size() << " of " << report.found << " migrations applied\n";
        pqxx::work transaction(connection);
        auto const users = transaction.exec("SELECT count(*) FROM users");
        std::cout << "ready to serve " << users[0][0].as<int>() << " users\n";
    } catch (pqxx::broken_connection const& error) {
        std::cerr << error.what();
        return 6;  // worth another try in a moment
    } catch (pqxx::sql_error const& error) {
        std::cerr << error.what() << "SQLSTATE " << error.sqlstate() << " in: " << error.query()
                  << '\n';
        return 1;
    } catch (std::exception const& error) {
        std::cerr << error.what();
        return 1;
    }
}
