// A service that applies its migrations before it serves. Any number of copies may start at the
// same time: one of them migrates, the others wait for it.
#include <cm_migrate/diagnostic.hpp>
#include <cm_migrate/engine.hpp>
#include <iostream>

int main(int argc, char** argv) {
    try {
        auto const report = cm_migrate::deploy({
            .migrations = argc > 1 ? argv[1] : "migrations",
            .on_apply = [](std::string_view name) { std::cout << "applying " << name << '\n'; },
        });
        std::cout << report.applied.size() << " of " << report.found << " migrations applied\n";
    } catch (cm_migrate::Error const& error) {
        std::cerr << error.what();
        return 1;
    }
    std::cout << "ready to serve\n";
}
