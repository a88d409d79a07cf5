// The hidden `cm-migrate manual FOLDER`: writes the man pages and completion scripts that packages
// hold; the build runs it.
#include <CLI/CLI.hpp>

#include "base/file.hpp"
#include "command/command.hpp"
#include "command/completion_scripts.hpp"
#include "command/json_output.hpp"
#include "command/manual_pages.hpp"

namespace cm::command {
namespace {

struct Options {
    std::string folder{};
    std::string settings{};
};

void options(CLI::App& app, Options& o) {
    app.add_option("FOLDER", o.folder, "Output folder")->required()->type_name("DIR");
    app.add_option("--settings", o.settings, "The JSON Schema of cm-migrate.json")
        ->required()
        ->type_name("FILE");
}

ExitCode run(Options const& o, Context& context) {
    auto const program = describe_program();
    std::filesystem::path const folder{o.folder};
    make_directory(folder);
    std::vector<std::string> files{};
    auto const write = [&](std::string const& name, std::string_view text) {
        write_file(folder / name, text);
        files.push_back(name);
    };
    for (auto const& page : manual_pages(program, read_file(o.settings))) {
        write(page.file, page.text);
    }
    // Named as each shell looks for them.
    write("cm-migrate.bash", bash_completion(program));
    write("_cm-migrate", zsh_completion(program));
    write("cm-migrate.fish", fish_completion(program));
    return tell_result(context, {{"files", files}});
}

}  // namespace

extern Command const manual;
constinit Command const manual{
    .name = "manual",
    .group = CommandGroup::shell,
    .prisma = "",
    .summary = "Write man pages and completion scripts",
    .description = "Writes the man pages and the completion scripts into a folder. For packagers.",
    .example = "cm-migrate manual build/manual --settings cmake/cm-migrate.schema.json",
    .json = "Print one JSON object: `files`",
    .define = [](CLI::App& app, Context& context) { bind<Options>(app, context, options, run); },
    .is_hidden = true};

}  // namespace cm::command
