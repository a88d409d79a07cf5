// A scratch database that holds what a schema in SQL declares. Its text runs nowhere else, and by
// a role that can do no more than what the text needs.
#pragma once
#include <memory>
#include <optional>

#include "engine/session.hpp"
#include "engine/sql_source/outside_tables.hpp"
#include "engine/sql_source/source_text.hpp"
#include "pg/scratch_database.hpp"

namespace cm::engine {

/// Where a source may be loaded.
struct SourceHome {
    std::optional<Target> target{};  ///< beside this database; none: on a private server
    std::optional<std::string> target_identity{};  ///< what a shadow database must not be
    /// --trust-source: functions of the source may be called by a role that may do everything.
    bool is_trusted{};
};

class LoadedSource {
  public:
    /// Loads it. Beside the target where its role is a plain one, or where the source defines
    /// nothing that could be called meanwhile; else on a private server of the same version, by a
    /// plain role of the same name. Throws Failure CM0341 (what PostgreSQL refuses), CM0342 (there
    /// is no such server).
    LoadedSource(SourceText const& text, SourceHome const& home, Project const& project,
                 SourceMap& sources);
    LoadedSource(LoadedSource&&) noexcept;
    ~LoadedSource();

    /// To the scratch database, as the role that has loaded the source.
    pg::Connection& connection();

    /// Tables of others that it refers to, with their enums: there, but not declared.
    std::set<object::ObjectRef> const& outside() const { return outside_.objects; }

  private:
    void move_to_private_server(SourceHome const& home,
                                std::optional<pg::SessionSettings> const& settings,
                                std::string const& role);

    std::optional<pg::ScratchDatabase> scratch_{};
    OutsideObjects outside_{};
    std::unique_ptr<pg::Connection> superuser_{};  ///< of a private server
    std::unique_ptr<pg::Connection> loader_{};     ///< likewise
};

}  // namespace cm::engine
