// man(7): https://man7.org/linux/man-pages/man7/man.7.html. Texts of the table are Markdown with
// names in back-ticks, which become bold.
#include "command/manual_pages.hpp"

#include <fmt/ranges.h>

#include <nlohmann/json.hpp>

#include "cm_migrate/version.hpp"
#include "command/exit_codes.hpp"

namespace cm::command {
namespace {

/// As it stands on a page: nothing in it is a request, a hyphen stays one.
std::string plain(std::string_view text) {
    std::string result{};
    for (auto const c : text) {
        auto const begins_line = result.empty() || result.back() == '\n';
        if (begins_line && (c == '.' || c == '\'')) result += "\\&";
        if (c == '\\') {
            result += "\\e";
        } else if (c == '-') {
            result += "\\-";
        } else {
            result += c;
        }
    }
    return result;
}

std::string paragraph(std::string_view text) {
    std::string result{};
    bool is_name = false;
    while (!text.empty()) {
        auto const end = std::min(text.find('`'), text.size());
        result += is_name ? fmt::format("\\fB{}\\fR", plain(text.substr(0, end)))
                          : plain(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        is_name = !is_name;
    }
    return result.starts_with('.') ? "\\&" + result : result;
}

std::string literal(std::string_view lines) {
    return fmt::format(".PP\n.nf\n.RS\n{}\n.RE\n.fi\n", plain(lines));
}

std::string heading(std::string_view name, int section) {
    return fmt::format(".TH {} {} \"\" \"cm\\-migrate {}\" \"cm\\-migrate manual\"\n.nh\n",
                       plain(name), section, plain(cm_migrate::version()));
}

std::string option_entry(OptionDescription const& option) {
    std::vector<std::string> names{};
    for (auto const& name : option.names) names.push_back(fmt::format("\\fB{}\\fR", plain(name)));
    auto head = fmt::format("{}", fmt::join(names, ", "));
    if (!option.is_argument && !option.takes.empty()) {
        head += fmt::format(" \\fI{}\\fR", plain(option.takes));
    }
    auto text = paragraph(option.text);
    if (option.is_argument && !option.choices.empty()) {
        text += fmt::format(": {}", plain(fmt::format("{}", fmt::join(option.choices, ", "))));
    }
    return fmt::format(".TP\n{}\n{}\n", head, text);
}

std::string option_entries(std::vector<OptionGroup> const& groups) {
    std::string text{};
    for (auto const& group : groups) {
        if (!group.title.empty()) text += fmt::format(".PP\n{}\n", paragraph(group.title));
        for (auto const& option : group.options) text += option_entry(option);
    }
    return text;
}

std::string synopsis(CommandDescription const& command) {
    auto text = fmt::format(".B cm\\-migrate {}\n[\\fIOPTIONS\\fR]", plain(command.name));
    for (auto const& option : all_options(command)) {
        if (!option.is_argument) continue;
        text += option.is_required
                    ? fmt::format(" \\fI{}\\fR", plain(option.names.front()))
                    : fmt::format(" [\\-\\- \\fI{}\\fR ...]", plain(option.names.front()));
    }
    return text + "\n";
}

std::string page(CommandDescription const& command) {
    auto const name = fmt::format("cm-migrate-{}", command.name);
    auto text = heading(fmt::format("CM-MIGRATE-{}", command.name), 1);
    text += fmt::format(".SH NAME\n{} \\- {}\n", plain(name), plain(command.summary));
    text += ".SH SYNOPSIS\n" + synopsis(command);
    text += fmt::format(".SH DESCRIPTION\n{}\n", paragraph(command.text));
    if (!command.prisma.empty()) {
        text += fmt::format(".PP\nIn Prisma: \\fB{}\\fR, which works here, too.\n",
                            plain(command.prisma));
    }
    text += ".SH OPTIONS\n" + option_entries(command.groups);
    text += ".SH EXAMPLES\n" + literal(command.example);
    return text + ".SH SEE ALSO\n.BR cm\\-migrate (1),\n.BR cm\\-migrate.json (5)\n";
}

std::string exit_status() {
    std::string text = ".SH EXIT STATUS\n";
    for (auto const& one : exit_codes()) {
        text += fmt::format(".TP\n\\fB{}\\fR\n{}\n", static_cast<int>(one.code),
                            paragraph(one.meaning));
    }
    return text;
}

constexpr std::string_view environment_section = R"(.SH ENVIRONMENT
.TP
\fBDATABASE_URL\fR
The database URL, unless an option or the project names another one.
.TP
\fBPGHOST\fR, \fBPGPORT\fR, \fBPGUSER\fR, \fBPGPASSWORD\fR, ...
Connection parameters that the URL does not set, as for every program that uses libpq.
.TP
\fBNO_COLOR\fR
If it is set and not empty, output has no colors.
.SH FILES
.TP
\fIprisma/schema.prisma\fR, \fIprisma/migrations\fR
The schema and its migrations.
.TP
\fIcm\-migrate.json\fR, \fIprisma.config.ts\fR
Project settings.
.TP
\fI.env\fR
Environment variables of the project, such as \fBDATABASE_URL\fR.
)";

std::string program_page(ProgramDescription const& program) {
    auto text = heading("CM-MIGRATE", 1);
    text += fmt::format(".SH NAME\ncm\\-migrate \\- {}\n", plain(program.summary));
    text += ".SH SYNOPSIS\n.B cm\\-migrate\n\\fICOMMAND\\fR [\\fIOPTIONS\\fR]\n";
    text += fmt::format(
        ".SH DESCRIPTION\n{}\n.SH COMMANDS\n",
        paragraph("Compares a declared schema with a database, writes the differences as a "
                  "readable SQL migration, and applies migrations in order, each in a transaction "
                  "together with its record. `cm-migrate COMMAND --help` shows the options of a "
                  "command; each command has its own page."));
    for (auto const& command : program.commands) {
        text += fmt::format(".TP\n.BR cm\\-migrate\\-{} (1)\n{}\n", plain(command.name),
                            plain(command.summary));
    }
    text += ".SH OPTIONS\n";
    for (auto const& option : program.options) text += option_entry(option);
    text += exit_status();
    text += environment_section;
    return text + ".SH SEE ALSO\n.BR cm\\-migrate.json (5),\n.BR psql (1)\n";
}

std::string settings_page(std::string_view settings) {
    auto const schema = nlohmann::ordered_json::parse(settings);
    auto text = heading("CM-MIGRATE.JSON", 5);
    text += fmt::format(
        ".SH NAME\n"
        "cm\\-migrate.json \\- project settings of cm\\-migrate\n"
        ".SH DESCRIPTION\n"
        "{}\n"
        ".SH KEYS\n",
        paragraph(schema.at("description").get<std::string>()));
    for (auto const& [key, value] : schema.at("properties").items()) {
        text += fmt::format(".TP\n\\fB{}\\fR\n{}\n", plain(key),
                            paragraph(value.at("description").get<std::string>()));
        if (value.contains("default")) {
            text += fmt::format("Default: \\fB{}\\fR.\n", plain(value["default"].dump()));
        }
    }
    return text + ".SH EXAMPLES\n" +
           literal("{\n    \"schema\": \"db/schema.prisma\",\n    \"seed\": \"db/seed.sql\"\n}") +
           ".SH SEE ALSO\n.BR cm\\-migrate (1)\n";
}

}  // namespace

std::vector<ManualPage> manual_pages(ProgramDescription const& program, std::string_view settings) {
    std::vector<ManualPage> pages{{"cm-migrate.1", program_page(program)},
                                  {"cm-migrate.json.5", settings_page(settings)}};
    for (auto const& command : program.commands) {
        pages.push_back({fmt::format("cm-migrate-{}.1", command.name), page(command)});
    }
    return pages;
}

}  // namespace cm::command
