// See sql_files.hpp.
#include "schema/pull/sql_files.hpp"

#include <fmt/format.h>

#include <map>

#include "base/text.hpp"
#include "schema/pull/file_names.hpp"
#include "schema/pull/sql_order.hpp"

namespace cm::schema {
namespace {

using object::ObjectKind;
using object::ObjectRef;

constexpr std::string_view ending = ".sql";
constexpr std::string_view nobody_knows = "others.sql";

/// A blank line between statements, but not within what makes one object, and not between lines of
/// one sort.
class StatementText {
  public:
    void add(sql::WrittenStatement const& written) {
        auto const is_line = written.text.find('\n') == std::string::npos;
        auto const& title = written.title.empty() ? title_ : written.title;
        auto const goes_on = written.title.empty() || (is_line && is_line_ && title == title_);
        if (!text_.empty() && !goes_on) text_ += '\n';
        text_ += written.text + "\n";
        title_ = title;
        is_line_ = is_line;
    }

    std::string const& text() const { return text_; }

  private:
    std::string text_{};
    std::string title_{};
    bool is_line_{};
};

/// The routines of one name are written together.
std::string written_name(ObjectRef const& object) {
    auto const& name = object.name.name;
    return object.kind == ObjectKind::routine ? name.substr(0, name.rfind('(')) : name;
}

/// The paths of the files in which objects are written.
class Paths {
  public:
    Paths(std::vector<PulledStep> const& steps, Homes const& homes, std::string const& main_schema)
        : homes_(homes) {
        std::set<std::string> schemas{}, reserved{};
        std::map<std::string, std::set<std::string>> names{};  // by folder
        for (auto const& step : steps) {
            auto const place = homes.place(step.home);
            reserved.insert(std::string{place});
            auto const& schema = step.home.name.schema;
            if (!schema.empty() && schema != main_schema) schemas.insert(schema);
        }
        for (auto const& [schema, folder] : file_names(schemas, reserved))
            folders_.emplace(schema, folder + "/");
        for (auto const& step : steps) {
            if (auto const folder = folder_of(step.home))
                names[*folder].insert(written_name(step.home));
        }
        for (auto const& [folder, all] : names) names_.emplace(folder, file_names(all));
    }

    std::string of(ObjectRef const& home) const {
        if (auto const folder = folder_of(home)) {
            return fmt::format("{}/{}{}", *folder, names_.at(*folder).at(written_name(home)),
                               ending);
        }
        auto const place = homes_.place(home);
        return fmt::format("{}{}", schema_folder(home), place.empty() ? nobody_knows : place);
    }

  private:
    std::string schema_folder(ObjectRef const& home) const {
        auto const found = folders_.find(home.name.schema);
        return found == folders_.end() ? std::string{} : found->second;
    }

    /// None if all objects of its sort are in one file.
    std::optional<std::string> folder_of(ObjectRef const& home) const {
        auto const place = homes_.place(home);
        if (place.empty() || place.ends_with(ending)) return {};
        return fmt::format("{}{}", schema_folder(home), place);
    }

    Homes const& homes_;
    std::map<std::string, std::string> folders_{};  ///< of schemas
    std::map<std::string, std::map<std::string, std::string>> names_{};
};

std::vector<SqlFile> files_from(Schema const& from, Schema const& schema,
                                SqlFileOptions const& options) {
    Homes const homes(schema);
    auto const steps = steps_from(from, schema, options.bare);
    Paths const paths(steps, homes, options.main_schema);
    std::map<std::string, StatementText> texts{};
    for (auto const& step : steps) {
        auto& text = texts[paths.of(step.home)];
        for (auto const& statement : step.statements) text.add(statement);
    }
    std::vector<SqlFile> files{};
    for (auto const& [path, text] : texts) files.push_back({path, text.text()});
    return files;
}

}  // namespace

std::string sql_text(Schema const& schema, SqlFileOptions const& options) {
    StatementText text{};
    for (auto const& step : steps_from(new_database(schema), schema, options.bare)) {
        for (auto const& statement : step.statements) text.add(statement);
    }
    return text.text();
}

std::vector<SqlFile> sql_files(Schema const& schema, SqlFileOptions const& options) {
    return files_from(new_database(schema), schema, options);
}

std::vector<SqlFile> object_files(Schema const& schema, SqlFileOptions const& options) {
    return files_from(said_by_models(schema), schema, options);
}

}  // namespace cm::schema
